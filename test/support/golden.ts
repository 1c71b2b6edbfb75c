import { readdirSync, readFileSync } from 'node:fs';
import { toReconciliation } from '../../src/config/reconciliation.ts';
import { reconciliationSchema } from '../../src/config/schema-reconciliation.ts';
import { Problems, YamlSource } from '../../src/config/yaml.ts';
import type { ContractField, FeedContract, FieldType } from '../../src/core/contract.ts';
import { PLAIN_AMOUNT, parseAmount } from '../../src/core/money.ts';
import { SIDES, type Side } from '../../src/core/spec.ts';
import type { RunnableSpec } from '../../src/pipeline/run/start-run.sql.ts';
import { type LedgerRow, SPEC_SHA256 } from './ledger.ts';

type GoldenRow = {
  ref: string;
  amount: string;
  currency: string;
  on: string;
  fields: Record<string, string>;
};

export type GoldenCase = {
  readonly name: string;
  readonly proves: string;
  readonly spec: Record<string, unknown>;
  readonly expected: readonly GoldenRow[];
  readonly actual: readonly GoldenRow[];
  readonly asOf: string;
  readonly outcome: {
    readonly groups: readonly {
      pass: string;
      expected: string[];
      actual: string[];
      outcome: string;
      reason?: string;
    }[];
    readonly exceptions: readonly { type: string; severity: string; reason: string; refs: string[] }[];
    readonly pending: readonly string[];
    readonly unmatched: readonly string[];
    readonly ignored?: readonly string[];
  };
};

const FOLDER = new URL('../golden/', import.meta.url);

/** The named ledgers of test/golden, in name order. */
export const goldenCases = (): GoldenCase[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as GoldenCase);

/** The case's spec, read exactly as a file of the config folder would be. */
export function goldenSpec(golden: GoldenCase): RunnableSpec {
  const file = { reconciliation: golden.name, describes: golden.proves, domain: 'media_ops', ...golden.spec };
  const problems = new Problems();
  const source = new YamlSource(`${golden.name}.json`, JSON.stringify(file), problems);
  const read = source.read(reconciliationSchema);
  const spec =
    read &&
    toReconciliation(read, source, {
      feeds: new Map(SIDES.map((side) => [read[side].feed, contractOf(golden, side, read[side])])),
      brokenFeeds: new Set(),
      teams: undefined,
    });
  if (!spec || problems.count > 0) throw new Error(problems.lines().join('\n'));
  return { ...spec, sha256: SPEC_SHA256 };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^-?\d+$/;

/** The contract that rows like these would come by: days and whole numbers are what they look like, all else is text. */
function contractOf(
  golden: GoldenCase,
  side: Side,
  { feed, amount, date }: { feed: string; amount?: string | undefined; date: string },
): FeedContract {
  const source = { from: undefined, always: undefined, cutAt: [] };
  const fieldOf = (name: string, type: FieldType): ContractField => ({
    ...source,
    name,
    required: false,
    type,
  });
  const rows = [...golden.expected, ...golden.actual];
  const names = new Set([date, ...rows.flatMap((row) => Object.keys(row.fields))]);
  const valuesOf = (name: string) =>
    golden[side].flatMap((row) => (name === date ? row.on : row.fields[name]) || []);
  const typeOf = (name: string): FieldType => {
    const values = valuesOf(name);
    if (values.length > 0 && values.every((value) => DAY.test(value)))
      return { kind: 'date', format: 'YYYY-MM-DD' };
    const isNumber = name === 'qty' && values.every((value) => NUMBER.test(value));
    return isNumber ? { kind: 'integer' } : { kind: 'text', maxLength: 8_000 };
  };
  const fields = [...names].map((name) => fieldOf(name, typeOf(name)));
  if (amount !== undefined)
    fields.push(fieldOf(amount, { kind: 'money', format: PLAIN_AMOUNT, currency: source }));
  return {
    ...EMPTY_CONTRACT,
    feed,
    amount,
    date,
    fields,
  };
}

const EMPTY_CONTRACT: FeedContract = {
  feed: '',
  source: 'golden',
  format: 'csv',
  delimiter: ',',
  finalLineEnd: 'required',
  files: [],
  zone: 'UTC',
  key: [],
  revision: undefined,
  amount: undefined,
  date: '',
  client: undefined,
  orderRef: undefined,
  where: [],
  fields: [],
};

export const goldenRows = (golden: GoldenCase): LedgerRow[] =>
  (['expected', 'actual'] as const).flatMap((side: Side) =>
    golden[side].map((row) => {
      const amount = parseAmount(row.amount, row.currency);
      if (!amount.ok) throw new Error(`${golden.name} ${row.ref}: ${amount.refusal.detail}`);
      // The date is one of a record's fields too, as ingest keeps it.
      return { ...row, side, amountMinor: amount.value, fields: { on: row.on, ...row.fields } };
    }),
  );
