import type { Calendar } from './calendar.ts';
import { parseSlaTerm } from './duration.ts';
import { allows, type Status } from './lifecycle.ts';
import { may, type PersonAction, type Standing, whoMay } from './permission.ts';
import type { Refusal } from './refusal.ts';
import { accept, type Result, refuse } from './result.ts';
import { dueAt } from './sla.ts';

/** What Postgres says, in the acting transaction, of an exception. */
export type ExceptionNow = {
  readonly status: Status;
  readonly version: number;
  readonly level: number;
  readonly type: string;
  readonly currency: string;
  readonly owner: { readonly personId: string; readonly name: string } | undefined;
  readonly claimedAt: Date | undefined;
  readonly closedAt: Date | undefined;
  /** Who closed it; undefined when a run did. */
  readonly closedByName: string | undefined;
  readonly openedAt: Date;
  readonly dueAt: Date;
  /** The promise as it was made: `4h`, `2bd`. */
  readonly sla: string;
  /** The day on which a waiting one is taken up again, `YYYY-MM-DD`. */
  readonly waitUntilOn: string | undefined;
  /** Since when the promised time stands still. */
  readonly duePausedAt: Date | undefined;
  /** The id of the person who was offered it and has not answered. */
  readonly offeredTo?: string | undefined;
};

/** Of an exception, and of the person who presses. */
export type ActFacts = ExceptionNow & {
  readonly person: {
    readonly personId: string;
    readonly key?: string;
    readonly isActive: boolean;
  } & Standing;
};

/** The columns a press leads to; the version grows by one with it. */
export type NextState = {
  readonly status: Status;
  readonly ownerId: string | null;
  readonly claimedAt: Date | null;
  readonly closedAt: Date | null;
  readonly level: number;
  readonly resolutionCode: string | null;
  readonly resolutionMinor: bigint | null;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly waitUntilOn: string | null;
  readonly duePausedAt: Date | null;
};

type Pressed = { readonly action: PersonAction; readonly version: number };

/**
 * Whether the press is still about what the person saw and may do.
 *
 * Refuses, in this order: a person who is no longer active, one who may not, whatever becomes of it, an exception that moved on (with
 * who has it and since when), and a card older than the record.
 */
export function checkPress(facts: ActFacts, { action, version }: Pressed): Refusal | undefined {
  if (!facts.person.isActive) return { code: 'inactive_person' };
  if (!may(action, facts.person)) {
    return notAsOwner(facts, action) ?? { code: 'not_permitted', action, whoMay: whoMay(action) };
  }
  return movedOn(facts, action) ?? stale(facts, version);
}

/**
 * Who could do it as the owner, and is not any more or not yet, is told how things stand rather than that the rules forbid it: that
 * another has it, that it is closed, or that it has to be claimed first.
 */
function notAsOwner(facts: ActFacts, action: PersonAction): Refusal | undefined {
  const { person, owner, closedAt } = facts;
  if (!person.isTeamMember || !may(action, { ...person, isOwner: true })) return undefined;
  return owner && !closedAt ? alreadyClaimed(facts) : movedOn(facts, action);
}

/** What moves no exception: looking, and what is decided about holds, entries and rules by themselves. */
const NO_MOVES = [
  'details',
  'release',
  'hold',
  'reverse',
  'edit',
  'rule_propose',
  'rule_approve',
  'rule_reject',
] as const;
const isNoMove = (action: PersonAction): action is (typeof NO_MOVES)[number] =>
  (NO_MOVES as readonly PersonAction[]).includes(action);

function movedOn(facts: ActFacts, action: PersonAction): Refusal | undefined {
  if (!isNoMove(action) && allows(facts.status, action)) return undefined;
  if (facts.closedAt) {
    return {
      code: 'already_closed',
      status: facts.status,
      byName: facts.closedByName,
      at: facts.closedAt,
    };
  }
  return action === 'claim' && facts.owner
    ? alreadyClaimed(facts)
    : { code: 'wrong_status', action, status: facts.status };
}

const alreadyClaimed = (facts: ActFacts): Refusal => ({
  code: 'already_claimed',
  ownerName: facts.owner?.name ?? '',
  since: facts.claimedAt ?? new Date(0),
  isYou: facts.owner?.personId === facts.person.personId,
});

const stale = (facts: ActFacts, version: number): Refusal | undefined =>
  facts.version === version
    ? undefined
    : { code: 'stale_card', status: facts.status, ownerName: facts.owner?.name };

/** The state as it is, for what is only said about an exception that is live. */
export const unchanged = (facts: ExceptionNow): NextState => ({
  status: facts.status,
  ownerId: facts.owner?.personId ?? null,
  claimedAt: facts.claimedAt ?? null,
  closedAt: facts.closedAt ?? null,
  level: facts.level,
  resolutionCode: null,
  resolutionMinor: null,
  openedAt: facts.openedAt,
  dueAt: facts.dueAt,
  waitUntilOn: facts.waitUntilOn ?? null,
  duePausedAt: facts.duePausedAt ?? null,
});

/** No longer waiting; what was promised is due later by as long as the promise stood still. */
const waitOver = (facts: ExceptionNow, now: Date) => ({
  waitUntilOn: null,
  duePausedAt: null,
  dueAt: facts.duePausedAt
    ? new Date(facts.dueAt.getTime() + now.getTime() - facts.duePausedAt.getTime())
    : facts.dueAt,
});

/** The state a claim leads to: the presser owns it from now on. */
export const claimed = (facts: ActFacts, now: Date): NextState => ({
  ...unchanged(facts),
  status: 'claimed',
  ownerId: facts.person.personId,
  claimedAt: now,
});

/** The state of being given to somebody by the triage meeting: theirs from now on, whoever had it. */
export const assigned = (facts: ExceptionNow, { to, now }: { to: string; now: Date }): NextState => ({
  ...unchanged(facts),
  ...waitOver(facts, now),
  status: 'claimed',
  ownerId: to,
  claimedAt: now,
});

/** The state of giving it back: open, nobody's. */
export const unclaimed = (facts: ExceptionNow, now: Date): NextState => ({
  ...unchanged(facts),
  ...waitOver(facts, now),
  status: 'open',
  ownerId: null,
  claimedAt: null,
});

/** The state of a resolution; the owner stays on the row as who had it. */
export const resolved = (
  facts: ActFacts,
  resolution: { code: string; minor: bigint | undefined; now: Date },
): NextState => ({
  ...unchanged(facts),
  status: 'resolved',
  closedAt: resolution.now,
  resolutionCode: resolution.code,
  resolutionMinor: resolution.minor ?? null,
});

/** The state of a proposal: its owner's still, until somebody else has decided. */
export const proposed = (facts: ActFacts): NextState => ({
  ...unchanged(facts),
  status: 'awaiting_approval',
});

/** The state of a proposal that was not approved: with its owner again, claimed as before. */
export const rejected = (facts: ExceptionNow): NextState => ({ ...unchanged(facts), status: 'claimed' });

/** The state of an escalation: one level up; status and owner stay. */
export const escalated = (facts: ExceptionNow): NextState => ({
  ...unchanged(facts),
  level: facts.level + 1,
});

/** The state of waiting: its owner's still, until that day; the promised time stands still meanwhile or goes on. */
export const waiting = (
  facts: ActFacts,
  { until, pausesSla, now }: { until: string; pausesSla: boolean; now: Date },
): NextState => ({
  ...unchanged(facts),
  status: 'waiting',
  waitUntilOn: until,
  duePausedAt: pausesSla ? now : null,
});

/** The state of taking it up again: claimed, by whoever let it wait. */
export const resumed = (facts: ExceptionNow, now: Date): NextState => ({
  ...unchanged(facts),
  ...waitOver(facts, now),
  status: 'claimed',
});

/**
 * The state of reopening by hand: open and nobody's, at the level it had, promised anew from now by the promise it had.
 *
 * Throws: when the stored promise is no promise, which is a bug of whoever stored it.
 */
export function reopened(facts: ActFacts, { now, calendar }: { now: Date; calendar: Calendar }): NextState {
  const term = parseSlaTerm(facts.sla);
  if (!term) throw new Error(`"${facts.sla}" is stored as a promise and is none`);
  return {
    ...unchanged(facts),
    status: 'open',
    ownerId: null,
    claimedAt: null,
    closedAt: null,
    openedAt: now,
    dueAt: dueAt(now, term, calendar),
  };
}

const NOTE_LIMIT = 3000;

const HALF_A_CHARACTER = /\p{Cs}/gu;

/** What somebody typed without the characters Postgres cannot hold: NUL and half a surrogate pair become U+FFFD. */
export const keepable = (text: string): string =>
  text.replaceAll(HALF_A_CHARACTER, '\uFFFD').replaceAll('\u0000', '\uFFFD');

const VISIBLE = /[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** Whether somebody who reads the text sees anything of it: blanks and zero-width characters are no words. */
export const isVisible = (text: string): boolean => VISIBLE.test(text);

/**
 * The note as kept: trimmed, `keepable`; undefined when nobody would see anything of it. Refuses what is longer than a modal takes.
 */
export function readNote(text: string): Result<string | undefined, Refusal> {
  const note = keepable(text).trim();
  if (note.length > NOTE_LIMIT) return refuse({ code: 'note_too_long', limit: NOTE_LIMIT });
  return accept(isVisible(note) ? note : undefined);
}
