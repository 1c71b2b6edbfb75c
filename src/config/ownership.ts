import { nearestWord, suggestion } from '../core/nearest-word.ts';
import type { OwnershipRow } from '../core/organisation.ts';
import { covers } from '../core/route.ts';
import type { Reconciliation } from '../core/spec.ts';
import type { OrganisationFile } from './schema-organisation.ts';
import type { YamlSource } from './yaml.ts';

type FileRow = OrganisationFile['ownership'][number];

/** What a row of the matrix asks for. */
export const conditionsOf = ({ domain, type, severity, client, amount }: FileRow) =>
  ({
    domain,
    type,
    severity,
    clients: typeof client === 'string' ? [client] : client,
    amount,
  }) satisfies Partial<OwnershipRow>;

const takesEverything = (row: FileRow): boolean =>
  Object.values(conditionsOf(row)).every((condition) => condition === undefined);

/** Notes on `source` names that refer to nothing, rows that are never reached, and a matrix with a hole. */
export function checkOwnership(
  file: OrganisationFile,
  source: YamlSource,
  known: readonly Reconciliation[],
): void {
  for (const index of file.ownership.keys()) checkRow(file, index, { source, known });
  const last = file.ownership.length - 1;
  const end = file.ownership[last];
  if (end === undefined || !takesEverything(end)) {
    const text =
      'what no row matches would have no owner; end with a row without conditions: { default: true, team: …, sla: 3bd }';
    source.problem(['ownership', last], text);
  }
}

/** A row that takes everything stands last; another one is not below a row that takes all it asks for. */
function checkReached({ ownership }: OrganisationFile, index: number, source: YamlSource): void {
  const row = ownership[index];
  if (!row) return;
  const path = ['ownership', index];
  if (takesEverything(row)) {
    const text = 'this row takes everything, so the rows below are never reached; move it to the end';
    if (index < ownership.length - 1) source.problem(path, text);
    return;
  }
  const above = ownership
    .slice(0, index)
    .findIndex((one) => !takesEverything(one) && covers(conditionsOf(one), conditionsOf(row)));
  if (above < 0) return;
  const line = source.place(['ownership', above]).split(':').at(-1);
  source.problem(
    path,
    `the row in line ${line} takes all that this one asks for; move this one above it, or take it out`,
  );
}

function checkRow(
  file: OrganisationFile,
  index: number,
  { source, known }: { source: YamlSource; known: readonly Reconciliation[] },
): void {
  const row = file.ownership[index];
  if (!row) return;
  const teams = Object.keys(file.teams);
  const path = ['ownership', index];
  if (!teams.includes(row.team)) {
    source.problem([...path, 'team'], `no team "${row.team}" in teams${suggestion(row.team, teams)}`);
  }
  if (row.default && !takesEverything(row)) {
    source.problem(path, 'default: true stands alone; a row with a condition is not the default');
  }
  checkReached(file, index, source);
  if (row.type !== undefined) checkType(row.type, knownTypes(known), { source, path: [...path, 'type'] });
  const domains = known.map(({ domain }) => domain);
  if (row.domain !== undefined) checkDomain(row.domain, domains, { source, path: [...path, 'domain'] });
  checkClients(file, row, { source, path: [...path, 'client'] });
}

type Spot = { readonly source: YamlSource; readonly path: readonly PropertyKey[] };

const BUILT_IN_TYPES = ['amount_differs', 'currency_differs', 'fields_differ', 'too_late'];
const BUILT_IN_DOMAINS = ['revenue_ops', 'media_ops', 'customer_ops', 'content_ops', 'finance'];

/** Every type that the reconciliations can raise. */
export const knownTypes = (specs: readonly Reconciliation[]): readonly string[] => [
  ...BUILT_IN_TYPES,
  ...specs.flatMap(({ duplicates, verify, missing }) => [
    ...duplicates.map(({ raise }) => raise),
    ...verify.flatMap(({ raise }) => raise ?? []),
    ...[missing.expected, missing.actual].flatMap((rule) => (rule ? [rule.raise] : [])),
  ]),
];

/** A word close to a known one is a slip; another word may belong to a reconciliation that is still to come. */
export function checkType(type: string, types: readonly string[], { source, path }: Spot): void {
  if (types.includes(type) || nearestWord(type, types) === undefined) return;
  source.problem(path, `no reconciliation raises "${type}"${suggestion(type, types)}`);
}

function checkDomain(domain: string, used: readonly string[], { source, path }: Spot): void {
  const domains = [...new Set([...used, ...BUILT_IN_DOMAINS])];
  if (domains.includes(domain) || nearestWord(domain, domains) === undefined) return;
  source.problem(path, `no reconciliation is of domain "${domain}"${suggestion(domain, domains)}`);
}

/** A client need not be listed under `clients`; a name close to a listed one is a slip. */
function checkClients(file: OrganisationFile, row: FileRow, { source, path }: Spot): void {
  const listed = (file.clients ?? []).map(({ name }) => name);
  const given = conditionsOf(row).clients ?? [];
  for (const [at, client] of given.entries()) {
    const isListed = listed.some((one) => one.toLowerCase() === client.toLowerCase());
    if (isListed || nearestWord(client, listed) === undefined) continue;
    const where = typeof row.client === 'string' ? path : [...path, at];
    source.problem(where, `no client "${client}" in clients${suggestion(client, listed)}`);
  }
}
