import { z } from 'zod';
import { readListState } from '../../guard/bulk-pointer.ts';
import type { ListState } from '../../views/bulk-pointer.ts';

const optionShape = z.object({ value: z.string().regex(/^\d{1,9}$/) });
const blockShape = z.object({
  block_id: z.string(),
  element: z.object({ options: z.array(z.unknown()).optional() }).optional(),
});
const elementShape = z.object({
  value: z.object({
    value: z.string().nullish(),
    selected_option: z.object({ value: z.string() }).nullish(),
    selected_options: z.array(z.unknown()).nullish(),
  }),
});

/** A form as Slack sends it back: its blocks, and what was entered. */
export type SentView = {
  readonly private_metadata: string;
  readonly blocks: readonly unknown[];
  readonly state: { readonly values: Readonly<Record<string, unknown>> };
};

/** What somebody typed or chose in a block whose element is called `value`; empty when nothing. */
export function entered(view: SentView, blockId: string): string {
  const element = elementShape.safeParse(view.state.values[blockId]).data?.value;
  return element?.selected_option?.value ?? element?.value ?? '';
}

/**
 * Where somebody is in a group's list by now: what the form remembers, with the filter as it is typed and the boxes of the
 * shown page as they are ticked. Undefined when the form is not one of ours.
 */
export function currentState(view: SentView): ListState | undefined {
  const kept = readListState(view.private_metadata);
  if (!kept) return undefined;
  const boxes = view.blocks.flatMap((block) => {
    const read = blockShape.safeParse(block).data;
    return read?.block_id.startsWith('tick_') ? [read] : [];
  });
  const shown = new Set(boxes.flatMap(({ element }) => numbersOf(element?.options ?? [])));
  const ticked = boxes.flatMap(({ block_id: blockId }) => {
    const chosen = elementShape.safeParse(view.state.values[blockId]).data?.value.selected_options;
    return numbersOf(chosen ?? []);
  });
  return {
    ...kept,
    text: entered(view, 'text').slice(0, 100),
    min: entered(view, 'min').slice(0, 20),
    ticked: [...kept.ticked.filter((number) => !shown.has(number)), ...ticked],
  };
}

const numbersOf = (options: readonly unknown[]): number[] =>
  options.flatMap((each) => {
    const read = optionShape.safeParse(each).data;
    return read ? [Number(read.value)] : [];
  });
