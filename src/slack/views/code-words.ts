import { en } from '../words/en.ts';
import { inert } from './escape.ts';
import type { Reader } from './reader.ts';

type Shipped = keyof typeof en.codes;

const isShipped = (code: string): code is Shipped => Object.hasOwn(en.codes, code);

/** A resolution code as it is read: the shipped ones in the reader's language, others spelled out. */
export const codeWords = (code: string, { words }: Reader): string =>
  isShipped(code) ? words.codes[code] : inert(code.replaceAll('_', ' '), 300);

/** A code's label: a shipped one in the reader's language, one of the configuration as it writes it. Not yet escaped. */
export function codeLabel(label: string, { words }: Reader): string {
  const shipped = Object.keys(en.codes).find((code) => isShipped(code) && en.codes[code] === label);
  return shipped !== undefined && isShipped(shipped) ? words.codes[shipped] : label;
}
