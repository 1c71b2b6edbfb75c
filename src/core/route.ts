import { encloses, isInRange, parseAmountRange } from './amount-range.ts';
import type { Money } from './money.ts';
import type { OwnershipRow } from './organisation.ts';
import type { Severity } from './severity.ts';

/** What the matrix looks at. */
export type Routed = {
  readonly reconciliation: string;
  readonly domain: string;
  readonly type: string;
  readonly severity: Severity;
  readonly client: string | undefined;
  readonly atStake: Money;
};

/** A kind of exception, before it is known whose and how large one is. */
export type RoutedKind = Omit<Routed, 'client' | 'atStake'>;

/**
 * The row of the ownership matrix that owns the exception: the first whose every stated condition holds.
 *
 * Throws: when no row matches. The configuration is refused without a catch-all last row, so that is a bug.
 */
export function ownershipOf(rows: readonly OwnershipRow[], about: Routed): OwnershipRow {
  const row = rows.find(
    (candidate) =>
      takesKind(candidate, about) &&
      takesClient(candidate.clients, about.client) &&
      (candidate.amount === undefined || isInRange(about.atStake, candidate.amount)),
  );
  if (!row) throw unowned(about);
  return row;
}

/**
 * The rows that may own exceptions of a kind, in their order: those that ask for a client or an amount as well, and the
 * first that asks for neither, behind which nothing is reached.
 */
export function rowsFor(rows: readonly OwnershipRow[], about: RoutedKind): OwnershipRow[] {
  const fitting = rows.filter((row) => takesKind(row, about));
  const end = fitting.findIndex(({ clients, amount }) => clients === undefined && amount === undefined);
  if (end < 0) throw unowned(about);
  return fitting.slice(0, end + 1);
}

const unowned = ({ reconciliation, domain, type, severity }: RoutedKind): Error =>
  new Error(`no ownership row for ${reconciliation}/${domain}/${type}/${severity}`);

const takesKind = (row: OwnershipRow, about: RoutedKind): boolean =>
  states(row.reconciliation, about.reconciliation) &&
  states(row.domain, about.domain) &&
  states(row.type, about.type) &&
  states(row.severity, about.severity);

const states = (condition: string | undefined, value: string): boolean =>
  condition === undefined || condition === value;

const takesClient = (clients: OwnershipRow['clients'], client: string | undefined): boolean =>
  clients === undefined || (client !== undefined && clients.some((one) => nameKey(one) === nameKey(client)));

/** Names are compared without regard to case, width and spaces: every system writes them its own way. */
const nameKey = (name: string): string => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

type Conditions = Pick<OwnershipRow, 'domain' | 'type' | 'severity' | 'clients' | 'amount'>;

/** Whether a row above takes everything that a row below it asks for, so that the lower one is never reached. */
export const covers = (above: Conditions, below: Conditions): boolean =>
  (['domain', 'type', 'severity'] as const).every(
    (condition) => above[condition] === undefined || above[condition] === below[condition],
  ) &&
  (above.clients === undefined ||
    (below.clients?.every((client) => takesClient(above.clients, client)) ?? false)) &&
  (above.amount === undefined || (below.amount !== undefined && encloses(above.amount, below.amount)));

/** The deciding row in words: `tieout.yaml:41 (type missing_invoice → finance, 2bd)`. */
export function explainRow(row: OwnershipRow): string {
  const hold = row.hold === undefined ? '' : `, holds ${row.hold}`;
  return `${row.source} (${conditionsOf(row) ?? 'everything else'} → ${row.team}, ${row.sla.text}${hold})`;
}

/** What a row asks for, as the configuration says it; undefined when it takes everything. */
function conditionsOf(row: Conditions): string | undefined {
  const conditions = [
    row.domain && `domain ${row.domain}`,
    row.type && `type ${row.type}`,
    row.severity && `severity ${row.severity}`,
    row.clients && `client ${row.clients.join(' or ')}`,
    row.amount && `amount ${row.amount.text}`,
  ].filter((condition) => condition);
  return conditions.length === 0 ? undefined : conditions.join(', ');
}

/** The deciding row as it is kept on the exception. */
export const keptRow = (row: OwnershipRow) => ({
  row: row.row,
  source: row.source,
  team: row.team,
  domain: row.domain,
  type: row.type,
  severity: row.severity,
  clients: row.clients,
  amount: row.amount?.text,
  policy: row.policy,
});

/** A deciding row as it was kept: where it stands, and what it asks for (undefined: nothing, it takes everything). */
export type DecidingRow = { readonly source: string; readonly when: string | undefined };

/** Reads what `keptRow` kept; undefined for what earlier releases or tests kept otherwise. */
export function decidingRow(kept: unknown): DecidingRow | undefined {
  if (typeof kept !== 'object' || kept === null || !('source' in kept)) return undefined;
  const { source, amount, ...row } = kept as Partial<Omit<OwnershipRow, 'amount'>> & { amount?: string };
  if (typeof source !== 'string') return undefined;
  const { domain, type, severity, clients } = row;
  const range = amount === undefined ? undefined : parseAmountRange(amount);
  return { source, when: conditionsOf({ domain, type, severity, clients, amount: range }) };
}
