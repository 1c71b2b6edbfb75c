import type { BulkAction } from '../../core/bulk.ts';
import { sumOf } from '../../core/group.ts';
import { exceptionLabel } from '../../core/ids.ts';
import type { Money } from '../../core/money.ts';
import type { Refusal } from '../../core/refusal.ts';
import { LIMITS, plainText, section, type View } from './blocks.ts';
import { cutEscaped, plain } from './escape.ts';
import type { Reader } from './reader.ts';
import { refusalWords } from './refusals.ts';
import { moneyWords } from './work-words.ts';

export type BulkItemResult = {
  readonly number: number;
  readonly atStake: Money;
  readonly outcome: { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal };
};

const SHOWN_REASONS = 10;
const SHOWN_LABELS = 20;

/** What is shown while many are being changed. */
export const workingView = (count: number, reader: Reader): View =>
  said(reader, { title: reader.words.flood.working.title, words: [reader.words.flood.working.words(count)] });

/** What could not be finished because something broke; it is finished later by itself. */
export const bulkFaultView = (reference: string, reader: Reader): View =>
  said(reader, { title: reader.words.press.notDone, words: [reader.words.flood.fault(reference)] });

/** What became of them: how many went through, and the others by reason, most first, with their numbers. */
export function resultView(
  { action, items }: { action: BulkAction; items: readonly BulkItemResult[] },
  reader: Reader,
): View {
  const { flood } = reader.words;
  const done = sumOf(items.filter(({ outcome }) => outcome.ok));
  const sentence = flood.result.done[action]({ count: done.count, money: moneyWords(done.money, reader) });
  const reasons = byReason(items, reader);
  const refused = items.length - done.count;
  const unshown = reasons.slice(SHOWN_REASONS).reduce((count, { labels }) => count + labels.length, 0);
  return said(reader, {
    title: flood.result.title,
    words: [
      sentence,
      ...(refused === 0 ? [] : [flood.result.refused(refused)]),
      ...reasons.slice(0, SHOWN_REASONS).map((reason) => reasonWords(reason, reader)),
      ...(unshown === 0 ? [] : [flood.result.more(unshown)]),
    ],
  });
}

type Reason = { readonly words: string; readonly labels: string[] };

/** The same code about the same owner is the same reason, though each has its own instant. */
function byReason(items: readonly BulkItemResult[], reader: Reader): Reason[] {
  const reasons = new Map<string, Reason>();
  for (const { number, outcome } of items) {
    if (outcome.ok) continue;
    const { refusal } = outcome;
    const name = JSON.stringify([refusal.code, 'ownerName' in refusal ? refusal.ownerName : '']);
    const reason = reasons.get(name) ?? { words: refusalWords(refusal, reader), labels: [] };
    reason.labels.push(exceptionLabel(number));
    reasons.set(name, reason);
  }
  return [...reasons.values()].sort((a, b) => b.labels.length - a.labels.length);
}

function reasonWords({ words, labels }: Reason, { words: { flood } }: Reader): string {
  const shown = labels.slice(0, SHOWN_LABELS).join(', ');
  const more = labels.length > SHOWN_LABELS ? ` ${flood.moreOwners(labels.length - SHOWN_LABELS)}` : '';
  return cutEscaped(
    `*${flood.result.reason({ count: labels.length, words })}*\n${shown}${more}`,
    LIMITS.section,
  );
}

/** Closing it closes the list beneath it too, which is out of date by now. */
const said = ({ words: { modal } }: Reader, what: { title: string; words: readonly string[] }): View => ({
  type: 'modal',
  callback_id: 'bulk_result',
  title: plainText(plain(what.title, LIMITS.viewTitle)),
  close: plainText(modal.close),
  clear_on_close: true,
  blocks: what.words.map(section),
});
