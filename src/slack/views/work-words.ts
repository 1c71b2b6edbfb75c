import { exceptionLabel } from '../../core/ids.ts';
import type { Money } from '../../core/money.ts';
import type { WorkPage, WorkRow } from '../../core/work.ts';
import { inert } from './escape.ts';
import type { Writer } from './instants.ts';
import { listOf, moneyFor, type Reader, stakeFor } from './reader.ts';
import { typeTitle } from './type-words.ts';

/** More currencies than this at once say nothing to a reader. */
const CURRENCIES = 12;

/** `$1,200.00 and €300.00`: amounts of different currencies are never added. */
export function moneyWords(amounts: readonly Money[], reader: Reader): string {
  const { work } = reader.words;
  const worth = amounts.filter(({ minor }) => minor !== 0n);
  if (worth.length === 0) return work.nothing;
  const shown = worth.slice(0, CURRENCIES).map((amount) => moneyFor(amount, reader));
  if (worth.length > CURRENCIES) shown.push(work.moreCurrencies(worth.length - CURRENCIES));
  return listOf(shown, reader);
}

/** `3 exceptions, $1,200.00 at stake, 1 overdue`. */
export function totalWords(
  { total, money, overdue }: Pick<WorkPage, 'total' | 'money' | 'overdue'>,
  reader: Reader,
): string {
  const { work } = reader.words;
  if (total === 0) return work.nothing;
  return [
    work.exceptions(total),
    work.atStake(moneyWords(money, reader)),
    ...(overdue === 0 ? [] : [work.overdue(overdue)]),
  ].join(', ');
}

/** One exception of a list on two lines, escaped: what and how much, then whose and until when. */
export function rowWords(row: WorkRow, writer: Writer): string {
  const { work, status } = writer.words;
  const due = writer.instant(row.dueAt);
  const isClosed = row.status === 'resolved' || row.status === 'cleared';
  const what = [
    exceptionLabel(row.number),
    inert(typeTitle(row.type, writer), 100),
    stakeFor(row.atStake, writer, row.amountTag),
    row.client === undefined ? '' : inert(row.client, 150),
    row.orderRef === undefined ? '' : work.order(inert(row.orderRef, 150)),
  ];
  const whose = [
    status[row.status],
    row.level === 0 ? '' : work.level(row.level),
    `${inert(row.team, 100)}, ${row.owner === undefined ? work.nobody : inert(row.owner, 100)}`,
    isClosed ? '' : row.isOverdue ? work.overdueSince(due) : work.due(due),
  ];
  return [what, whose].map((parts) => parts.filter((part) => part !== '').join(' · ')).join('\n');
}
