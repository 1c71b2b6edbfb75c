import { nextStatus, type Status } from './lifecycle.ts';
import { may, type PersonAction, type Standing, whoMay } from './permission.ts';
import type { Refusal } from './refusal.ts';
import { accept, type Result, refuse } from './result.ts';

/** What Postgres says, in the acting transaction, of an exception and of the person who presses. */
export type ActFacts = {
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
  readonly person: { readonly personId: string; readonly isActive: boolean } & Standing;
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
};

type Pressed = { readonly action: PersonAction; readonly version: number };

/**
 * Whether the press is still about what the person saw and may do.
 *
 * Refuses, in this order: a person who is no longer active, one who may not, an exception that moved on (with who has it
 * and since when), and a card older than the record.
 */
export function checkPress(facts: ActFacts, { action, version }: Pressed): Refusal | undefined {
  if (!facts.person.isActive) return { code: 'inactive_person' };
  if (!may(action, facts.person)) {
    return claimedBySomebodyElse(facts, action) ?? { code: 'not_permitted', action, whoMay: whoMay(action) };
  }
  return movedOn(facts, action) ?? stale(facts, version);
}

/** The loser of a race, who could do it as the owner, is told who that is rather than that the rules forbid it. */
const claimedBySomebodyElse = (facts: ActFacts, action: PersonAction): Refusal | undefined =>
  facts.owner &&
  !facts.closedAt &&
  facts.person.isTeamMember &&
  may(action, { ...facts.person, isOwner: true })
    ? alreadyClaimed(facts)
    : undefined;

function movedOn(facts: ActFacts, action: PersonAction): Refusal | undefined {
  const isLegal =
    action === 'escalate'
      ? facts.closedAt === undefined
      : action !== 'details' && action !== 'hand_over' && nextStatus(facts.status, action) !== undefined;
  if (isLegal) return undefined;
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

const unchanged = (facts: ActFacts): NextState => ({
  status: facts.status,
  ownerId: facts.owner?.personId ?? null,
  claimedAt: facts.claimedAt ?? null,
  closedAt: facts.closedAt ?? null,
  level: facts.level,
  resolutionCode: null,
  resolutionMinor: null,
});

/** The state a claim leads to: the presser owns it from now on. */
export const claimed = (facts: ActFacts, now: Date): NextState => ({
  ...unchanged(facts),
  status: 'claimed',
  ownerId: facts.person.personId,
  claimedAt: now,
});

/** The state of giving it back: open, nobody's. */
export const unclaimed = (facts: ActFacts): NextState => ({
  ...unchanged(facts),
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

/** The state of an escalation: one level up; status and owner stay. */
export const escalated = (facts: ActFacts): NextState => ({ ...unchanged(facts), level: facts.level + 1 });

const NOTE_LIMIT = 3000;

const HALF_A_CHARACTER = /\p{Cs}/gu;

/** What somebody typed without the characters Postgres cannot hold: NUL and half a surrogate pair become U+FFFD. */
export const keepable = (text: string): string =>
  text.replaceAll(HALF_A_CHARACTER, '\uFFFD').replaceAll('\u0000', '\uFFFD');

/**
 * The note as kept: trimmed, `keepable`; undefined when empty. Refuses what is longer than a modal takes.
 */
export function readNote(text: string): Result<string | undefined, Refusal> {
  const note = keepable(text).trim();
  if (note.length > NOTE_LIMIT) return refuse({ code: 'note_too_long', limit: NOTE_LIMIT });
  return accept(note === '' ? undefined : note);
}
