import type { DecisionCode, DeliveryStatus } from '../../core/intake/decision.ts';
import type { Finding } from '../../core/intake/finding.ts';

/** What became of one delivery. Rows are those of this call: a delivery that was there before wrote nothing. */
export type DeliveryReport = {
  readonly deliveryId: string;
  readonly feed: string;
  readonly name: string;
  /** `held`: none of its rows is a record until a person releases it. */
  readonly status: 'accepted' | 'quarantined' | 'held' | 'already_delivered';
  /** Of `already_delivered`: what became of the same bytes when they came before. */
  readonly earlier?: Earlier;
  /** In words, why nothing of it was taken; also of an earlier delivery of the same bytes. */
  readonly problem: string | undefined;
  readonly rowsRead: number;
  readonly rowsNew: number;
  readonly rowsChanged: number;
  readonly rowsUnchanged: number;
  readonly rowsQuarantined: number;
  readonly rowsSkipped: number;
  readonly rowsHeld: number;
  /** Records that the source took back by it. */
  readonly recordsRemoved: number;
  /** Sum per currency of what became or stayed a record, each once, minor units as text. */
  readonly amounts: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  /** How it differs from what the deliveries before it were like. */
  readonly findings: readonly Finding[];
  /** Quarantined rows per reason. */
  readonly reasons: Readonly<Record<string, number>>;
};

/** How a delivery stands that came before, and who decided so. */
export type Earlier = {
  readonly status: DeliveryStatus;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reasonCode: DecisionCode | 'read_again' | null;
  readonly note: string | null;
  /** Whether its bytes are there to be read again. */
  readonly isKept: boolean;
};

/** How what was delivered stands now, whether it came for the first time or again. */
export const standing = ({
  status,
  earlier,
}: Pick<DeliveryReport, 'status' | 'earlier'>): DeliveryReport['status'] | DeliveryStatus =>
  earlier?.status ?? status;

/** Whether none of its rows is a record. Also when it comes again: what tries anew must not take a repeat for success. */
export const isKeptOut = (report: Pick<DeliveryReport, 'status' | 'earlier'>): boolean =>
  standing(report) !== 'accepted';

export type RowCounts = Pick<
  DeliveryReport,
  'rowsRead' | 'rowsNew' | 'rowsChanged' | 'rowsUnchanged' | 'rowsQuarantined' | 'rowsSkipped'
>;

/** What is kept of a delivery and answers a repetition. */
export type DeliveryRow = Earlier & {
  readonly deliveryId: string;
  readonly problem: string | null;
  readonly rowsRead: number;
  readonly amounts: Readonly<Record<string, string>>;
};

export const NO_ROWS: RowCounts = {
  rowsRead: 0,
  rowsNew: 0,
  rowsChanged: 0,
  rowsUnchanged: 0,
  rowsQuarantined: 0,
  rowsSkipped: 0,
};
