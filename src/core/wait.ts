import { Temporal } from 'temporal-polyfill';
import type { Refusal } from './refusal.ts';
import { accept, type Result, refuse } from './result.ts';

/** Whatever waits longer is not waited for. */
const FURTHEST = { years: 1 } as const;

/**
 * The day to wait for, `YYYY-MM-DD`.
 *
 * Refuses: no day at all, today or an earlier one, and one more than a year ahead.
 */
export function readUntil(text: string | undefined, { today }: { today: string }): Result<string, Refusal> {
  const until = dayOf(text ?? '');
  if (until === undefined) return refuse({ code: 'until_required' });
  const first = Temporal.PlainDate.from(today);
  if (Temporal.PlainDate.compare(until, first) <= 0) return refuse({ code: 'until_not_ahead', today });
  const latest = first.add(FURTHEST);
  if (Temporal.PlainDate.compare(until, latest) > 0) {
    return refuse({ code: 'until_too_far', latest: latest.toString() });
  }
  return accept(until.toString());
}

function dayOf(text: string): Temporal.PlainDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  // PlainDate.from would take 31 September for the 30th or throw; comparing tells it apart from a day that exists.
  const date = Temporal.PlainDate.from({ year, month: Math.max(1, month), day: Math.max(1, day) });
  return date.toString() === text ? date : undefined;
}
