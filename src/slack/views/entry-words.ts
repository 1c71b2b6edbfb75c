import type { EntryPage, LedgerEntry, WaitingEntry } from '../../core/entry.ts';
import { exceptionLabel } from '../../core/ids.ts';
import type { Money } from '../../core/money.ts';
import { entryLabel } from '../../core/proposal.ts';
import { codeWords } from './code-words.ts';
import { inert } from './escape.ts';
import type { Writer } from './instants.ts';
import { moneyFor, type Reader } from './reader.ts';
import { moneyWords } from './work-words.ts';

/** `1 waiting for a second person, $80.00 · 3 booked, $120.00`. */
export const entrySumWords = ({ sums }: EntryPage, reader: Reader): string =>
  (['waiting', 'booked'] as const)
    .filter((state) => sums[state].count > 0)
    .map((state) => {
      const { count, money } = sums[state];
      return reader.words.entry.sums[state]({ count, money: comesTo(money, reader) });
    })
    .join(' · ');

/** An entry and what took it back come to 0.00, which is not nothing. */
const comesTo = (money: readonly Money[], reader: Reader): string => {
  const [first] = money;
  return first !== undefined && money.every(({ minor }) => minor === 0n)
    ? moneyFor(first, reader)
    : moneyWords(money, reader);
};

/** What waits on two lines, escaped: what and how much, then who asks and until when it is decided. */
export function waitingWords(row: WaitingEntry, writer: Writer): string {
  const { entry } = writer.words;
  return twoLines(
    [exceptionLabel(row.exceptionNumber), ...about(row, writer)],
    [
      entry.askedBy({ by: inert(row.madeBy, 150), at: writer.instant(row.askedAt) }),
      codeWords(row.reasonCode, writer),
      entry.belongsTo(inert(row.originalPeriod, 20)),
      entry.decideUntil(writer.instant(row.expiresAt)),
      ...noteWords(row, writer),
    ],
  );
}

/** What is booked on two lines, escaped: which entry and how much, then why, by whom, and to which month. */
export function bookedWords(row: LedgerEntry, writer: Writer): string {
  const { entry } = writer.words;
  const { approvedBy, bookedPeriod, originalPeriod, reversedBy } = row;
  return twoLines(
    [entryLabel(row.number), ...about(row, writer)],
    [
      exceptionLabel(row.exceptionNumber),
      codeWords(row.reasonCode, writer),
      entry.madeBy({ by: inert(row.madeBy, 150), at: writer.instant(row.appliedAt) }),
      ...(approvedBy === undefined ? [] : [entry.approvedBy(inert(approvedBy, 150))]),
      entry.bookedTo(inert(bookedPeriod, 20)),
      ...(originalPeriod === bookedPeriod ? [] : [entry.belongsTo(inert(originalPeriod, 20))]),
      ...(reversedBy === undefined ? [] : [entry.reversedBy(entryLabel(reversedBy))]),
      ...noteWords(row, writer),
    ],
  );
}

const twoLines = (what: readonly string[], why: readonly string[]): string =>
  [what, why].map((parts) => parts.join(' · ')).join('\n');

const about = (row: WaitingEntry | LedgerEntry, writer: Writer): string[] => [
  row.reverses === undefined
    ? writer.words.proposal.kinds[row.kind]
    : writer.words.entry.reversalOf(entryLabel(row.reverses)),
  moneyFor(row.amount, writer, row.amountTag),
  ...(row.client === undefined ? [] : [inert(row.client, 150)]),
  ...(row.orderRef === undefined ? [] : [writer.words.work.order(inert(row.orderRef, 150))]),
  ...(row.payee === undefined ? [] : [writer.words.hold.payee(inert(row.payee, 150))]),
];

const noteWords = ({ note }: WaitingEntry | LedgerEntry, { words }: Writer): string[] =>
  note === undefined ? [] : [words.history.quoted(inert(note, 300))];
