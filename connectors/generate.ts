/**
 * Makes the samples of all connectors from their own declarations: what a contract reads is put where it reads it. The same every time.
 * Run: npx tsx connectors/generate.ts
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConnectorFeed } from '../src/config/connectors.ts';
import type { ContractField, FeedContract, FieldSource } from '../src/core/contract.ts';
import { currencyExponent } from '../src/core/currency.ts';

const ROOT = dirname(fileURLToPath(import.meta.url));
const ROWS = 40;
/** The first day of the samples. */
const FIRST_DAY = Date.parse('2026-09-01T09:30:00Z');
const DAY = 86_400_000;
const COMPANIES = ['Alder & Finch', 'Brightwater', 'Cobalt Row', 'Dunmore', 'Eastgate Foods', 'Fennick'];
const PEOPLE = ['Ana Ruiz', 'Ben Okoye', 'Chloe Martin', 'Dev Patel', 'Elin Berg'];
const WORDS = ['Search', 'Brand', 'Retargeting', 'Launch', 'Always on'];

type Json = { [key: string]: unknown };

function folders(root: string): string[] {
  const entries = readdirSync(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Forty rows; then one that repeats, one that was restated, one with a broken amount or date, and one that `where` passes over. */
function sample(contract: FeedContract): Json[] {
  const rows = Array.from({ length: ROWS }, (_, index) => row(contract, index));
  const repeated = row(contract, 0);
  const restated = row(contract, 1, { version: 2 });
  const broken = row(contract, ROWS);
  const spoilt = contract.fields.find(({ name }) => name === (contract.amount ?? contract.date));
  if (spoilt?.from !== undefined) put(broken, spoilt.from, 'n/a');
  const passedOver = contract.where.length > 0 ? [row(contract, ROWS + 1, { isOutside: true })] : [];
  return [...rows, repeated, restated, broken, ...passedOver];
}

function row(
  contract: FeedContract,
  index: number,
  { version = 1, isOutside = false }: { version?: number; isOutside?: boolean } = {},
): Json {
  const made: Json = {};
  for (const field of contract.fields) {
    // Two lines to a document.
    const place = field.from?.startsWith('document.') ? Math.floor(index / 2) : index;
    if (field.type.kind === 'money') {
      const { currency } = field.type;
      const owner = currency.from?.startsWith('document.') ? Math.floor(index / 2) : index;
      fill(made, currency, owner % 4 === 3 ? 'EUR' : 'USD');
    }
    fill(made, field, valueFor(field, contract, { index: place, version }));
  }
  for (const { column, text } of contract.where) put(made, column, isOutside ? 'other' : text);
  const since = contract.pull?.kind === 'http' ? contract.pull.since?.field : undefined;
  // When it changed is not always a field of the contract, and pulls need it.
  const owner = contract.pull?.kind === 'http' && contract.pull.lines ? 'document.' : '';
  if (since && at(made, `${owner}${since.join('.')}`) === undefined) {
    put(
      made,
      `${owner}${since.join('.')}`,
      new Date(dayOf(owner ? Math.floor(index / 2) : index) + version * DAY).toISOString(),
    );
  }
  return made;
}

function fill(made: Json, source: FieldSource, value: unknown): void {
  if (source.from !== undefined && value !== undefined && at(made, source.from) === undefined)
    put(made, source.from, value);
}

const dayOf = (index: number): number => FIRST_DAY + (index % 60) * DAY;

function valueFor(
  field: ContractField,
  contract: FeedContract,
  { index, version }: { index: number; version: number },
): unknown {
  const { type, name, steps = [] } = field;
  const isKey = contract.key.includes(name);
  if (type.kind === 'money') return moneyText(type.format.unit, index, version);
  if (type.kind === 'choice')
    return type.map
      ? [...type.map.keys()][index % type.map.size]?.toUpperCase()
      : type.of[index % type.of.length];
  if (type.kind === 'date' || type.kind === 'instant')
    return dateText(type.format, dayOf(index), steps.length > 0);
  if (type.kind === 'integer')
    return integerOf(name === contract.revision, { isDotNet: steps.length > 0, index, version });
  if (steps.some(({ kind }) => kind === 'email'))
    return `${PEOPLE[index % PEOPLE.length]?.toLowerCase().replace(' ', '.')}@example.com`;
  if (steps.some(({ kind }) => kind === 'click_id')) return undefined;
  // Left out now and then, as sources do.
  if (type.kind === 'text' && !isKey && index % 7 === 6) return undefined;
  const isUnique = isKey || field.from === 'document.id';
  if (isUnique || type.kind === 'reference')
    return `${name.replaceAll(/[^a-z]/g, '').slice(0, 4)}${1000 + (isUnique ? index : index % 25)}`;
  if (/conversions/.test(name)) return String(index % 9);
  if (/client|company|entity/.test(name)) return COMPANIES[index % COMPANIES.length];
  if (/name|assignee/.test(name)) return PEOPLE[index % PEOPLE.length];
  return `${WORDS[index % WORDS.length]} ${1 + (index % 9)}`;
}

/** Versions count where a contract orders by them, as a moment like `/Date(1756719000000+0000)/` where it takes one apart. */
function integerOf(
  isRevision: boolean,
  { isDotNet, index, version }: { isDotNet: boolean; index: number; version: number },
): unknown {
  if (!isRevision) return 1 + ((index * 37) % 500);
  return isDotNet ? `/Date(${dayOf(index) + version * DAY}+0000)/` : version;
}

function moneyText(unit: string, index: number, version: number): unknown {
  const cents = 10_000 + index * 1_237 + (version - 1) * 500;
  if (unit === 'minor') return cents;
  if (unit === 'micros') return String(cents * 10_000);
  return (cents / 100).toFixed(currencyExponent('USD') ?? 2);
}

function dateText(format: string, ms: number, isDotNet: boolean): unknown {
  const iso = new Date(ms).toISOString();
  const first = format.split('|')[0]?.trim() ?? format;
  if (first === 'X') return ms / 1000;
  if (first === 'x') return isDotNet ? `/Date(${ms}+0000)/` : ms;
  if (first === 'YYYY-MM-DD') return isDotNet ? iso.slice(0, 19) : iso.slice(0, 10);
  return first.includes('SSS') ? iso : `${iso.slice(0, 19)}Z`;
}

function at(value: Json, path: string): unknown {
  return path.split('.').reduce((inner: unknown, step) => (inner as Json | undefined)?.[step], value);
}

function put(target: Json, path: string, value: unknown): void {
  const steps = path.split('.');
  let inner = target as Json;
  for (const [index, step] of steps.slice(0, -1).entries()) {
    inner[step] ??= /^\d+$/.test(steps[index + 1] ?? '') ? [] : {};
    inner = inner[step] as Json;
  }
  inner[steps.at(-1) ?? ''] = value;
}

for (const connector of folders(ROOT)) {
  for (const file of readdirSync(join(ROOT, connector, 'feeds')).sort()) {
    const contract = readConnectorFeed(join(ROOT, connector, 'feeds', file));
    const target = join(ROOT, connector, 'sample', file.replace('.yaml', '.jsonl'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      sample(contract)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    );
  }
}
