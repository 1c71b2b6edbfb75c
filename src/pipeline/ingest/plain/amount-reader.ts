import type { FeedContract } from '../../../core/contract.ts';
import { currencyExponent } from '../../../core/currency.ts';
import { isRequired } from '../../../core/row.ts';
import type { Total } from '../totals.ts';
import { CellMemory } from './cell-memory.ts';
import { isPlainSource, type Place } from './field-reader.ts';
import type { LineCells } from './line-cells.ts';
import { Constant, Padded } from './padded.ts';

const [MINUS, POINT, ZERO] = [0x2d, 0x2e, 0x30];
const MOST_WHOLE = 13;
/** Up to so many digits an amount is certainly not too large, and exact as a number. */
const MOST_DIGITS = 15;
/** One more can be added to such a sum, and it is still exact. */
const CARRIED_FROM = 2 ** 52;

/** A currency that amounts are in, and what they come to since `settle`. */
class Currency {
  readonly code: string;
  readonly bytes: Constant;
  readonly exponent: number;
  #sum = 0;
  #carried = 0n;
  #rows = 0;

  constructor(code: string, exponent: number) {
    this.code = code;
    this.bytes = new Constant(Buffer.from(code, 'latin1'));
    this.exponent = exponent;
  }

  add(minor: number): void {
    this.#rows += 1;
    this.#sum += minor;
    if (Math.abs(this.#sum) > CARRIED_FROM) this.#carry();
  }

  settle(totals: Map<string, Total>): void {
    if (this.#rows === 0) return;
    this.#carry();
    const { minor, rows } = totals.get(this.code) ?? { minor: 0n, rows: 0 };
    totals.set(this.code, { minor: minor + this.#carried, rows: rows + this.#rows });
    this.#carried = 0n;
    this.#rows = 0;
  }

  #carry(): void {
    this.#carried += BigInt(this.#sum);
    this.#sum = 0;
  }
}

const NO_CURRENCY = new Constant(Buffer.alloc(0));

/** The amount of the row that was read last. */
export class Amount {
  isThere = false;
  minor = 0;
  isNegative = false;
  /** Its minor units as text, without the sign: the first `length` bytes. */
  readonly digits = new Padded(MOST_WHOLE + 8);
  length = 0;
  currency = NO_CURRENCY;
}

export type AmountReader = {
  readonly amount: Amount;
  /** Fills the amount; false for a row that `readRow` must judge. */
  readonly read: () => boolean;
  /** Counts the amount that was read. */
  readonly count: () => void;
  /** Adds to the totals what was counted. */
  readonly settle: (totals: Map<string, Total>) => void;
};

/** Reads amounts that are plain decimals. Undefined where the contract's are something else. */
export function amountReader(contract: FeedContract, place: Place): AmountReader | undefined {
  const amount = new Amount();
  if (contract.amount === undefined)
    return { amount, read: () => true, count: () => undefined, settle: () => undefined };
  const field = contract.fields.find(({ name }) => name === contract.amount);
  if (field?.type.kind !== 'money' || !isPlainSource(field)) return undefined;
  const { format, currency, negate } = field.type;
  if (negate !== undefined || format.decimal !== '.' || format.unit !== 'major') return undefined;
  if (currency.cutAt.length > 0 || currency.steps !== undefined) return undefined;
  const { cells } = place;
  const column = place.of(field.from ?? '');
  const currencies = new Map<string, Currency>();
  const always = currency.always === undefined ? undefined : currencyOf(currency.always, currencies);
  const stated = currencyCells(cells, place.of(currency.from ?? ''), currencies);
  const mayLack = !isRequired(contract, field);
  let now: Currency | undefined;
  return {
    amount,
    read: () => {
      const start = column < 0 ? 0 : (cells.starts[column] as number);
      const end = column < 0 ? 0 : (cells.ends[column] as number);
      amount.isThere = start < end;
      now = undefined;
      if (start === end) return mayLack;
      now = currency.always === undefined ? stated() : always;
      if (now === undefined || !readDecimal(amount, cells.bytes, { start, end, exponent: now.exponent }))
        return false;
      amount.currency = now.bytes;
      return true;
    },
    count: () => now?.add(amount.minor),
    settle: (totals) => {
      for (const one of currencies.values()) one.settle(totals);
    },
  };
}

function currencyOf(code: string, currencies: Map<string, Currency>): Currency | undefined {
  const known = currencies.get(code);
  const exponent = currencyExponent(code);
  if (known !== undefined || exponent === undefined) return known;
  const made = new Currency(code, exponent);
  currencies.set(code, made);
  return made;
}

/** The currency that a column states. */
function currencyCells(
  cells: LineCells,
  column: number,
  currencies: Map<string, Currency>,
): () => Currency | undefined {
  const memory = new CellMemory<Currency>();
  return () => {
    if (column < 0) return undefined;
    const start = cells.starts[column] as number;
    const end = cells.ends[column] as number;
    const known = memory.find(cells.bytes, start, end);
    if (known !== undefined) return known;
    const read = currencyOf(cells.text(column), currencies);
    if (read !== undefined) memory.keep(cells.bytes, { start, end }, read);
    return read;
  };
}

/** Reads a decimal that has all decimals of its currency; false for every other spelling. */
function readDecimal(
  amount: Amount,
  bytes: Buffer,
  { start, end, exponent }: { readonly start: number; readonly end: number; readonly exponent: number },
): boolean {
  const isNegative = bytes[start] === MINUS;
  const first = isNegative ? start + 1 : start;
  const point = exponent === 0 ? end : end - exponent - 1;
  if (point <= first || point - first > MOST_WHOLE) return false;
  if (exponent > 0 && bytes[point] !== POINT) return false;
  const digits = amount.digits.bytes;
  let length = 0;
  let minor = 0;
  for (let at = first; at < end; at += 1) {
    if (at === point) continue;
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return false;
    minor = minor * 10 + digit;
    if (minor === 0) continue;
    digits[length] = digit + ZERO;
    length += 1;
  }
  if (length > MOST_DIGITS) return false;
  amount.isNegative = isNegative && minor > 0;
  amount.minor = amount.isNegative ? -minor : minor;
  if (length === 0) digits[0] = ZERO;
  amount.length = length || 1;
  return true;
}
