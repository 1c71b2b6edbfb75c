import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { type Block, input, LIMITS, type Option, option, plainText, section, type View } from './blocks.ts';
import { buttonValue } from './card.ts';
import { inert, plain } from './escape.ts';
import type { Reader } from './reader.ts';
import { typeTitle } from './type-words.ts';
import { amountsOf, differenceWords } from './words.ts';

/** What a modal must remember; read again from Postgres before anything is done with it. */
export const privateMetadata = (facts: CardFacts): string => buttonValue(facts);

export type Form = {
  readonly callbackId: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly submit?: string;
  readonly metadata?: string;
};

/** A modal of these blocks; with `submit`, a form. */
export const modalOf = ({ words }: Reader, { callbackId, title, blocks, submit, metadata }: Form): View => ({
  type: 'modal',
  callback_id: callbackId,
  title: plainText(plain(title, LIMITS.viewTitle)),
  close: plainText(submit === undefined ? words.modal.close : words.modal.cancel),
  ...(submit === undefined ? {} : { submit: plainText(submit) }),
  ...(metadata === undefined ? {} : { private_metadata: metadata }),
  blocks,
});

/** What is spoken of, at the head of a modal. */
export function summary(facts: CardFacts, reader: Reader): Block {
  const { card } = reader.words;
  const who = [facts.client, facts.orderRef].flatMap((text) =>
    text === undefined ? [] : [inert(text, 300)],
  );
  const lines = [
    `*${exceptionLabel(facts.number)} · ${inert(typeTitle(facts.type, reader), 200)}*`,
    ...(who.length === 0 ? [] : [who.join(' · ')]),
    card.amounts(amountsOf(facts, reader)),
  ];
  const difference = differenceWords(facts, reader);
  if (difference !== undefined) lines.push(card.line(card.labels.difference, difference));
  return section(lines.join('\n'));
}

/** A menu of options. */
export const select = (placeholder: string, options: readonly Option[]): Block => ({
  type: 'static_select',
  placeholder: plainText(placeholder),
  options: options.map(option),
});

/** The text that says why. */
export const why = ({ words }: Reader, hint: string): Block =>
  input('reason', words.modal.why, {
    element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
    hint,
  });

/** A text that must be there. */
export const note = (label: string): Block =>
  input('note', label, {
    element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
  });
