import { canonical } from './canonical.ts';
import type { ContractField, FeedContract, FieldSource, RowCondition } from './contract.ts';
import { type FieldValue, isStepRefusal, readField, type SourceText } from './field.ts';
import type { Money } from './money.ts';
import { LONGEST_REFERENCE, mixesAlphabets } from './reference.ts';
import { accept, type Result, refuse } from './result.ts';
import type { RowReason } from './row-reason.ts';
import { applySteps } from './steps.ts';

/** One row as delivered: the text under a column's name, or undefined where the row has no such column. */
export type RawRow = { readonly get: (column: string) => string | undefined };

/** One row as a record: what the contract's fields mean, exact and typed. */
export type CanonicalRow = {
  readonly sourceRef: string;
  /** Sorts as text (code units) in the order of revisions; '' when the contract declares none. */
  readonly revision: string;
  /** Undefined, like its currency, where the feed or the row has no amount. */
  readonly amountMinor: bigint | undefined;
  readonly currency: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly occurredOn: string;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  /** Every field but the amount, as text; an empty optional field is absent. */
  readonly fields: Readonly<Record<string, string>>;
  /** Reference fields that mix look-alike alphabets; accepted, and worth a warning. */
  readonly lookAlikes: readonly string[];
  /** Words that a map does not know and that were read as its `otherwise`; worth a warning. */
  readonly unmapped: readonly Unmapped[];
};

export type Unmapped = { readonly field: string; readonly text: string };

/** Why one row is kept out; the others go on. */
export type RowRefusal = {
  readonly code: RowReason;
  readonly field: string | undefined;
  readonly detail: string;
};

/**
 * The record a row stands for.
 *
 * Refuses: whatever the contract does not promise, naming the field; a row is never half read.
 * Throws:  when the contract itself is not sound (unknown field, unreadable date format); config refuses such contracts.
 */
export function readRow(contract: FeedContract, row: RawRow): Result<CanonicalRow, RowRefusal> {
  const fields: Record<string, string> = {};
  const lookAlikes: string[] = [];
  const unmapped: Unmapped[] = [];
  let amount: Money | undefined;
  const around = { zone: contract.zone, sourceText: (from: FieldSource) => sourceText(from, row) };
  for (const field of contract.fields) {
    if (field.personal === 'drop') continue;
    const text = sourceText(field, row);
    if (isStepRefusal(text)) return refuse(about(field, text));
    if (isBlank(text)) {
      if (isRequired(contract, field)) return refuse(missing(field, row));
      continue;
    }
    const read = readField(field, text, around);
    if (!read.ok) return refuse(about(field, read.refusal));
    if (field.name === contract.amount) amount = moneyOf(read.value, contract);
    else fields[field.name] = keptText(contract, field, read.value.text);
    if (field.type.kind === 'reference' && mixesAlphabets(text)) lookAlikes.push(field.name);
    if (read.value.unmapped !== undefined) unmapped.push({ field: field.name, text: read.value.unmapped });
  }
  return finish(contract, { amount, fields, lookAlikes, unmapped });
}

/** What a field refused; a personal text is not repeated in it. */
const about = (
  { name, personal }: ContractField,
  { code, detail }: Pick<RowRefusal, 'code' | 'detail'>,
): RowRefusal => ({
  code,
  field: name,
  detail:
    personal === undefined ? detail : 'what stands there is personal and not repeated here; look at the row',
});

function keptText({ feed, pseudonym }: FeedContract, { personal }: ContractField, text: string): string {
  if (personal !== 'hash') return text;
  if (pseudonym === undefined)
    throw new Error(`${feed}: a field is personal, and nobody said what stands for it`);
  return pseudonym(text);
}

function moneyOf({ money }: FieldValue, { feed, amount }: FeedContract): Money {
  if (money === undefined) throw new Error(`${feed}: amount field "${amount}" is no money field`);
  return money;
}

/** A record as a row names it, and the version of it that the row speaks of. */
export type RowKey = Pick<CanonicalRow, 'sourceRef' | 'revision'>;

/**
 * Which record a row speaks of, whatever else is in it: a row that takes a record back has often nothing but its key.
 *
 * Refuses: a key or a revision that cannot be read.
 */
export function readKey(contract: FeedContract, row: RawRow): Result<RowKey, RowRefusal> {
  const fields: Record<string, string> = {};
  const around = { zone: contract.zone, sourceText: (from: FieldSource) => sourceText(from, row) };
  for (const field of contract.fields) {
    if (!contract.key.includes(field.name) && field.name !== contract.revision) continue;
    const text = sourceText(field, row);
    if (isStepRefusal(text)) return refuse(about(field, text));
    if (isBlank(text)) {
      if (contract.key.includes(field.name)) return refuse(missing(field, row));
      continue;
    }
    const read = readField(field, text, around);
    if (!read.ok) return refuse(about(field, read.refusal));
    fields[field.name] = keptText(contract, field, read.value.text);
  }
  return keyOf(contract, fields);
}

/** Whether the row says by a column that its record is no more. */
export const isRemoved = (contract: FeedContract, row: RawRow): boolean =>
  contract.removed !== undefined && holds(contract.removed, row);

/** Whether the row belongs to the feed at all: every condition of `where` holds. */
export const belongs = (contract: FeedContract, row: RawRow): boolean =>
  contract.where.every((condition) => holds(condition, row));

const holds = ({ column, test, text }: RowCondition, row: RawRow): boolean =>
  WHERE[test]((row.get(column) ?? '').toLowerCase(), text.toLowerCase());

const WHERE = {
  contains: (cell: string, text: string) => cell.includes(text),
  lacks: (cell: string, text: string) => !cell.includes(text),
  equals: (cell: string, text: string) => cell.trim() === text.trim(),
  differs: (cell: string, text: string) => cell.trim() !== text.trim(),
} as const satisfies Record<RowCondition['test'], (cell: string, text: string) => boolean>;

/** Every column the contract reads, in the order it names them, each once. */
export function wantedColumns(contract: FeedContract): readonly string[] {
  const columns = contract.fields.flatMap((field) => [field.from, ...columnsOfType(field.type)]);
  const all = [...columns, ...contract.where.map((condition) => condition.column), contract.removed?.column];
  return [...new Set(all.filter((column) => column !== undefined))];
}

/** The columns without which no record can be made of any row. */
export function requiredColumns(contract: FeedContract): ReadonlySet<string> {
  const fields = contract.fields.filter((field) => isRequired(contract, field));
  const columns = fields.flatMap((field) => [field.from, ...columnsOfType(field.type)]);
  const conditions = [...contract.where, ...(contract.removed === undefined ? [] : [contract.removed])];
  const all = [...columns, ...conditions.map(({ column }) => column), revisionColumn(contract)];
  return new Set(all.filter((column) => column !== undefined));
}

/** Without it every row would count as the oldest. */
const revisionColumn = ({ revision, fields }: FeedContract): string | undefined =>
  fields.find(({ name }) => name === revision)?.from;

function columnsOfType(type: ContractField['type']): readonly (string | undefined)[] {
  if (type.kind !== 'money') return [];
  const { currency, negate } = type;
  return [currency.from, typeof negate === 'object' ? negate.column.from : undefined];
}

/** The name under which columns are compared: without surrounding space and case. */
export const columnKey = (name: string): string => name.trim().toLowerCase();

/** Whether a record cannot be made without this field. An amount is left out only where the contract says it may be. */
export const isRequired = (contract: FeedContract, field: ContractField): boolean =>
  field.required || field.name === contract.date || contract.key.includes(field.name);

/** The text whose hash tells two versions of a record apart: amount, currency, day and fields, canonical. */
export const contentText = (row: CanonicalRow): string =>
  canonical({
    amount: row.amountMinor?.toString() ?? null,
    currency: row.currency ?? null,
    occurred_on: row.occurredOn,
    fields: row.fields,
  });

export const isBlank = (text: string): boolean => text === '' || text.trim() === '';

/** The text a field is read from: its cell or constant, cut and changed as declared. */
export function sourceText(source: FieldSource, row: RawRow): SourceText {
  const text = source.always ?? (source.from === undefined ? '' : (row.get(source.from) ?? ''));
  const { cutAt, steps } = source;
  if (cutAt.length === 0 && steps === undefined) return text;
  const cuts = cutAt.map((mark) => text.indexOf(mark)).filter((at) => at >= 0);
  const kept = cuts.length === 0 ? text : text.slice(0, Math.min(...cuts));
  if (steps === undefined) return kept;
  const changed = applySteps(kept, steps);
  return changed.ok ? changed.value : changed.refusal;
}

function missing(field: ContractField, row: RawRow): RowRefusal {
  const { detail } = about(field, { code: 'required_missing', detail: whyEmpty(field, row) });
  if (field.type.kind === 'money') return { code: 'amount_empty', field: field.name, detail };
  return { code: 'required_missing', field: field.name, detail };
}

function whyEmpty({ from }: ContractField, row: RawRow): string {
  if (from === undefined) return 'it is empty';
  const given = (row.get(from) ?? '').trim();
  if (given === '') return `column "${from}" is empty`;
  return `nothing is left of "${given.slice(0, 80)}" in column "${from}" after cut_at and steps`;
}

function finish(
  contract: FeedContract,
  read: {
    amount: Money | undefined;
    fields: Record<string, string>;
    lookAlikes: readonly string[];
    unmapped: readonly Unmapped[];
  },
): Result<CanonicalRow, RowRefusal> {
  const { amount, fields, lookAlikes, unmapped } = read;
  const key = keyOf(contract, fields);
  if (!key.ok) return key;
  return accept({
    ...key.value,
    amountMinor: amount?.minor,
    currency: amount?.currency,
    occurredOn: fields[contract.date] ?? '',
    client: contract.client === undefined ? undefined : fields[contract.client],
    orderRef: contract.orderRef === undefined ? undefined : fields[contract.orderRef],
    fields,
    lookAlikes,
    unmapped,
  });
}

function keyOf(contract: FeedContract, fields: Readonly<Record<string, string>>): Result<RowKey, RowRefusal> {
  const sourceRef = sourceRefOf(contract.key.map((name) => fields[name] ?? ''));
  if (sourceRef.length > LONGEST_REFERENCE) {
    const detail = `the key has ${sourceRef.length} characters; at most ${LONGEST_REFERENCE} are kept`;
    return refuse({ code: 'key_too_long', field: contract.key[0], detail });
  }
  const revision = revisionText(contract.revision === undefined ? '' : (fields[contract.revision] ?? ''));
  if (revision === undefined) {
    const detail = 'a revision cannot be negative';
    return refuse({ code: 'integer_malformed', field: contract.revision, detail });
  }
  return accept({ sourceRef, revision });
}

/** Without it `a/b` + `c` and `a` + `b/c` would be one record. */
const escapePart = (part: string): string => part.replaceAll('%', '%25').replaceAll('/', '%2F');

/** What names a row within its feed, from the values of its key. */
const sourceRefOf = (parts: readonly string[]): string =>
  parts.length === 1 ? (parts[0] ?? '') : parts.map(escapePart).join('/');

/** A revision as text that sorts in the order of revisions; undefined when it is negative. */
function revisionText(text: string): string | undefined {
  if (text.startsWith('-')) return undefined;
  // Padded, so that 10 sorts after 9; days sort as they are.
  return /^\d+$/.test(text) ? text.padStart(18, '0') : text;
}
