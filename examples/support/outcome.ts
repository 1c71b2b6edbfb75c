/**
 * What an example must come to, as data. It follows from how the example was made, never from running the product, so the
 * two can be compared.
 */
export type ExpectedOutcome = {
  /** The cut-off the outcome holds for. */
  readonly asOf: string;
  readonly seed: number;
  /** How many orders, leads or tasks it tells of. */
  readonly size: number;
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
  /** Order references that have nothing on the other side and need nothing yet, sorted. */
  readonly pending: readonly string[];
  /** How many records `when` leaves out. */
  readonly ignored: number;
  /** How many groups came together later than they were due. */
  readonly late: number;
};

/** What a generator makes: file name to text, and what a run over them must come to. */
export type Generated = {
  readonly files: Readonly<Record<string, string>>;
  readonly expected: ExpectedOutcome;
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

/** How many items have each name, names sorted; an item without a name counts nowhere. */
export function countBy<T>(
  items: readonly T[],
  nameOf: (item: T) => string | undefined,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) {
    const name = nameOf(item);
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => Number(a > b) - Number(a < b)));
}
