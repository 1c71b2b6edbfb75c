import { type BlockShape, dataTable, dataVisualization, table } from './charts-and-tables.ts';
import type { Check } from './checks.ts';
import {
  anyFieldOf,
  boolean,
  byType,
  exactlyOneOf,
  isObject,
  list,
  number,
  object,
  oneOf,
  string,
} from './checks.ts';
import { anyText, plain, slackFile, text } from './composition.ts';
import { ELEMENTS, imageElement, urlSource } from './elements.ts';
import { LIMITS } from './limits.ts';
import { ALLOWED, elementsOf } from './placement.ts';
import { richText, richTextParts } from './rich-text.ts';

const type = string();
const blockId = string({ max: LIMITS.idLength });

const block = (shape: BlockShape): Check =>
  object({ ...shape, optional: { ...shape.optional, block_id: blockId } });

const section = block({
  required: { type },
  optional: {
    text: anyText(LIMITS.section.text),
    fields: list(anyText(LIMITS.section.field), LIMITS.section.fields),
    accessory: byType(elementsOf(ALLOWED.accessory)),
    expand: boolean,
  },
  also: [anyFieldOf('text', 'fields')],
});

const context = block({
  required: {
    type,
    elements: list(
      byType({ image: imageElement, mrkdwn: text(['mrkdwn']), plain_text: text(['plain_text']) }),
      LIMITS.context,
    ),
  },
});

const input = block({
  required: {
    type,
    label: plain(LIMITS.input.label),
    element: byType(elementsOf(ALLOWED.input)),
  },
  optional: { hint: plain(LIMITS.input.hint), optional: boolean, dispatch_action: boolean },
});

const image = block({
  required: { type, alt_text: string({ max: LIMITS.image.altText }) },
  optional: {
    image_url: string({ min: 1, max: LIMITS.image.url }),
    slack_file: slackFile,
    title: plain(LIMITS.image.title),
    image_width: number(),
    image_height: number(),
    image_bytes: number(),
    fallback: string(),
  },
  also: [exactlyOneOf('image_url', 'slack_file')],
});

const https: Check = (value, pointer, problems) => {
  if (typeof value !== 'string' || !/^https:\/\/\S+$/.test(value)) {
    problems.push({ message: 'must be an https address', pointer });
  }
};

const video = block({
  required: {
    type,
    alt_text: string(LIMITS.video.altText),
    title: plain(LIMITS.video.title),
    thumbnail_url: string({ min: 1, max: LIMITS.video.url }),
    video_url: https,
  },
  optional: {
    title_url: https,
    author_name: string({ max: LIMITS.video.author }),
    provider_name: string({ max: LIMITS.video.provider }),
    provider_icon_url: string({ max: LIMITS.video.url }),
    description: plain(LIMITS.video.description),
  },
});

const icon = byType({ image: imageElement, icon: object({ required: { type, name: string({ min: 1 }) } }) });

const card = block({
  required: { type },
  optional: {
    hero_image: imageElement,
    icon: imageElement,
    slack_icon: icon,
    title: anyText(LIMITS.card.title),
    subtitle: anyText(LIMITS.card.subtitle),
    body: anyText(LIMITS.card.body),
    subtext: anyText(LIMITS.card.subtext),
    actions: list(byType({ button: ELEMENTS.button }), { max: LIMITS.card.actions }),
  },
  also: [anyFieldOf('hero_image', 'title', 'body', 'actions')],
});

const taskFields = {
  required: {
    task_id: string({ min: 1 }),
    title: string({ min: 1 }),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  optional: { type: oneOf('task_card'), details: richText, output: richText, sources: list(urlSource) },
};

const plan = block({
  required: { type, title: string({ min: 1 }) },
  optional: {
    tasks: list(object({ ...taskFields, optional: { ...taskFields.optional, block_id: blockId } })),
  },
});

const CHILDREN = {
  section,
  context,
  input,
  image,
  video,
  header: block({ required: { type, text: plain(LIMITS.header) }, optional: { level: number() } }),
  divider: block({ required: { type } }),
  actions: block({
    required: { type, elements: list(byType(elementsOf(ALLOWED.actions)), LIMITS.actions) },
  }),
  rich_text: block({ required: { type, elements: richTextParts } }),
  file: block({
    required: { type, external_id: string({ min: 1 }), source: oneOf('remote') },
    optional: { file_id: string() },
  }),
  table: block(table),
} satisfies Record<string, Check>;

/** Every block of Block Kit by its type. */
export const BLOCKS = {
  ...CHILDREN,
  markdown: block({ required: { type, text: string(LIMITS.markdown) } }),
  data_table: block(dataTable),
  data_visualization: block(dataVisualization),
  alert: block({
    required: { type, text: anyText(LIMITS.alert) },
    optional: { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  }),
  card,
  carousel: block({ required: { type, elements: list(byType({ card }), LIMITS.carousel) } }),
  container: block({
    required: { type, child_blocks: list(byType(CHILDREN), { max: LIMITS.container.children }) },
    optional: {
      title: plain(LIMITS.container.title),
      rich_text_title: richText,
      subtitle: anyText(LIMITS.container.subtitle),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: imageElement,
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
    also: [anyFieldOf('title', 'rich_text_title')],
  }),
  context_actions: block({
    required: { type, elements: list(byType(elementsOf(ALLOWED.contextActions)), LIMITS.contextActions) },
  }),
  plan,
  task_card: block({
    required: { type, ...taskFields.required },
    optional: { details: richText, output: richText, sources: list(urlSource) },
  }),
} satisfies Record<string, Check>;

export type BlockType = keyof typeof BLOCKS;

/** The elements of a block that a person can act on or fill in, with where they are. */
export function elementsIn(
  blockValue: Record<string, unknown>,
): { element: Record<string, unknown>; path: string }[] {
  const found: { element: Record<string, unknown>; path: string }[] = [];
  const add = (value: unknown, path: string) => {
    if (isObject(value)) found.push({ element: value, path });
  };
  add(blockValue.accessory, '/accessory');
  add(blockValue.element, '/element');
  for (const field of ['elements', 'actions']) {
    const items = blockValue[field];
    if (Array.isArray(items) && blockValue.type !== 'rich_text') {
      items.forEach((item, index) => {
        add(item, `/${field}/${index}`);
      });
    }
  }
  return found;
}

/** Blocks nested in a block: a container's children, a carousel's cards. */
export function childrenOf(blockValue: Record<string, unknown>): unknown[] {
  if (blockValue.type === 'container' && Array.isArray(blockValue.child_blocks))
    return blockValue.child_blocks;
  if (blockValue.type === 'carousel' && Array.isArray(blockValue.elements)) return blockValue.elements;
  return [];
}
