import { isUtf8 } from 'node:buffer';
import { Fault } from '../../core/fault.ts';
import type { HttpPull, Pull } from '../../core/pull.ts';
import type { Secrets } from '../../core/secrets.ts';
import type { Answer } from '../../net/send.ts';
import type { Asker } from './ask.ts';

/** What reading a source over HTTP needs. */
export type HttpReading = {
  readonly pull: HttpPull & Pull;
  readonly asker: Asker;
  readonly secrets: Secrets;
};

/** The answer's text, which is JSON; throws Fault('answer_unreadable') otherwise. */
export function readJson(answer: Answer, { hide }: Secrets): string {
  const text = isUtf8(answer.body) ? answer.body.toString('utf8').replace(/^\uFEFF/, '') : undefined;
  if (text === undefined) throw unreadable('is not UTF-8');
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    // A RangeError says that it is nested deeper than the stack.
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    throw unreadable(`is no JSON: ${hide(text.slice(0, 120).replaceAll(/\s+/g, ' '))}`);
  }
}

export const unreadable = (what: string): Fault =>
  new Fault(
    'answer_unreadable',
    `What the source answers ${what}. Look at url and records in the feed's file.`,
  );
