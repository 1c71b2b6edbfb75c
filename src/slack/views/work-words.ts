import { exceptionLabel } from '../../core/ids.ts';
import { formatMoney, type Money } from '../../core/money.ts';
import { typeTitle } from '../../core/words.ts';
import type { WorkPage, WorkRow } from '../../core/work.ts';
import { inert } from './escape.ts';
import { STATUS_WORDS, type WriteInstant } from './words.ts';

/** More currencies than this at once say nothing to a reader. */
const CURRENCIES = 12;

/** `$1,200.00 and €300.00`: amounts of different currencies are never added. */
function moneyWords(amounts: readonly Money[]): string {
  if (amounts.length === 0) return 'nothing';
  const shown = amounts.slice(0, CURRENCIES).map((amount) => formatMoney(amount));
  if (amounts.length > CURRENCIES) shown.push(`${amounts.length - CURRENCIES} more currencies`);
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** `3 exceptions, $1,200.00 at stake, 1 overdue`. */
export function totalWords({ total, money, overdue }: Pick<WorkPage, 'total' | 'money' | 'overdue'>): string {
  if (total === 0) return 'nothing';
  const late = overdue === 0 ? '' : `, ${overdue} overdue`;
  return `${countWords(total)}, ${moneyWords(money)} at stake${late}`;
}

const countWords = (count: number): string => `${count} ${count === 1 ? 'exception' : 'exceptions'}`;

/** One exception of a list on two lines, escaped: what and how much, then whose and until when. */
export function rowWords(row: WorkRow, instant: WriteInstant): string {
  const about = [
    row.client === undefined ? undefined : inert(row.client, 150),
    row.orderRef === undefined ? undefined : `order ${inert(row.orderRef, 150)}`,
  ].filter((part) => part !== undefined && part !== '');
  const level = row.level === 0 ? '' : ` · level ${row.level}`;
  const due = `${row.isOverdue ? 'overdue since' : 'due'} ${instant(row.dueAt)}`;
  const isClosed = row.status === 'resolved' || row.status === 'cleared';
  return [
    `${exceptionLabel(row.number)} · ${inert(typeTitle(row.type), 100)} · ${formatMoney(row.atStake)}`,
    ...(about.length === 0 ? [] : [` · ${about.join(' · ')}`]),
    `\n${STATUS_WORDS[row.status]}${level} · ${inert(row.team, 100)}, ${row.owner === undefined ? 'nobody' : inert(row.owner, 100)}`,
    isClosed ? '' : ` · ${due}`,
  ].join('');
}
