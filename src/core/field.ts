import type { ContractField, FieldSource } from './contract.ts';
import { currencyExponent } from './currency.ts';
import {
  type DateFormat,
  type DateRefusal,
  parseDay,
  parseInstantDay,
  readDateFormat,
} from './date-format.ts';
import { type Money, parseAmount, toDecimal } from './money.ts';
import { LONGEST_REFERENCE, referenceProblem } from './reference.ts';
import { accept, type Result, refuse } from './result.ts';
import type { RowReason } from './row-reason.ts';

/** A field's value as text, and for an amount also exact. */
export type FieldValue = { readonly text: string; readonly money: Money | undefined };
export type FieldRefusal = { readonly code: RowReason; readonly detail: string };

type Surroundings = {
  readonly zone: string;
  /** The text of another source of the same row; an amount finds its currency through it. */
  readonly sourceText: (source: FieldSource) => string;
};
type Kind = ContractField['type']['kind'];
type TypeOf<K extends Kind> = Extract<ContractField['type'], { kind: K }>;
type Reader<K extends Kind> = (
  text: string,
  type: TypeOf<K>,
  around: Surroundings,
) => Result<FieldValue, FieldRefusal>;

const plain = (text: string): Result<FieldValue, FieldRefusal> => accept({ text, money: undefined });

const READERS: { readonly [K in Kind]: Reader<K> } = {
  text: (text, type) => {
    // Only spaces go: tabs and line ends inside a memo are what was delivered.
    const kept = text.replace(/^[ \u00A0]+|[ \u00A0]+$/g, '');
    if (kept.length <= type.maxLength) return plain(kept);
    const detail = `${kept.length} characters; at most ${type.maxLength} are kept`;
    return refuse({ code: 'text_too_long', detail });
  },
  reference: (text) => {
    const kept = text.trim();
    const problem = referenceProblem(kept);
    if (problem !== undefined) return refuse({ code: 'reference_spoilt', detail: problem });
    if (kept.length <= LONGEST_REFERENCE) return plain(kept);
    const detail = `${kept.length} characters; at most ${LONGEST_REFERENCE} are kept`;
    return refuse({ code: 'key_too_long', detail });
  },
  choice: (text, type) => {
    const given = text.trim().toLowerCase();
    const known = type.of.find((word) => word.toLowerCase() === given);
    if (known !== undefined) return plain(known);
    return refuse({ code: 'choice_unknown', detail: `"${clip(text)}" is none of ${type.of.join(', ')}` });
  },
  integer: (text) => {
    const given = text.trim();
    if (/^-?[0-9]{1,18}$/.test(given)) return plain(BigInt(given).toString());
    return refuse({ code: 'integer_malformed', detail: `"${clip(given)}" is not a whole number` });
  },
  date: (text, type) => asField(remembered(text, type.format, undefined)),
  instant: (text, type, around) => asField(remembered(text, type.format, around.zone)),
  money: (text, type, around) => {
    const currency = around.sourceText(type.currency).trim();
    if (currencyExponent(currency) === undefined) {
      const given = currency === '' ? 'the currency is empty' : `"${clip(currency)}" is not an ISO 4217 code`;
      return refuse({ code: 'currency_unknown', detail: `${given}; write it like USD` });
    }
    const minor = parseAmount(text, currency, type.format);
    if (!minor.ok) return refuse({ code: minor.refusal.code, detail: clip(minor.refusal.detail, 300) });
    const money = { minor: minor.value, currency };
    return accept({ text: toDecimal(money), money });
  },
};

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** The value a field's text stands for; refuses, with a code and words, what its type does not promise. */
export function readField(
  field: ContractField,
  text: string,
  around: Surroundings,
): Result<FieldValue, FieldRefusal> {
  if (text.includes('\u0000')) {
    return refuse({
      code: 'nul_character',
      detail: 'a NUL character cannot be kept; remove it at the source',
    });
  }
  if (LONE_SURROGATE.test(text)) {
    return refuse({ code: 'text_malformed', detail: 'half a character (a lone surrogate) stands in it' });
  }
  const reader = READERS[field.type.kind] as Reader<Kind>;
  return reader(text, field.type, around);
}

const asField = (day: Result<string, DateRefusal>): Result<FieldValue, FieldRefusal> =>
  day.ok ? plain(day.value) : day;

const clip = (text: string, limit = 80): string => (text.length <= limit ? text : `${text.slice(0, limit)}…`);

/** Days repeat from row to row, and a zone's rules are slow to ask; a bounded memory of what was read last. */
const REMEMBERED = 4_096;
const memory = new Map<string, Map<string, Result<string, DateRefusal>>>();
const formats = new Map<string, DateFormat>();

function remembered(text: string, format: string, zone: string | undefined): Result<string, DateRefusal> {
  const place = `${format}\n${zone ?? ''}`;
  const days = memory.get(place) ?? new Map<string, Result<string, DateRefusal>>();
  memory.set(place, days);
  const known = days.get(text);
  if (known !== undefined) return known;
  if (days.size >= REMEMBERED) days.clear();
  const compiled = formatOf(format);
  const read = zone === undefined ? parseDay(text, compiled) : parseInstantDay(text, compiled, zone);
  if (text.length <= 40) days.set(text, read);
  return read;
}

function formatOf(text: string): DateFormat {
  const known = formats.get(text);
  if (known !== undefined) return known;
  const read = readDateFormat(text);
  if (!read.ok) throw new Error(`date format: ${read.refusal}`);
  formats.set(text, read.value);
  return read.value;
}
