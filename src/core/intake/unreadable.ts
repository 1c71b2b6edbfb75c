import type { Finding } from './finding.ts';
import { median } from './spike.ts';

/** Refused rows by the field and the reason they were refused for. */
export type Refusals = readonly {
  readonly field: string;
  readonly reason: string;
  readonly rows: number;
}[];

type Rows = { readonly rows: number; readonly refused: Refusals };

/** So many rows are no accident of some rows, once they are this share of all. */
const SOME = { rows: 3, share: 1 / 5 };
/** And nor are so many of a few, whatever is usual. */
const HALF = { rows: 2, share: 1 / 2 };
/** What was so before is expected, as often again is not. */
const TIMES_USUAL = 2;
/** One bad delivery, or two of which one was corrected, are not what is usual. */
const LEAST_BEFORE = 3;
/** What was usual longer ago may have been mended since. */
const LATEST = 8;

/**
 * Fields that so many rows cannot be read for that they no longer mean what the contract says, whatever each row was refused for; `before` are
 * the deliveries before, the last of them first.
 *
 * Three rows and a fifth of all, or two and half of all. Where the median of the latest eight deliveries, of three at least, was more than a
 * tenth, it takes twice as much, and never more than half: ten rows of one reason were asked for before, and files of a dozen rows that could
 * not be read at all came in unsaid (2026-11-30).
 */
export function unreadable(now: Rows, before: readonly Rows[]): Finding[] {
  return [...byField(now.refused)].flatMap(([field, reasons]) => {
    const rows = sumOf(reasons);
    if (!isTooMuch(rows, now.rows, usualShare(field, before))) return [];
    return [{ kind: 'field_unreadable', field, reason: inWords(reasons), rows, of: now.rows } as const];
  });
}

function isTooMuch(count: number, rows: number, usual: number): boolean {
  if (count >= HALF.rows && count >= HALF.share * rows) return true;
  return count >= SOME.rows && count >= Math.max(SOME.share, TIMES_USUAL * usual) * rows;
}

function usualShare(field: string, before: readonly Rows[]): number {
  const shares = before
    .filter(({ rows }) => rows > 0)
    .slice(0, LATEST)
    .map(({ rows, refused }) => sumOf(refused.filter((found) => found.field === field)) / rows);
  return shares.length < LEAST_BEFORE ? 0 : median(shares);
}

function byField(refused: Refusals): ReadonlyMap<string, Refusals> {
  const fields = new Map<string, Refusals>();
  for (const found of refused) fields.set(found.field, [...(fields.get(found.field) ?? []), found]);
  return fields;
}

const sumOf = (refused: Refusals): number => refused.reduce((sum, { rows }) => sum + rows, 0);

/** The one reason; of several the most frequent first, each with its rows. */
function inWords(reasons: Refusals): string {
  const sorted = [...reasons].sort((a, b) => b.rows - a.rows);
  const [only] = sorted;
  if (only !== undefined && sorted.length === 1) return only.reason;
  return sorted.map(({ reason, rows }) => `${reason} ${rows}`).join(', ');
}
