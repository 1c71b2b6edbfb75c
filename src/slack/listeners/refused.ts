import type { Refusal, RefusalCode } from '../../core/refusal.ts';
import type { Reader } from '../views/reader.ts';
import { fieldRefusalWords, refusalWords } from '../views/refusals.ts';
import type { ListenerContext } from './context.ts';
import { newReference } from './deadline.ts';

type About = { readonly reader: Reader } & Record<string, unknown>;

/** The words with a reference under which the log says what they were about. */
export function withReference(
  { logger }: Pick<ListenerContext, 'logger'>,
  words: string,
  { reader, ...about }: About,
): string {
  const reference = newReference();
  logger.info({ reference, ...about }, 'an interaction was refused');
  return `${words} ${reader.words.answers.reference(reference)}`;
}

/** Refusals after which somebody may have to ask an admin or an operator why. */
const TRACED: ReadonlySet<RefusalCode> = new Set([
  'not_found',
  'not_permitted',
  'stale_card',
  'inactive_person',
]);

/** What a refusal says to its reader; with a reference where they may have to ask about it. */
export const refusedWords = (
  context: Pick<ListenerContext, 'logger'>,
  refusal: Refusal,
  about: About,
): string => traced(context, refusal, { about, words: refusalWords(refusal, about.reader) });

/** The same for a field of a form. */
export const refusedFieldWords = (
  context: Pick<ListenerContext, 'logger'>,
  refusal: Refusal,
  about: About,
): string => traced(context, refusal, { about, words: fieldRefusalWords(refusal, about.reader) });

function traced(
  context: Pick<ListenerContext, 'logger'>,
  refusal: Refusal,
  { about, words }: { about: About; words: string },
): string {
  return TRACED.has(refusal.code)
    ? withReference(context, words, { ...about, refusal: refusal.code })
    : words;
}
