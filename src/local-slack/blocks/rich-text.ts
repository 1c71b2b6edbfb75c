import type { Check, Fields } from './checks.ts';
import { boolean, byType, list, number, object, oneOf, string } from './checks.ts';

const type = string();
const style = object({
  optional: {
    bold: boolean,
    italic: boolean,
    strike: boolean,
    code: boolean,
    underline: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
});

const leaf = (required: Fields, optional: Fields = {}): Check =>
  object({ required: { type, ...required }, optional: { style, ...optional } });

const id = string({ min: 1 });

const inline = byType({
  text: leaf({ text: string({ min: 1 }) }),
  link: leaf({ url: id }, { text: string(), unsafe: boolean }),
  user: leaf({ user_id: id }),
  usergroup: leaf({ usergroup_id: id }),
  channel: leaf({ channel_id: id }),
  team: leaf({ team_id: id }),
  emoji: leaf({ name: id }, { unicode: string(), url: string(), skin_tone: number() }),
  date: leaf(
    { timestamp: number({ integer: true }), format: id },
    { url: string(), link: string(), fallback: string() },
  ),
  broadcast: leaf({ range: oneOf('here', 'channel', 'everyone') }),
  color: leaf({ value: id }),
});

const border = { border: oneOf(0, 1) } satisfies Fields;
const section = object({ required: { type, elements: list(inline) } });

const part = byType({
  rich_text_section: section,
  rich_text_list: object({
    required: {
      type,
      style: oneOf('bullet', 'ordered'),
      elements: list(byType({ rich_text_section: section })),
    },
    optional: { ...border, indent: number({ min: 0, integer: true }), offset: number({ integer: true }) },
  }),
  rich_text_quote: object({ required: { type, elements: list(inline) }, optional: border }),
  rich_text_preformatted: object({
    required: { type, elements: list(inline) },
    optional: { ...border, language: string() },
  }),
});

/** The parts of a `rich_text` block. */
export const richTextParts = list(part);

/** A whole `rich_text` value, as a block or nested in another block. */
export const richText = object({
  required: { type: oneOf('rich_text'), elements: richTextParts },
  optional: { block_id: string({ max: 255 }) },
});
