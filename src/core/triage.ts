import { Temporal } from 'temporal-polyfill';
import { type AmountRange, isInRange } from './amount-range.ts';
import { type Calendar, isWorked } from './calendar.ts';
import type { Money } from './money.ts';

/** What a triage meeting can decide about an item of its agenda. */
export const TRIAGE_DECISIONS = ['assign', 'write_off', 'accept', 'rule_change'] as const;
export type TriageDecision = (typeof TRIAGE_DECISIONS)[number];

/** What became of an item: decided there, closed by somebody or a run, or put on the next agenda. */
export const TRIAGE_OUTCOMES = ['assign', 'rule_change', 'resolved', 'cleared', 'carried'] as const;
export type TriageOutcome = (typeof TRIAGE_OUTCOMES)[number];

/** When the triage meeting is held, and whose channel gets its agenda. */
export type TriageTerms = {
  readonly team: string;
  /** ISO weekdays, Monday = 1. */
  readonly days: readonly number[];
  /** Local time, `HH:MM`. */
  readonly time: string;
  /** How long before the meeting its agenda is posted. */
  readonly beforeMs: number;
  /** What is at stake below which writing off is proposed. */
  readonly small: AmountRange | undefined;
};

/** A meeting whose agenda is due. */
export type Meeting = { readonly meetsAt: Date; readonly postsAt: Date };

/** Two years without a meeting is a bug in the calendar; nothing is due then. */
const FURTHEST_DAYS = 731;

/**
 * The latest meeting whose agenda was due after `after` and not later than `now`; undefined when none is. Agendas that
 * were missed collapse into it. Nobody meets on a day that is not worked.
 */
export function latestAgenda(
  { days, time, beforeMs }: Pick<TriageTerms, 'days' | 'time' | 'beforeMs'>,
  calendar: Calendar,
  { after, now }: { after: Date; now: Date },
): Meeting | undefined {
  const { zone } = calendar;
  // The agenda of a meeting of a later day may be due today.
  let day = Temporal.Instant.fromEpochMilliseconds(now.getTime() + beforeMs)
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  for (let guard = 0; guard < FURTHEST_DAYS; guard += 1, day = day.subtract({ days: 1 })) {
    if (!days.includes(day.dayOfWeek) || !isWorked(day, calendar)) continue;
    const meetsAt = day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
    const postsAt = meetsAt - beforeMs;
    if (postsAt > now.getTime()) continue;
    return postsAt > after.getTime() ? { meetsAt: new Date(meetsAt), postsAt: new Date(postsAt) } : undefined;
  }
  return undefined;
}

/** An exception that its policy has nothing left for, as a proposal needs it. */
export type TriageCase = {
  readonly exceptionId: string;
  /** Reconciliation, type and reason: what a rule would be about. */
  readonly pattern: string;
  readonly atStake: Money;
  readonly hasOwner: boolean;
  /** How often it changed hands. */
  readonly handOvers: number;
};

/** So many of one pattern on one agenda say that a rule is wrong rather than so many records. */
const PATTERN = 3;
/** Whoever has it now is the third to have it. */
const HANDS = 2;

/**
 * What is proposed for each case, in their order: a rule change where many are alike, to write off what is small, to
 * accept what has nothing at stake, and to give the rest to somebody.
 */
export function proposals(
  cases: readonly TriageCase[],
  { small }: Pick<TriageTerms, 'small'>,
): TriageDecision[] {
  const alike = new Map<string, number>();
  for (const { pattern } of cases) alike.set(pattern, (alike.get(pattern) ?? 0) + 1);
  return cases.map(({ pattern, atStake, hasOwner, handOvers }) => {
    if ((alike.get(pattern) ?? 0) >= PATTERN) return 'rule_change';
    if (atStake.minor === 0n) return 'accept';
    if (small && isInRange(atStake, small)) return 'write_off';
    return hasOwner && handOvers < HANDS ? 'accept' : 'assign';
  });
}

/** So many items fit one message with their buttons. */
export const ITEMS_PER_PAGE = 12;
/** More wait for the next meeting, the smallest first; a meeting that lists more decides nothing. */
export const MOST_ITEMS = 96;

/** What happened besides somebody having it, by how often; whose it was is told by its attempts. */
export const BESIDES = ['wait', 'escalate'] as const;
export type Besides = Readonly<Record<(typeof BESIDES)[number], number>>;

/** How an item was decided. */
export type ItemDecided = {
  readonly outcome: TriageOutcome;
  readonly at: Date;
  /** Undefined when a run closed it, or nobody decided. */
  readonly byName: string | undefined;
  readonly assignedTo: string | undefined;
  readonly note: string | undefined;
  readonly resolutionCode: string | undefined;
};

/** An exception on an agenda. */
export type AgendaItem = {
  readonly exceptionId: string;
  readonly proposed: TriageDecision;
  readonly besides: Besides;
  /** Undefined while it is on the table. */
  readonly decided: ItemDecided | undefined;
};

/** An agenda, or one message of it: `items` are those of the page. */
export type Agenda = {
  readonly meetingId: string;
  readonly meetsAt: Date;
  readonly page: number;
  readonly pages: number;
  /** Of all pages. */
  readonly count: number;
  readonly undecided: number;
  readonly atStake: readonly Money[];
  readonly leftOver: number;
  readonly items: readonly AgendaItem[];
};
