/** A Block Kit block or element: JSON that Slack, not we, gives a meaning to. */
export type Block = { readonly type: string; readonly [key: string]: unknown };
export type View = Block & { readonly type: 'modal'; readonly callback_id: string };
export type Message = { readonly text: string; readonly blocks: readonly Block[] };

/** Slack's limits, in characters or pieces. */
export const LIMITS = {
  messageBlocks: 50,
  modalBlocks: 100,
  header: 150,
  section: 3_000,
  field: 2_000,
  fields: 10,
  contextElements: 10,
  buttonText: 75,
  optionText: 75,
  optionValue: 150,
  options: 100,
  viewTitle: 24,
  inputLabel: 2_000,
  note: 3_000,
  privateMetadata: 3_000,
  // chat.update takes 4,000; a margin for entities.
  text: 3_900,
} as const;

export const plainText = (text: string): Block => ({ type: 'plain_text', text, emoji: false });

/** `verbatim`: nothing in it becomes a link or a mention that we did not write as one. */
const mrkdwn = (text: string): Block => ({ type: 'mrkdwn', text, verbatim: true });

export const header = (text: string): Block => ({ type: 'header', text: plainText(text) });
export const section = (text: string): Block => ({ type: 'section', text: mrkdwn(text) });
export const context = (text: string): Block => ({ type: 'context', elements: [mrkdwn(text)] });
export const divider: Block = { type: 'divider' };

/**
 * Labels with values side by side; an absent value leaves its label out. Values are escaped already. More than a section
 * of Slack holds go on in the next one.
 */
export function fields(pairs: readonly (readonly [string, string | undefined])[]): Block[] {
  const present = pairs.flatMap(([label, value]) =>
    value === undefined ? [] : [mrkdwn(`*${label}*\n${value}`)],
  );
  const sections = Math.ceil(present.length / LIMITS.fields);
  return Array.from({ length: sections }, (_, index) => ({
    type: 'section',
    fields: present.slice(index * LIMITS.fields, (index + 1) * LIMITS.fields),
  }));
}

export type ButtonStyle = 'primary' | 'danger' | undefined;

export const button = (
  actionId: string,
  label: string,
  options: { value: string; style?: ButtonStyle },
): Block => ({
  type: 'button',
  action_id: actionId,
  text: plainText(label),
  value: options.value,
  ...(options.style === undefined ? {} : { style: options.style }),
});

/** `about` stands under the label, in smaller letters. */
export type Option = { readonly label: string; readonly value: string; readonly about?: string | undefined };

export const option = ({ label, value, about }: Option): Record<string, unknown> => ({
  text: plainText(label),
  value,
  ...(about === undefined ? {} : { description: plainText(about) }),
});

/** An input of a modal. Its element's action id is always `value`. */
export const input = (
  blockId: string,
  label: string,
  rest: { element: Block; hint?: string; optional?: boolean },
): Block => ({
  type: 'input',
  block_id: blockId,
  label: plainText(label),
  optional: rest.optional ?? false,
  element: { ...rest.element, action_id: 'value' },
  ...(rest.hint === undefined ? {} : { hint: plainText(rest.hint) }),
});
