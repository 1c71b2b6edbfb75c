import type { ContractField, FeedContract, FieldSource } from './contract.ts';
import { currencyExponent } from './currency.ts';
import { isStepRefusal, readField } from './field.ts';
import { isMadeUp, LONGEST_REFERENCE, mixesAlphabets } from './reference.ts';
import { isBlank, isRequired, type RawRow, revisionText, sourceRefOf, sourceText } from './row.ts';

/** A row that needed no thought. One object, filled anew by every row: millions of them would be garbage. */
export type PlainRow = {
  sourceRef: string;
  revision: string;
  /** Minor units, in digits. */
  amountMinor: string | undefined;
  currency: string | undefined;
  occurredOn: string;
  client: string | undefined;
  orderRef: string | undefined;
  /** The texts of `names`, in their order; '' where the row has none. */
  readonly texts: string[];
};

export type PlainReader = {
  /** Every field but the amount, in the contract's order. */
  readonly names: readonly string[];
  /** The row of these cells; undefined when it needs `readRow`, which also says why. The next call overwrites it. */
  readonly read: (cells: readonly string[]) => PlainRow | undefined;
};

/** A field's text: '' when it is absent, undefined when the strict reader must look at the row. */
type Read = (cells: readonly string[]) => string | undefined;
type Amount = { minor: string; currency: string };
type Place = (column: string) => number;

/**
 * A reader that gives what `readRow` gives, several times faster, for the rows that are as plain as most are: it knows few
 * spellings, and leaves every other row to `readRow`. A property test holds the two equal. Undefined for a contract that
 * says something this reader has not heard of.
 *
 * Shape: `place` says where a column's cell stands.
 */
export function plainReader(contract: FeedContract, place: Place): PlainReader | undefined {
  if (!Object.keys(contract).every((key) => KNOWN.has(key))) return undefined;
  const texts = contract.fields.filter(({ name }) => name !== contract.amount);
  const names = texts.map(({ name }) => name);
  const readers = texts.map((field) => readerOf(contract, field, place));
  const amount = amountReader(contract, place);
  if (amount === undefined) return undefined;
  const at = (name: string | undefined): number => (name === undefined ? -1 : names.indexOf(name));
  const places = { date: at(contract.date), client: at(contract.client), orderRef: at(contract.orderRef) };
  const keys = contract.key.map(at);
  const revision = at(contract.revision);
  const row = emptyRow();
  const read = (cells: readonly string[]): PlainRow | undefined => {
    for (let index = 0; index < readers.length; index += 1) {
      const text = readers[index]?.(cells);
      if (text === undefined) return undefined;
      row.texts[index] = text;
    }
    const money = amount(cells);
    if (money === undefined) return undefined;
    row.amountMinor = money === 'none' ? undefined : money.minor;
    row.currency = money === 'none' ? undefined : money.currency;
    row.occurredOn = row.texts[places.date] ?? '';
    row.client = row.texts[places.client] || undefined;
    row.orderRef = row.texts[places.orderRef] || undefined;
    row.sourceRef = sourceRefOf(keys.map((key) => row.texts[key] ?? ''));
    const version = revisionText(row.texts[revision] ?? '');
    if (version === undefined || row.sourceRef.length > LONGEST_REFERENCE) return undefined;
    row.revision = version;
    return row;
  };
  return { names, read };
}

const KNOWN: ReadonlySet<string> = new Set([
  ...[
    'feed',
    'source',
    'format',
    'delimiter',
    'encoding',
    'header',
    'rows',
    'stream',
    'limits',
    'finalLineEnd',
    'isTogether',
    'complete',
    'intake',
    'pull',
    'webhook',
  ],
  ...[
    'files',
    'zone',
    'key',
    'revision',
    'amount',
    'date',
    'client',
    'orderRef',
    'where',
    'fields',
    'body',
    'sha256',
    'text',
    'file',
  ],
]);
const KNOWN_OF_FIELD: ReadonlySet<string> = new Set(['name', 'from', 'always', 'cutAt', 'required', 'type']);

const emptyRow = (): PlainRow => ({
  sourceRef: '',
  revision: '',
  amountMinor: undefined,
  currency: undefined,
  occurredOn: '',
  client: undefined,
  orderRef: undefined,
  texts: [],
});

/** Plain ASCII without spaces at its ends, with nothing in it that JSON writes otherwise. */
const PLAIN = /^[!#-[\]-~](?:[ !#-[\]-~]*[!#-[\]-~])?$/;
const WHOLE = /^(?:0|-?[1-9][0-9]{0,17})$/;
/** Up to so many digits an amount is certainly not too large. */
const MOST_DIGITS = 15;
const DECIMAL = /^(-?)([0-9]{1,13})(?:\.([0-9]+))?$/;

/** Whether the text is written the same in JSON, between quotes. */
export const isPlainText = (text: string): boolean => PLAIN.test(text);

type Kind = ContractField['type']['kind'];
type TypeOf<K extends Kind> = Extract<ContractField['type'], { kind: K }>;

/** What each type's text looks like when it means itself; the other types are looked up or read strictly. */
const MEANS_ITSELF: { readonly [K in Kind]?: (text: string, type: TypeOf<K>) => boolean } = {
  text: (text, { maxLength }) => text.length <= maxLength && PLAIN.test(text),
  reference: (text) => text.length <= LONGEST_REFERENCE && PLAIN.test(text) && !isMadeUp(text),
  integer: (text) => WHOLE.test(text),
};
/** These are repeated from row to row, and what they mean does not depend on other cells. */
const REPEATED: ReadonlySet<Kind> = new Set<Kind>(['choice', 'date', 'instant']);

function readerOf(contract: FeedContract, field: ContractField, place: Place): Read {
  const strictly = strictReader(contract, field, place);
  if (!isPlainSource(field)) return strictly;
  const column = place(field.from ?? '');
  if (REPEATED.has(field.type.kind)) return remembering(column, strictly);
  const meansItself = MEANS_ITSELF[field.type.kind] as ((text: string, type: unknown) => boolean) | undefined;
  if (meansItself === undefined) return strictly;
  const { type } = field;
  return (cells) => {
    const text = cells[column] ?? '';
    return meansItself(text, type) ? text : strictly(cells);
  };
}

const isPlainSource = (field: ContractField): boolean =>
  field.always === undefined &&
  field.from !== undefined &&
  field.cutAt.length === 0 &&
  Object.entries(field).every(([key, value]) => KNOWN_OF_FIELD.has(key) || value === undefined);

/** The same functions as `readRow`: slower, and right for every spelling. */
function strictReader(contract: FeedContract, field: ContractField, place: Place): Read {
  let cells: readonly string[] = [];
  const view: RawRow = { get: (column) => cells[place(column)] };
  const around = { zone: contract.zone, sourceText: (from: FieldSource) => sourceText(from, view) };
  const mustBe = isRequired(contract, field);
  return (given) => {
    cells = given;
    const text = sourceText(field, view);
    if (isStepRefusal(text)) return undefined;
    if (isBlank(text)) return mustBe ? undefined : '';
    const read = readField(field, text, around);
    if (!read.ok || read.value.unmapped !== undefined) return undefined;
    return field.type.kind === 'reference' && mixesAlphabets(text) ? undefined : read.value.text;
  };
}

const REMEMBERED = 4_096;

function remembering(column: number, strictly: Read): Read {
  const known = new Map<string, string>();
  return (cells) => {
    const text = cells[column] ?? '';
    const before = known.get(text);
    if (before !== undefined) return before;
    const read = strictly(cells);
    if (read === undefined) return undefined;
    if (known.size >= REMEMBERED) known.clear();
    // A cell is a view into the whole chunk of the file; as a key it would keep the chunk.
    known.set(detached(text), detached(read));
    return read;
  };
}

/** The same text in memory of its own. */
const detached = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

/** The record's amount; 'none' where there is none; undefined for `readRow`. No reader where amounts are no plain decimals. */
function amountReader(
  contract: FeedContract,
  place: Place,
): ((cells: readonly string[]) => Amount | 'none' | undefined) | undefined {
  if (contract.amount === undefined) return () => 'none';
  const field = contract.fields.find(({ name }) => name === contract.amount);
  if (field?.type.kind !== 'money' || !isPlainSource(field)) return undefined;
  const { format, currency, negate } = field.type;
  if (negate !== undefined || format.decimal !== '.' || format.unit !== 'major') return undefined;
  if (currency.cutAt.length > 0 || currency.steps !== undefined) return undefined;
  const [column, currencyColumn] = [place(field.from ?? ''), place(currency.from ?? '')];
  const mayLack = !isRequired(contract, field);
  const amount: Amount = { minor: '', currency: '' };
  return (cells) => {
    const text = cells[column] ?? '';
    if (text === '') return mayLack ? 'none' : undefined;
    const code = currency.always ?? cells[currencyColumn] ?? '';
    const minor = minorOf(text, currencyExponent(code));
    if (minor === undefined) return undefined;
    amount.minor = minor;
    amount.currency = code;
    return amount;
  };
}

/** The digits of an amount that has all decimals of its currency. */
function minorOf(text: string, exponent: number | undefined): string | undefined {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === '' || fraction.length !== exponent) return undefined;
  const digits = (whole + fraction).replace(/^0+(?=.)/, '');
  if (digits.length > MOST_DIGITS) return undefined;
  return digits === '0' ? digits : sign + digits;
}
