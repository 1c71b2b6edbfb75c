import type { Role } from './organisation.ts';
import { may, whoMay } from './permission.ts';
import type { Refusal } from './refusal.ts';
import { accept, type Result, refuse } from './result.ts';
import type { SpecDifference } from './spec-difference.ts';

/** The three whose agreement a changed rule needs; each seat is taken by a person who has the role of that name. */
export const SEATS = ['data_owner', 'ops_lead', 'governance'] as const satisfies readonly Role[];
export type Seat = (typeof SEATS)[number];

/** In English: for logs and programs. */
export const SEAT_NAMES = {
  data_owner: 'data owner',
  ops_lead: 'operations lead',
  governance: 'governance reviewer',
} as const satisfies Record<Seat, string>;

const isSeat = (word: string): word is Seat => (SEATS as readonly string[]).includes(word);

export const RULE_CHANGE_STATES = ['pending', 'activated', 'rejected', 'withdrawn', 'expired'] as const;
export type RuleChangeState = (typeof RULE_CHANGE_STATES)[number];

/** One seat that is taken: its holder agreed. */
export type SeatTaken = {
  readonly seat: Seat;
  readonly personId: string;
  readonly name: string;
  readonly at: Date;
  readonly note: string | undefined;
};

/** A proposed change of one reconciliation, as the record has it. */
export type RuleChange = {
  readonly changeId: string;
  readonly reconciliation: string;
  readonly state: RuleChangeState;
  /** The version that it starts from, and the one that it would make active. */
  readonly from: number;
  readonly to: number;
  /** The version that runs use at this moment. */
  readonly active: number | undefined;
  readonly author: { readonly personId: string; readonly name: string };
  readonly expiresAt: Date;
  readonly decided: { readonly byName: string | undefined; readonly at: Date } | undefined;
  readonly approvals: readonly SeatTaken[];
};

/** A change with everything that people are shown of it. */
export type RuleChangeFacts = RuleChange & {
  readonly reason: string;
  readonly proposedAt: Date;
  /** The hash of the file that would become the rule. */
  readonly sha256: string;
  readonly difference: SpecDifference;
  /** What whoever ended it said. */
  readonly note: string | undefined;
  /** Who could take the seats that are open. */
  readonly holders: Readonly<Record<Seat, readonly string[]>>;
};

/** Whoever decides, read from Postgres in the transaction that decides. */
export type RuleDecider = {
  readonly personId: string;
  readonly isActive: boolean;
  readonly roles: readonly Role[];
};

/** Seats that nobody took yet, in the order in which they are asked. */
export const openSeats = ({ approvals }: Pick<RuleChange, 'approvals'>): readonly Seat[] =>
  SEATS.filter((seat) => approvals.every((taken) => taken.seat !== seat));

/** Seats that the person could take: open ones whose role they have. */
export const seatsFor = (change: Pick<RuleChange, 'approvals'>, roles: readonly Role[]): readonly Seat[] =>
  openSeats(change).filter((seat) => roles.includes(seat));

export type Approving = {
  readonly change: RuleChange;
  readonly person: RuleDecider;
  /** As chosen; undefined takes the first open one that the person can take. */
  readonly seat: string | undefined;
  readonly now: Date;
};

/**
 * Which seat an approval takes, and whether the rule becomes active with it.
 *
 * Refuses, in this order: a person who is no longer active, the author, one without any of the roles, a change that is
 * over, one whose starting point moved, somebody who has a seat already, a seat that is taken or not theirs.
 */
export function judgeApproval(approving: Approving): Result<{ seat: Seat; isLast: boolean }, Refusal> {
  const { change, person, now } = approving;
  const refusal = whyNotSeated(approving) ?? whyOver(change, now);
  if (refusal) return refuse(refusal);
  if (change.active !== change.from) {
    return refuse({ code: 'rule_change_outdated', reconciliation: change.reconciliation });
  }
  const own = change.approvals.find(({ personId }) => personId === person.personId);
  if (own) return refuse({ code: 'already_seated', seat: own.seat });
  const seat = seatOf(approving);
  if (!seat.ok) return seat;
  return accept({ seat: seat.value, isLast: openSeats(change).length === 1 });
}

function whyNotSeated({ change, person }: Approving): Refusal | undefined {
  if (!person.isActive) return { code: 'inactive_person' };
  if (change.author.personId === person.personId) return { code: 'own_rule_change' };
  return may('rule_approve', standing(person)) ? undefined : DENIED.rule_approve;
}

const standing = ({ roles }: RuleDecider) => ({ isOwner: false, isTeamMember: false, roles });

const DENIED = {
  rule_approve: { code: 'not_permitted', action: 'rule_approve', whoMay: whoMay('rule_approve') },
  rule_reject: { code: 'not_permitted', action: 'rule_reject', whoMay: whoMay('rule_reject') },
  rule_propose: { code: 'not_permitted', action: 'rule_propose', whoMay: whoMay('rule_propose') },
} as const satisfies Record<string, Refusal>;

function whyOver({ state, decided, expiresAt }: RuleChange, now: Date): Refusal | undefined {
  if (state !== 'pending') {
    const { byName, at = expiresAt } = decided ?? {};
    return { code: 'rule_change_over', how: state, byName, at };
  }
  return now < expiresAt
    ? undefined
    : { code: 'rule_change_over', how: 'expired', byName: undefined, at: expiresAt };
}

/** The seat that was chosen, else the first that the person can take. */
function seatOf({ change, person: { roles }, seat }: Approving): Result<Seat, Refusal> {
  if (seat === undefined) {
    const [first] = seatsFor(change, roles);
    if (first !== undefined) return accept(first);
    return refuse(takenOf(change, SEATS.find((one) => roles.includes(one)) ?? 'ops_lead'));
  }
  if (!isSeat(seat)) return refuse({ code: 'seat_unknown', given: seat });
  if (!roles.includes(seat)) return refuse({ code: 'seat_not_yours', seat });
  return openSeats(change).includes(seat) ? accept(seat) : refuse(takenOf(change, seat));
}

function takenOf({ approvals }: RuleChange, seat: Seat): Refusal {
  const taken = approvals.find((one) => one.seat === seat);
  if (!taken) throw new Error(`seat ${seat} is neither open nor taken`);
  return { code: 'seat_taken', seat, byName: taken.name, at: taken.at };
}

/** Why the person cannot end the change; undefined when they can: whoever could take a seat, and its author. */
export function whyNotReject({ change, person, now }: Omit<Approving, 'seat'>): Refusal | undefined {
  if (!person.isActive) return { code: 'inactive_person' };
  const isAuthor = change.author.personId === person.personId;
  if (!isAuthor && !may('rule_reject', standing(person))) return DENIED.rule_reject;
  return whyOver(change, now);
}

/** Why the person cannot propose a change; undefined when they can. */
export function whyNotPropose(person: RuleDecider): Refusal | undefined {
  if (!person.isActive) return { code: 'inactive_person' };
  return may('rule_propose', standing(person)) ? undefined : DENIED.rule_propose;
}

/** Refusals that are about who somebody is to the change, with the event that the trail keeps of the try. */
export const DENIED_TRIES = {
  own_rule_change: 'governance.self_approval_denied',
  already_seated: 'governance.denied',
  seat_not_yours: 'governance.denied',
} as const satisfies Partial<Record<Refusal['code'], string>>;

/**
 * Whether three different people could take the three seats, the author not among them. Somebody with several roles
 * counts for one seat only, so counting the holders of each is not enough.
 */
export function canBeDecided(
  people: readonly { readonly key: string; readonly roles: readonly Role[] }[],
  author?: string,
): boolean {
  const holders = SEATS.map((seat) =>
    people.filter(({ key, roles }) => key !== author && roles.includes(seat)).map(({ key }) => key),
  );
  const fits = (at: number, taken: readonly string[]): boolean =>
    at === holders.length ||
    (holders[at] ?? []).some((key) => !taken.includes(key) && fits(at + 1, [...taken, key]));
  return fits(0, []);
}
