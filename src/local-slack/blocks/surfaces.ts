import { BLOCKS, type BlockType, childrenOf, elementsIn } from './blocks.ts';
import type { Check, Json, Problem } from './checks.ts';
import { boolean, byType, isObject, list, object, oneOf, string } from './checks.ts';
import { plain } from './composition.ts';
import { LIMITS } from './limits.ts';

/** Blocks that Slack shows in messages only. */
const MESSAGE_ONLY: BlockType[] = ['markdown', 'table', 'file', 'task_card', 'plan'];

const anyBlock = byType(BLOCKS);
const viewBlock = byType(
  Object.fromEntries(Object.entries(BLOCKS).filter(([name]) => !MESSAGE_ONLY.some((only) => only === name))),
);

type Placed = { block: Json; pointer: string };

function placed(blocks: unknown[], pointer: string): Placed[] {
  return blocks.flatMap((value, index) => {
    if (!isObject(value)) return [];
    const at = `${pointer}/${index}`;
    const field = value.type === 'container' ? 'child_blocks' : 'elements';
    return [{ block: value, pointer: at }, ...placed(childrenOf(value), `${at}/${field}`)];
  });
}

function uniqueIds(blocks: unknown[], pointer: string, problems: Problem[]): void {
  const seen = new Set<unknown>();
  for (const { block, pointer: at } of placed(blocks, pointer)) {
    const id = block.block_id;
    if (id === undefined || id === null) continue;
    if (seen.has(id)) problems.push({ message: `\`block_id\` must be unique`, pointer: `${at}/block_id` });
    seen.add(id);
  }
}

function uniqueActions(blocks: unknown[], pointer: string, problems: Problem[]): void {
  for (const { block, pointer: at } of placed(blocks, pointer)) {
    const seen = new Set<unknown>();
    for (const { element, path } of elementsIn(block)) {
      const id = element.action_id;
      if (id === undefined || id === null) continue;
      if (seen.has(id))
        problems.push({
          message: '`action_id` must be unique in its block',
          pointer: `${at}${path}/action_id`,
        });
      seen.add(id);
    }
  }
}

function atMostOneFocus(blocks: unknown[], pointer: string, problems: Problem[]): void {
  const focused = placed(blocks, pointer).flatMap(({ block, pointer: at }) =>
    elementsIn(block)
      .filter(({ element }) => element.focus_on_load === true)
      .map(({ path }) => `${at}${path}/focus_on_load`),
  );
  const second = focused[1];
  if (second)
    problems.push({ message: 'only one element can have `focus_on_load` set to true', pointer: second });
}

function countedBlocks(blocks: unknown[], pointer: string, problems: Problem[]): void {
  const counts = { table: LIMITS.table.perMessage, data_visualization: LIMITS.chart.perMessage };
  for (const [name, max] of Object.entries(counts)) {
    const found = blocks.filter((block) => isObject(block) && block.type === name).length;
    if (found > max) problems.push({ message: `no more than ${max} ${name} blocks allowed`, pointer });
  }
  const markdown = blocks
    .map((block) => (isObject(block) && block.type === 'markdown' ? block.text : ''))
    .reduce<number>((sum, content) => sum + (typeof content === 'string' ? content.length : 0), 0);
  if (markdown > LIMITS.markdown.max && problems.length === 0) {
    problems.push({
      message: `must be less than ${LIMITS.markdown.max + 1} characters of markdown`,
      pointer,
    });
  }
}

function fileInputs(blocks: unknown[], pointer: string, problems: Problem[]): void {
  for (const { block, pointer: at } of placed(blocks, pointer)) {
    const element = block.element;
    if (isObject(element) && element.type === 'file_input') {
      problems.push({ message: 'unsupported type: file_input', pointer: `${at}/element/type` });
    }
  }
}

/** What Slack would refuse in a message's blocks. Answers to a response_url may repeat a block_id. */
export function messageProblems(
  blocks: unknown,
  pointer = '/blocks',
  options: { repeatedIds?: boolean } = {},
): Problem[] {
  const problems: Problem[] = [];
  list(anyBlock, { max: LIMITS.message.blocks })(blocks, pointer, problems);
  if (!Array.isArray(blocks)) return problems;
  if (!options.repeatedIds) uniqueIds(blocks, pointer, problems);
  uniqueActions(blocks, pointer, problems);
  atMostOneFocus(blocks, pointer, problems);
  countedBlocks(blocks, pointer, problems);
  fileInputs(blocks, pointer, problems);
  return problems;
}

const common = {
  callback_id: string({ max: LIMITS.idLength }),
  external_id: string({ max: LIMITS.idLength }),
  private_metadata: string({ max: LIMITS.view.privateMetadata }),
};

const VIEWS = {
  modal: object({
    required: {
      type: oneOf('modal'),
      title: plain(LIMITS.view.title),
      blocks: list(viewBlock, LIMITS.view.blocks),
    },
    optional: {
      ...common,
      submit: plain(LIMITS.view.button),
      close: plain(LIMITS.view.button),
      clear_on_close: boolean,
      notify_on_close: boolean,
    },
    also: [
      (view, pointer, problems) => {
        const blocks: unknown[] = Array.isArray(view.blocks) ? view.blocks : [];
        const asks = placed(blocks, '').some(({ block }) => block.type === 'input');
        if (asks && !view.submit) {
          problems.push({
            message: 'missing required field: submit (a view with an input block needs it)',
            pointer,
          });
        }
      },
    ],
  }),
  home: object({
    required: { type: oneOf('home'), blocks: list(viewBlock, LIMITS.view.blocks) },
    optional: common,
    also: [
      (view, pointer, problems) => {
        if (Array.isArray(view.blocks)) fileInputs(view.blocks, `${pointer}/blocks`, problems);
      },
    ],
  }),
} satisfies Record<string, Check>;

/** What Slack would refuse in a view. `kinds` are the view types that the place takes. */
export function viewProblems(
  view: unknown,
  kinds: readonly ('modal' | 'home')[],
  pointer = '/view',
): Problem[] {
  const problems: Problem[] = [];
  byType(Object.fromEntries(kinds.map((kind) => [kind, VIEWS[kind]])))(view, pointer, problems);
  if (!isObject(view) || !Array.isArray(view.blocks)) return problems;
  uniqueIds(view.blocks, `${pointer}/blocks`, problems);
  uniqueActions(view.blocks, `${pointer}/blocks`, problems);
  atMostOneFocus(view.blocks, `${pointer}/blocks`, problems);
  return problems;
}
