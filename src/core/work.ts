import { LIVE_STATUSES, STATUSES, type Status } from './lifecycle.ts';
import type { Money } from './money.ts';
import type { Role } from './organisation.ts';

/** Which exceptions somebody asks for. */
export type WorkFilter = {
  readonly statuses: readonly Status[];
  readonly type?: string;
  /** A team's key or name, in any case. */
  readonly team?: string;
  /** A part of the client's name, in any case. */
  readonly client?: string;
  /** A part of the order's reference, in any case. */
  readonly order?: string;
  /** A part of the owner's name or key, in any case; `nobody` and `me` have their own meaning. */
  readonly owner?: string;
  /** Only what is past its due time. */
  readonly isOverdue?: true;
  /** Only what is due by then; a promise that stands still is not. */
  readonly dueBy?: Date;
  /** At stake, in ten-thousandths of one major unit of whatever currency the exception has. */
  readonly atLeast?: bigint;
  readonly atMost?: bigint;
};

type Parts = Pick<WorkFilter, 'type' | 'team' | 'client' | 'order' | 'owner'>;

/** The words for statuses that a request may use: `live`, `all`, or one of them. */
export const ASKED_STATUSES = ['live', 'all', ...STATUSES] as const;
export type AskedStatus = (typeof ASKED_STATUSES)[number];

/** A filter of what was asked for; a part that was not is no condition. */
export function workFilter(
  status: AskedStatus,
  {
    isOverdue,
    ...parts
  }: { readonly [Part in keyof Parts]: string | undefined } & { readonly isOverdue?: boolean },
): WorkFilter {
  const asked = Object.entries(parts).filter(([, part]) => part !== undefined);
  return { statuses: statusesOf(status), ...Object.fromEntries(asked), ...(isOverdue ? { isOverdue } : {}) };
}

function statusesOf(word: AskedStatus): readonly Status[] {
  if (word === 'live') return LIVE_STATUSES;
  return word === 'all' ? STATUSES : [word];
}

/** One exception in a list. */
export type WorkRow = {
  readonly exceptionId: string;
  readonly number: number;
  readonly version: number;
  readonly type: string;
  readonly status: Status;
  readonly level: number;
  readonly team: string;
  readonly owner: string | undefined;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly atStake: Money;
  readonly dueAt: Date;
  readonly isOverdue: boolean;
  /** BCP 47: how the client's amounts are written, from the configuration. */
  readonly amountTag?: string | undefined;
};

/** Some rows of a list with what the whole of it counts and is worth, per currency. Pages count from 0. */
export type WorkPage = {
  readonly rows: readonly WorkRow[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  readonly overdue: number;
  readonly money: readonly Money[];
};

export const PAGE_ROWS = 10;

/** What is late, or due within the next working day, of one team and owner (undefined: nobody has claimed it). */
export type SlaCount = {
  readonly team: string;
  readonly owner: string | undefined;
  readonly overdue: number;
  readonly dueSoon: number;
  readonly money: readonly Money[];
  /** The earliest due time among them. */
  readonly dueAt: Date;
};

/** How many live exceptions of one team, type and status there are, and what they are worth in one currency. */
export type StatusCount = {
  readonly team: string;
  readonly type: string;
  readonly status: Status;
  readonly count: number;
  readonly overdue: number;
  readonly atStake: Money;
};

/** The newest run of a reconciliation; undefined counts when it did not get that far. */
export type LatestRun = {
  readonly reconciliation: string;
  readonly mode: string;
  readonly status: string;
  readonly cutoffAt: Date;
  readonly startedAt: Date;
  readonly finishedAt: Date | undefined;
  readonly problem: string | undefined;
  /** What it made and changed, by the run's own words. */
  readonly counts: Readonly<Record<string, number>>;
};

/** The end of the audit trail and the newest copy of it that left the database. */
export type TrailState = {
  readonly seq: bigint;
  readonly hash: string;
  readonly anchor: { readonly seq: bigint; readonly at: Date; readonly place: string } | undefined;
};

/** What a walk over the whole trail found. */
export type TrailProof = {
  readonly events: number;
  readonly problems: readonly { readonly where: string; readonly what: string }[];
  /** Up to which event it is proven complete; 0 without an anchor outside the database. */
  readonly anchoredSeq: bigint;
};

export type QuarantineCount = { readonly feed: string; readonly reason: string; readonly count: number };
export type QuarantineRow = {
  readonly feed: string;
  readonly delivery: string;
  readonly line: number;
  readonly reason: string;
  readonly detail: string;
};

/** Who asks, as of now. */
export type Viewer = {
  readonly personId: string;
  /** Their key in the configuration. */
  readonly key: string;
  /** Language and zone as Slack says they are. */
  readonly slackLocale: string | null | undefined;
  readonly slackZone: string | null | undefined;
  readonly name: string;
  readonly isActive: boolean;
  readonly roles: readonly Role[];
  /** Names of the teams they are a member of. */
  readonly teams: readonly string[];
};

const SEE_ALL: readonly Role[] = ['ops_lead', 'admin', 'auditor', 'finance'];

/** Whether somebody sees the exceptions of every team; everybody else sees their teams' and their own. */
export const seesEverything = ({ roles }: Pick<Viewer, 'roles'>): boolean =>
  roles.some((role) => SEE_ALL.includes(role));
