import type { OwnershipRow } from './organisation.ts';
import type { Severity } from './severity.ts';

export type Routed = {
  readonly reconciliation: string;
  readonly domain: string;
  readonly type: string;
  readonly severity: Severity;
};

/**
 * The row of the ownership matrix that owns the exception: the first whose every stated condition holds.
 *
 * Throws: when no row matches. The configuration is refused without a catch-all last row, so that is a bug.
 */
export function ownershipOf(rows: readonly OwnershipRow[], about: Routed): OwnershipRow {
  const row = rows.find(
    (candidate) =>
      states(candidate.reconciliation, about.reconciliation) &&
      states(candidate.domain, about.domain) &&
      states(candidate.type, about.type) &&
      states(candidate.severity, about.severity),
  );
  if (!row)
    throw new Error(
      `no ownership row for ${about.reconciliation}/${about.domain}/${about.type}/${about.severity}`,
    );
  return row;
}

const states = (condition: string | undefined, value: string): boolean =>
  condition === undefined || condition === value;

/** The deciding row in words: `tieout.yaml:41 (type missing_invoice → finance, 2bd)`. */
export function explainRow(row: OwnershipRow): string {
  const conditions = [
    row.domain && `domain ${row.domain}`,
    row.type && `type ${row.type}`,
    row.severity && `severity ${row.severity}`,
  ].filter((condition) => condition);
  const when = conditions.length === 0 ? 'everything else' : conditions.join(', ');
  const hold = row.hold === undefined ? '' : `, holds ${row.hold}`;
  return `${row.source} (${when} → ${row.team}, ${row.sla.text}${hold})`;
}
