import type { Attempt } from './attempts.ts';
import type { CardFacts, HistoryLine } from './card.ts';
import type { Money } from './money.ts';
import type { CheckName } from './run-checks.ts';

/** One line in an exception's thread: what happened, as the audit event says it. */
export type ReplyPayload = Omit<HistoryLine, 'seq'>;

/** An amount as it is kept in JSON: minor units as digits. */
export type StoredMoney = { readonly minor: string; readonly currency: string };

export const storedMoney = ({ minor, currency }: Money): StoredMoney => ({
  minor: minor.toString(),
  currency,
});

export const moneyOf = ({ minor, currency }: StoredMoney): Money => ({ minor: BigInt(minor), currency });

/** An exception as it was when somebody was told of it. Kept as JSON in the outbox, so nothing is undefined. */
export type ToldException = {
  readonly id: string;
  readonly version: number;
  readonly number: number;
  readonly type: string;
  readonly atStake: StoredMoney;
  readonly client: string | null;
  readonly orderRef: string | null;
  readonly owner: string | null;
  readonly team: string;
  /** ISO instant. */
  readonly dueAt: string;
  /** What stands on each side, where there is an amount. Rows of earlier releases have none of these. */
  readonly expected?: StoredMoney | null | undefined;
  readonly actual?: StoredMoney | null | undefined;
  /** The latest of the times that somebody had it, the oldest first. */
  readonly attempts?: readonly Attempt[] | undefined;
};

/** More attempts than this are in the details. */
const TOLD_ATTEMPTS = 5;

export const toldException = (facts: CardFacts): ToldException => ({
  id: facts.exceptionId,
  version: facts.version,
  number: facts.number,
  type: facts.type,
  atStake: storedMoney(facts.atStake),
  client: facts.client ?? null,
  orderRef: facts.orderRef ?? null,
  owner: facts.owner?.name ?? null,
  team: facts.team.name,
  dueAt: facts.dueAt.toISOString(),
  expected: facts.expected ? storedMoney(facts.expected) : null,
  actual: facts.actual ? storedMoney(facts.actual) : null,
  attempts: (facts.attempts ?? []).slice(-TOLD_ATTEMPTS),
});

/** What happened to an exception that somebody must hear of; put into words of their language when it is sent. */
export type Happening =
  | {
      readonly notice: 'escalated';
      readonly target: string;
      /** Who gets it, because the target is away. */
      readonly standIn?: string | null | undefined;
      readonly by: string | null;
      readonly note: string;
    }
  | {
      readonly notice: 'offered';
      readonly note: string;
      readonly answerBy: string;
      /** Whom it was meant for, who is away. */
      readonly standsInFor?: string | null | undefined;
    }
  | { readonly notice: 'taken_over'; readonly by: string }
  | { readonly notice: 'assigned'; readonly note: string }
  | { readonly notice: 'declined'; readonly by: string; readonly note: string }
  | { readonly notice: 'offer_lapsed'; readonly from: string; readonly to: string }
  | { readonly notice: 'offer_withdrawn'; readonly because: WithdrawnBecause }
  | { readonly notice: 'wait_over'; readonly note: string | null }
  | { readonly notice: 'approved'; readonly by: string }
  | { readonly notice: 'rejected'; readonly by: string; readonly note: string }
  | { readonly notice: 'proposal_lapsed' };

/** What ended an offer before it was answered: its owner's giving back, the triage meeting's decision, or a resolution. */
export const WITHDRAWN_BECAUSE = ['given_back', 'assigned', 'resolved'] as const;
export type WithdrawnBecause = (typeof WITHDRAWN_BECAUSE)[number];

/** A hold that ended by itself: which payment it was. */
export type HoldNotice = {
  readonly notice: 'hold_expired';
  readonly label: string;
  readonly kind: string;
  readonly client: string | null;
  readonly orderRef: string | null;
  readonly payee: string | null;
  /** Null for the whole of it. */
  readonly amount: StoredMoney | null;
};

/** Many holds that ended by themselves at once. */
export type HoldsNotice = {
  readonly notice: 'holds_expired';
  readonly count: number;
  /** Null when there are several currencies, or one of them held everything. */
  readonly total: StoredMoney | null;
  /** Some of them, the largest first; the others are on the record. */
  readonly lines: readonly Omit<HoldNotice, 'notice'>[];
};

/** A message about a proposal shows it as it is, so it names it and says nothing. */
export type ProposalNotice = { readonly money: 'proposal'; readonly proposal_id: string };

/** A message about the change of a rule: the one that asks for approvals, or what became of it. It shows the change as it is. */
export type RuleChangeNotice = { readonly rule: 'change' | 'over'; readonly change_id: string };

/** One order that a rule settled. */
export type SettledLine = {
  readonly orderRef: string | null;
  readonly difference: StoredMoney;
  readonly reason: string;
  readonly client: string | null;
  /** Months, `YYYY-MM`, that its credits are booked to. */
  readonly periods: readonly string[];
};

/** What rules settled in one run, for the team they name. */
export type SettledNotice = {
  readonly notice: 'settled';
  readonly reconciliation: string;
  readonly count: number;
  /** Null when there are several currencies: those are never added. */
  readonly total: StoredMoney | null;
  /** Some of them; the others are on the record. */
  readonly lines: readonly SettledLine[];
};

/** Checks of a reconciliation that a run failed and the one before it did not. Shares are in millionths. */
export type ChecksNotice = {
  readonly notice: 'checks';
  readonly reconciliation: string;
  readonly failed: readonly {
    readonly name: CheckName;
    readonly foundPpm: number;
    readonly leastPpm: number;
  }[];
};

/** What happened to exceptions without anybody's press: by their policies, or by going from hand to hand. */
export const STEP_KINDS = [
  'reminder',
  'unclaimed',
  'breach',
  'escalation',
  'stale',
  'released',
  'ping_pong',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** A step of one kind that concerns one reader, for one exception or for many at once. */
export type StepNotice = {
  readonly notice: 'step';
  readonly step: StepKind;
  readonly count: number;
  /** Null when there are several currencies: those are never added. */
  readonly total: StoredMoney | null;
  /** Some of them, the largest first; the others are on the record. */
  readonly exceptions: readonly ToldException[];
};

/** A message of its own about an exception or a run. */
export type NoticePayload =
  | StepNotice
  | (Happening & { readonly exception: ToldException })
  | SettledNotice
  | HoldNotice
  | HoldsNotice
  | ChecksNotice
  | WordedNotice;

/** A fact of a worded notice; an `instant` (ISO) is shown in each reader's own time zone. */
export type NoticeFact = {
  readonly label: string;
  readonly value: string | { readonly instant: string };
};

/** A notice that was put into words when it was written, as earlier releases did. Plain text; the view escapes it. */
export type WordedNotice = {
  readonly title: string;
  readonly body: string;
  readonly facts: readonly NoticeFact[];
  /** What goes along when somebody else shall see to it: what to do about its type, and what was tried. */
  readonly record?: { readonly type: string; readonly attempts: readonly Attempt[] } | undefined;
  /** Shown as a button that opens the details of the notice's exception. */
  readonly exception?: {
    readonly id: string;
    readonly version: number;
    /** It is offered to the reader, who can accept or decline. */
    readonly isOffer?: boolean | undefined;
  };
};
