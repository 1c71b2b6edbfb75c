import type { Attempt } from './attempts.ts';
import type { CardHold } from './hold.ts';
import type { Status } from './lifecycle.ts';
import type { Money } from './money.ts';
import type { Booking } from './organisation.ts';
import type { Playbook } from './playbook.ts';
import type { DecidingRow } from './route.ts';
import type { Severity } from './severity.ts';
import type { Side } from './spec.ts';

/** A field-level difference as people read it; an absent side is undefined. */
export type Finding = {
  readonly field: string;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
};

export type PersonRef = {
  readonly personId: string;
  readonly name: string;
  readonly slackUserId: string | undefined;
};

/** One line of an exception's history, read from the audit trail. */
export type HistoryLine = {
  readonly seq: bigint;
  /** ISO instant, microseconds. */
  readonly at: string;
  readonly action: string;
  readonly actor: PersonRef | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly reason: string | undefined;
  readonly note: string | undefined;
  readonly target: string | undefined;
  /** Who got it, because the target was away. */
  readonly standIn?: string | undefined;
  /** Who has it from then on, where the triage meeting gave it to somebody. */
  readonly given?: { readonly personId: string; readonly name: string } | undefined;
  /** What it was settled for, in English; rows of earlier releases have nothing else. */
  readonly amount?: string | undefined;
  /** What it was settled for. */
  readonly settledFor?: Money | undefined;
  /** The day that is waited for. */
  readonly until?: string | undefined;
  /** The evidence of a resolution, or where a note was written. */
  readonly link?: string | undefined;
  /** Who wrote what somebody else kept as a note. */
  readonly author?: string | undefined;
  /** Which of its amounts became others. */
  readonly changed?: readonly AmountChange[] | undefined;
};

/** What a side came to before, and what it comes to since; undefined where it had or has nothing. */
export type AmountChange = {
  readonly side: Side;
  readonly from: Money | undefined;
  readonly to: Money | undefined;
};

/** A record as both sides are shown in Details: its reference, amount, day, and the file and line it came from. */
export type MemberLine = {
  readonly side: Side;
  readonly feed: string;
  readonly sourceRef: string;
  readonly amount: Money | undefined;
  readonly occurredOn: string;
  readonly delivery: string;
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
};

/** Everything a card shows; the view adds nothing and leaves nothing out of the fallback text. */
export type CardFacts = {
  readonly exceptionId: string;
  readonly number: number;
  readonly version: number;
  readonly status: Status;
  readonly level: number;
  readonly type: string;
  readonly reason: string;
  readonly severity: Severity;
  readonly reconciliation: string;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly expected: Money | undefined;
  readonly actual: Money | undefined;
  readonly atStake: Money;
  readonly findings: readonly Finding[];
  readonly team: { readonly key: string; readonly name: string };
  /** Who leads the team, and who is there for them while they are away. */
  readonly lead?: { readonly name: string; readonly standIn: string | undefined } | undefined;
  /** The row of the ownership matrix that gave it to the team. */
  readonly routedBy?: DecidingRow | undefined;
  readonly owner: PersonRef | undefined;
  readonly claimedAt: Date | undefined;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly sla: string;
  readonly closedAt: Date | undefined;
  readonly resolutionCode: string | undefined;
  /** To whom it is offered at this moment, and until when that stands. */
  readonly offer?: { readonly toName: string; readonly note: string; readonly expiresAt: Date } | undefined;
  /** Only of what waits: until which day, for what, and whether the promised time stands still meanwhile. */
  readonly wait?:
    | { readonly untilOn: string; readonly note: string | undefined; readonly pausesSla: boolean }
    | undefined;
  /** What somebody proposed to settle it with, and nobody has decided. */
  readonly proposal?:
    | { readonly by: string; readonly books: Booking; readonly amount: Money; readonly expiresAt: Date }
    | undefined;
  /** What stops its payment; undefined when nothing does. */
  readonly hold?: CardHold | undefined;
  /** Newest last; only what people did, at most the last few. */
  readonly history: readonly HistoryLine[];
  /** Each time somebody had it, the oldest first. */
  readonly attempts?: readonly Attempt[];
  /** What to do about its type, from the configuration or as it is shipped. */
  readonly playbook?: Playbook | undefined;
  /** BCP 47: how the client's amounts are written, from the configuration; undefined leaves it to the reader's language. */
  readonly amountTag?: string | undefined;
  readonly memberCount: { readonly expected: number; readonly actual: number };
};
