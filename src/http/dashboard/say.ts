import { html } from 'hono/html';
import { formatMoney, type Money } from '../../core/money.ts';
import { clean, unescaped } from '../../slack/views/escape.ts';
import { plainly, type Writer } from '../../slack/views/instants.ts';
import { readerOf } from '../../slack/views/reader.ts';

/** A piece of a page; whatever goes into one is escaped, unless it is one itself. */
export type Html = ReturnType<typeof html>;

export const NOTHING: Html = html``;

/** The words that Slack is told in, in English; instants are in the zone, which the head of the page names once. */
export function writerIn(zone: string): Writer {
  const writer = plainly(readerOf('en', zone));
  const named = ` ${zone}`;
  return { ...writer, instant: (at) => writer.instant(at).slice(0, -named.length) };
}

/** Text of a source or a person: on one line, nothing in it hides or turns what stands around it. */
export const said = (text: string | null | undefined): string => clean(text ?? '');

/** Words that were made for Slack, as they are meant. */
export const spoken = (words: string): string => unescaped(words).replaceAll('*', '');

/** Several sums in the order that they are given; a dash for none. */
export const sums = (money: readonly Money[], tag?: string): string =>
  money
    .filter(({ minor }) => minor !== 0n)
    .map((amount) => formatMoney(amount, tag))
    .join(' · ') || '—';

export const sum = (amount: Money, tag?: string): string => sums([amount], tag);

/** `1 exception`, `2 exceptions`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

export const number = (count: number): string => count.toLocaleString('en-US');
