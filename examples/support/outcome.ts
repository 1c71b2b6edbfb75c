/**
 * What an example must come to, as data. It follows from how the example was made, never from running the product, so the
 * two can be compared.
 */
export type ExpectedOutcome = {
  /** The cut-off the outcome holds for. */
  readonly asOf: string;
  readonly seed: number;
  readonly orders: number;
  /** In the order they are read: by file name within a feed. */
  readonly deliveries: readonly ExpectedDelivery[];
  readonly quarantined: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly quarantinedRows: readonly QuarantinedRow[];
  readonly reconciliations: Readonly<Record<string, ExpectedRun>>;
};

export type ExpectedDelivery = {
  readonly feed: string;
  readonly file: string;
  readonly rowsRead: number;
  readonly rowsNew: number;
  readonly rowsChanged: number;
  readonly rowsQuarantined: number;
};

/** `line` counts from 1, the header being line 1. */
export type QuarantinedRow = { readonly file: string; readonly line: number; readonly reason: string };

export type ExpectedRun = {
  /** Live records per feed when the run starts. */
  readonly records: Readonly<Record<string, number>>;
  readonly groups: { readonly equal: number; readonly auto_resolved: number; readonly excepted: number };
  readonly groupsByPass: Readonly<Record<string, number>>;
  /** Order references by reason, sorted. */
  readonly autoResolved: Readonly<Record<string, readonly string[]>>;
  readonly credits: readonly ExpectedCredit[];
  readonly exceptionsByType: Readonly<Record<string, number>>;
  readonly exceptionsByTeam: Readonly<Record<string, number>>;
  readonly exceptions: readonly ExpectedException[];
  /** Order references that have no invoice and need none yet, sorted. */
  readonly pending: readonly string[];
};

export type ExpectedCredit = {
  readonly orderRef: string;
  readonly amount: string;
  readonly currency: string;
  readonly originalPeriod: string;
};

export type ExpectedException = {
  readonly type: string;
  readonly severity: 'manual_review' | 'block_payout';
  readonly reason: string;
  readonly team: string;
  /** null when the charge names no order at all. */
  readonly orderRef: string | null;
  /** source_ref of every record it speaks of; of a duplicate set all, the one that stays first. */
  readonly refs: readonly string[];
};
