import type { Absence } from './absence.ts';
import type { AmountRange } from './amount-range.ts';
import type { Calendar } from './calendar.ts';
import type { Locale } from './locale.ts';
import type { Playbook } from './playbook.ts';
import type { Severity } from './severity.ts';
import type { SlaTerm } from './sla.ts';
import type { SlaPolicy } from './sla-policy.ts';
import type { TriageTerms } from './triage.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';

export const ROLES = [
  'account_manager',
  'ops_lead',
  'finance',
  'admin',
  'approver',
  'auditor',
  'data_owner',
  'governance',
] as const;
export type Role = (typeof ROLES)[number];

export type PersonConfig = {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly slackUserId: string | undefined;
  /** The language they are spoken to in; undefined means the one Slack says they use. */
  readonly locale?: Locale | undefined;
  readonly roles: readonly Role[];
  /** The person who stands in while they are away, by key. */
  readonly deputy?: string | undefined;
  readonly away?: readonly Absence[];
};

export type TeamConfig = {
  readonly key: string;
  readonly name: string;
  /** A channel id (`C0123…`) or a name (`#media-ops`); names are looked up when the app starts. */
  readonly channel: string;
  readonly members: readonly string[];
  readonly lead: string | undefined;
  /** Who stands in for a lead who is away and names nobody. */
  readonly deputy?: string | undefined;
  /** Slack's id (`S0123…`) of the group that is mentioned when the whole team must hear of something. */
  readonly usergroup?: string | undefined;
  /** The language of its channel; undefined means the workspace's. */
  readonly locale?: Locale | undefined;
  /** Where its day begins and its digest is due; undefined means the workspace's zone. */
  readonly zone?: string | undefined;
  /** Channels to post in, in this order, when its own takes no messages. */
  readonly fallback?: readonly string[];
};

/** A client as far as people and amounts depend on it. */
export type ClientConfig = {
  /** As the records write it. */
  readonly name: string;
  /** The person who gets its nightly summary, by key. */
  readonly accountManager: string | undefined;
  /** BCP 47: how its amounts are written. */
  readonly locale: string | undefined;
};

/**
 * One row of the ownership matrix; every stated condition must hold, and the first row that matches decides. Rows of a
 * spec's own `route` stand before those of the organisation.
 */
export type OwnershipRow = {
  readonly row: number;
  /** `tieout.yaml:41`, so that a decision can be traced to the line that made it. */
  readonly source: string;
  /** Only for exceptions of this reconciliation. */
  readonly reconciliation?: string | undefined;
  readonly domain: string | undefined;
  readonly type: string | undefined;
  readonly severity: Severity | undefined;
  /** As the records write them; any of these. */
  readonly clients?: readonly string[] | undefined;
  /** Of what is at stake. */
  readonly amount?: AmountRange | undefined;
  readonly team: string;
  readonly sla: SlaTerm;
  /** The SLA policy whose steps follow; `default` where the row states a time alone. */
  readonly policy?: string | undefined;
  /** What payout an exception of this row holds while it is live; undefined leaves it to its severity. */
  readonly hold?: string | undefined;
};

/** What a decision can book for the ledger. */
export const BOOKINGS = ['adjustment', 'write_off'] as const;
export type Booking = (typeof BOOKINGS)[number];

/** What a reason code can be given for. */
export const REASON_USES = [...BOOKINGS, 'reversal', 'hold_release', 'record_edit'] as const;
export type ReasonUse = (typeof REASON_USES)[number];

export type ReasonCode = {
  readonly code: string;
  readonly label: string;
  /** Empty means for everything. */
  readonly uses: readonly ReasonUse[];
};

/** How much of a currency a person, or whoever has a role, may book without anybody else. */
export type Limit = {
  readonly person: string | undefined;
  readonly role: Role | undefined;
  readonly upToMinor: bigint;
  readonly currency: string;
  readonly books: readonly Booking[];
};

/** How long a proposal can be decided unless the configuration says otherwise: two working days. */
export const APPROVALS_EXPIRE_AFTER_MS = 48 * 3_600_000;

export type MoneySettings = {
  /** Empty when the configuration has none: then no reason code is asked for. */
  readonly reasonCodes: readonly ReasonCode[];
  /** Undefined when nothing needs a second person. */
  readonly limits: readonly Limit[] | undefined;
  readonly approvals: {
    /** The team whose channel is asked; undefined means the exception's own. */
    readonly team: string | undefined;
    /** How long a proposal can be decided. */
    readonly expireAfterMs: number;
  };
  /** The last month that takes no entries; undefined when the configuration closes none. */
  readonly closedThrough: string | undefined;
};

/** How a rule changes. */
export type GovernanceTerms = {
  /** Where changes are decided: a channel id or a name. */
  readonly channel: string;
  /** How long a proposed change can be decided. */
  readonly expireAfterMs: number;
};

export type ResolutionCode = {
  readonly code: string;
  readonly label: string;
  /** Exception types it may resolve; empty means every type. */
  readonly types: readonly string[];
  readonly note: 'required' | 'optional';
  readonly amount: 'required' | 'optional';
  /** A web address that shows it. */
  readonly evidence?: 'required' | 'optional' | undefined;
  /** What it books for the ledger; undefined for a code that books nothing. */
  readonly books?: Booking | undefined;
};

export type Schedule = {
  readonly key: string;
  readonly cron: string;
  readonly reconciliation: string;
};

export type Organisation = {
  readonly name: string;
  /** Slack's team id (`T0123…`); undefined means the one the bot token belongs to. */
  readonly slackTeamId: string | undefined;
  readonly slackAppId: string | undefined;
  readonly zone: string;
  readonly locale: Locale;
  readonly people: readonly PersonConfig[];
  readonly teams: readonly TeamConfig[];
  readonly clients: readonly ClientConfig[];
  readonly ownership: readonly OwnershipRow[];
  /** By name; `default` is built in where none is stated. */
  readonly slaPolicies?: Readonly<Record<string, SlaPolicy>>;
  readonly calendar: Calendar;
  readonly resolutionCodes: readonly ResolutionCode[];
  /** By exception type. */
  readonly playbooks: Readonly<Record<string, Playbook>>;
  readonly schedules: readonly Schedule[];
  readonly acting: {
    /** How long an offer to hand over stands. */
    readonly handOverTimeoutMs: number;
    /** Whether the promised time stands still while something waits. */
    readonly waitPausesSla: boolean;
  };
  /** More new exceptions than this of one type for one team within the window become one group card. */
  readonly flood: { readonly threshold: number; readonly windowMs: number };
  readonly digest: {
    /** Local time (`HH:MM`) of each team's digest, on its working days; undefined turns it off. */
    readonly at: string | undefined;
    /** Local time of the account managers' nightly summaries; undefined turns them off. */
    readonly accountManagersAt: string | undefined;
  };
  readonly money: MoneySettings;
  /** Undefined when the files decide by themselves what the rules are. */
  readonly governance?: GovernanceTerms | undefined;
  /** Undefined when the configuration has no triage meeting. */
  readonly triage?: TriageTerms | undefined;
  readonly holds: {
    /** By kind: after how long a hold ends by itself. Others only end by people and runs. */
    readonly expireAfterMs: Readonly<Record<string, number>>;
    /** The record answers for a payment only while its latest run is not older. */
    readonly freshWithinMs: number;
  };
  /** Who outside is told of what, by signed webhooks. */
  readonly webhooks?: readonly WebhookEndpoint[];
  /** How often one key may ask. */
  readonly api: { readonly requestsPerSecond: number };
  readonly delivery: { readonly timeoutMs: number; readonly settleMs: number; readonly paceMs: number };
};
