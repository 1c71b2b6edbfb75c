import { currencyExponent } from './currency.ts';
import { accept, type Result, refuse } from './result.ts';

/** An exact amount: whole minor units (cents) and its ISO 4217 currency. Positive is in our favour where a sign matters. */
export type Money = { readonly minor: bigint; readonly currency: string };

/** How a feed writes amounts. Whatever is not declared is refused, never guessed. */
export type AmountFormat = {
  readonly decimal: '.' | ',';
  /** Thousands separator, allowed only between groups of three. */
  readonly group: ',' | '.' | ' ' | "'" | undefined;
  /** Currency signs that may stand before or after the digits, like `$`. */
  readonly symbols: readonly string[];
  /** Whether `(76.50)` means minus 76.50. */
  readonly parentheses: boolean;
  /** What one unit of the text is: 1 dollar, 1 cent, or a millionth of a dollar. */
  readonly unit: 'major' | 'minor' | 'micros';
};

export const PLAIN_AMOUNT: AmountFormat = {
  decimal: '.',
  group: undefined,
  symbols: [],
  parentheses: false,
  unit: 'major',
};

export type AmountRefusal = {
  readonly code: 'amount_empty' | 'amount_malformed' | 'amount_too_precise' | 'amount_out_of_range';
  readonly detail: string;
};

/** Postgres keeps amounts in a bigint; sums of many must fit too, so a single one stays three digits below. */
const LARGEST_MINOR = 10n ** 16n;

/**
 * The amount in minor units, exact to the last digit: digits are moved, never divided, and no float is involved.
 *
 * Refuses: anything the format does not declare (letters, other digits, a group that is not of three, a second sign),
 *          more decimals than the currency has, and amounts beyond 10^16 minor units.
 * Throws:  when `currency` is unknown; check it first with `currencyExponent`.
 */
export function parseAmount(
  text: string,
  currency: string,
  format: AmountFormat = PLAIN_AMOUNT,
): Result<bigint, AmountRefusal> {
  const exponent = currencyExponent(currency);
  if (exponent === undefined) throw new Error(`unknown currency ${currency}`);
  const trimmed = text.trim();
  if (trimmed === '') return refuse({ code: 'amount_empty', detail: 'the amount is empty' });
  const signed = readSign(trimmed, format);
  const digits = signed && readDigits(signed.body, format);
  if (!signed || !digits) {
    return refuse({ code: 'amount_malformed', detail: `"${trimmed}" is not an amount ${describe(format)}` });
  }
  return scale(digits, signed.negative, trimmed, { exponent, unit: format.unit, currency });
}

function readSign(text: string, format: AmountFormat): { negative: boolean; body: string } | undefined {
  const inParentheses = /^\((.+)\)$/.exec(text);
  if (inParentheses && !format.parentheses) return undefined;
  let body = (inParentheses?.[1] ?? text).trim();
  let negative = inParentheses !== null;
  const takeMinus = (): boolean => {
    if (!body.startsWith('-') || negative) return false;
    negative = true;
    body = body.slice(1);
    return true;
  };
  takeMinus();
  const symbol = format.symbols.find((sign) => body.startsWith(sign) || body.endsWith(sign));
  if (symbol !== undefined) {
    body = body.startsWith(symbol) ? body.slice(symbol.length) : body.slice(0, -symbol.length);
    body = body.trim();
    takeMinus();
  }
  return { negative, body };
}

function readDigits(body: string, format: AmountFormat): { whole: string; fraction: string } | undefined {
  const parts = body.split(format.decimal);
  const [whole, fraction] = parts;
  if (parts.length > 2 || whole === undefined) return undefined;
  if (fraction !== undefined && !/^[0-9]+$/.test(fraction)) return undefined;
  const groups = format.group === undefined ? [whole] : whole.split(format.group);
  const [first, ...others] = groups;
  if (first === undefined || !/^[0-9]+$/.test(first)) return undefined;
  if (others.length > 0 && first.length > 3) return undefined;
  if (others.some((group) => !/^[0-9]{3}$/.test(group))) return undefined;
  return { whole: groups.join(''), fraction: fraction ?? '' };
}

function scale(
  digits: { whole: string; fraction: string },
  negative: boolean,
  text: string,
  target: { exponent: number; unit: AmountFormat['unit']; currency: string },
): Result<bigint, AmountRefusal> {
  const shift = { major: target.exponent, minor: 0, micros: target.exponent - 6 }[target.unit];
  const significant = digits.fraction.replace(/0+$/, '');
  const power = shift - significant.length;
  const unscaled = BigInt(digits.whole + significant);
  if (power < 0 && unscaled % 10n ** BigInt(-power) !== 0n) {
    const detail =
      target.unit === 'major'
        ? `"${text}" has more decimals than ${target.currency} has (${target.exponent})`
        : `"${text}" is no whole number of the smallest unit of ${target.currency} (unit: ${target.unit})`;
    return refuse({ code: 'amount_too_precise', detail });
  }
  const minor = power < 0 ? unscaled / 10n ** BigInt(-power) : unscaled * 10n ** BigInt(power);
  if (minor > LARGEST_MINOR) {
    return refuse({ code: 'amount_out_of_range', detail: `"${text}" is beyond what an amount can be` });
  }
  return accept(negative ? -minor : minor);
}

function describe(format: AmountFormat): string {
  const group = format.group === undefined ? 'no thousands separator' : `"${format.group}" between thousands`;
  const symbols = format.symbols.length === 0 ? 'no symbol' : `${format.symbols.join(' or ')} allowed`;
  return `(digits, "${format.decimal}" before decimals, ${group}, ${symbols})`;
}

/** The amount as a plain decimal string with all decimals of its currency: `1234.50`. Exact. */
export function toDecimal({ minor, currency }: Money): string {
  const exponent = currencyExponent(currency) ?? 2;
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (exponent === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** The amount for a person: `$1,234.50` for en-US and USD. Formats from the exact string, so no digit is lost. */
export const formatMoney = (money: Money, locale = 'en-US'): string =>
  formatter(locale, money.currency).format(toDecimal(money) as Intl.StringNumericLiteral);

/** Formatters are dear to make and few: one per locale and currency. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formatters.get(key);
  if (known) return known;
  const digits = currencyExponent(currency) ?? 2;
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formatters.set(key, made);
  return made;
}

/** The size of an amount, whatever its sign. */
export const magnitude = (minor: bigint): bigint => (minor < 0n ? -minor : minor);
