import type { ContractField, FieldSource, Negation } from './contract.ts';
import { currencyExponent } from './currency.ts';
import {
  type DateFormat,
  type DateRefusal,
  parseDay,
  parseInstantDay,
  readDateFormats,
} from './date-format.ts';
import { type Money, parseAmount, toDecimal } from './money.ts';
import { LONGEST_REFERENCE, LONGEST_TEXT, referenceProblem } from './reference.ts';
import { accept, type Result, refuse } from './result.ts';
import type { RowReason } from './row-reason.ts';
import type { StepRefusal } from './steps.ts';

/** A field's value as text, and for an amount also exact. */
export type FieldValue = {
  readonly text: string;
  readonly money: Money | undefined;
  /** The word that no value stands for, where the contract reads such as another. */
  readonly unmapped?: string;
};
export type FieldRefusal = { readonly code: RowReason; readonly detail: string };

/** A cell's text, or why its steps could not read it. */
export type SourceText = string | StepRefusal;
export const isStepRefusal = (text: SourceText): text is StepRefusal => typeof text !== 'string';

type Surroundings = {
  readonly zone: string;
  /** The text of another source of the same row; an amount finds its currency through it. */
  readonly sourceText: (source: FieldSource) => SourceText;
};
type Kind = ContractField['type']['kind'];
type TypeOf<K extends Kind> = Extract<ContractField['type'], { kind: K }>;
type Reader<K extends Kind> = (
  text: string,
  type: TypeOf<K>,
  around: Surroundings,
) => Result<FieldValue, FieldRefusal>;

/** Up to twenty digits before and behind the mark; nothing is rounded. */
const DECIMALS = {
  '.': /^(-?)(\d{1,20})(?:\.(\d{1,20}))?$/,
  ',': /^(-?)(\d{1,20})(?:,(\d{1,20}))?$/,
} as const;
const ANY_DECIMAL = { '.': /^-?\d+(?:\.\d+)?$/, ',': /^-?\d+(?:,\d+)?$/ } as const;

const plain = (text: string): Result<FieldValue, FieldRefusal> => accept({ text, money: undefined });

const READERS: { readonly [K in Kind]: Reader<K> } = {
  text: (text, type) => {
    // Only spaces go: tabs and line ends inside a memo are what was delivered.
    const kept = text.replace(/^[ \u00A0]+|[ \u00A0]+$/g, '');
    if (kept.length <= type.maxLength) return plain(kept);
    const way = type.maxLength < LONGEST_TEXT ? `; max_length may be up to ${LONGEST_TEXT}` : '';
    const detail = `${kept.length} characters; at most ${type.maxLength} are kept${way}`;
    return refuse({ code: 'text_too_long', detail });
  },
  reference: (text) => {
    const kept = text.trim();
    const problem = referenceProblem(kept);
    if (problem !== undefined) return refuse({ code: 'reference_spoilt', detail: problem });
    if (kept.length <= LONGEST_REFERENCE) return plain(kept);
    const detail = `a reference of ${kept.length} characters; at most ${LONGEST_REFERENCE} are kept, and of a field of type text more`;
    return refuse({ code: 'reference_too_long', detail });
  },
  choice: readChoice,
  integer: (text) => {
    const given = text.trim();
    if (/^-?[0-9]{1,18}$/.test(given)) return plain(BigInt(given).toString());
    const isLong = /^-?[0-9]+$/.test(given);
    const detail = `"${clip(given)}" ${isLong ? 'has more than 18 digits; declare it as reference or text' : 'is not a whole number'}`;
    return refuse({ code: 'integer_malformed', detail });
  },
  decimal: (text, { mark }) => {
    const given = text.trim();
    const [, sign, whole = '', rest = ''] = DECIMALS[mark].exec(given) ?? [];
    if (sign === undefined) {
      const isLong = ANY_DECIMAL[mark].test(given);
      const problem = isLong
        ? 'has more than 20 digits on one side of its mark'
        : `is not a number such as 12${mark}5`;
      const detail = `"${clip(given)}" ${problem}`;
      return refuse({ code: 'decimal_malformed', detail });
    }
    const [digits, fraction] = [whole.replace(/^0+(?=\d)/, ''), rest.replace(/0+$/, '')];
    const value = fraction === '' ? digits : `${digits}.${fraction}`;
    return plain(value === '0' ? value : `${sign}${value}`);
  },
  date: (text, type) => asField(remembered(text, type.format, undefined)),
  instant: (text, type, around) =>
    asField(remembered(text, type.format, { kept: around.zone, written: type.zone ?? around.zone })),
  money: readMoney,
};

function readChoice(text: string, type: TypeOf<'choice'>): Result<FieldValue, FieldRefusal> {
  const given = text.trim().toLowerCase();
  const known = type.map?.get(given) ?? type.of.find((word) => word.toLowerCase() === given);
  if (known !== undefined) return plain(known);
  if (type.otherwise !== undefined)
    return accept({ text: type.otherwise, money: undefined, unmapped: clip(text.trim()) });
  const words = type.map === undefined ? type.of : [...type.of, ...type.map.keys()];
  const detail = `"${clip(text)}" is none of ${clip(words.join(', '), 300)}`;
  return refuse({ code: 'choice_unknown', detail });
}

function readMoney(
  text: string,
  type: TypeOf<'money'>,
  around: Surroundings,
): Result<FieldValue, FieldRefusal> {
  const stated = around.sourceText(type.currency);
  const currency = isStepRefusal(stated) ? '' : stated.trim();
  if (currencyExponent(currency) === undefined) {
    const given = currency === '' ? 'the currency is empty' : `"${clip(currency)}" is not an ISO 4217 code`;
    return refuse({ code: 'currency_unknown', detail: `${given}; write it like USD` });
  }
  const minor = parseAmount(text, currency, type.format);
  if (!minor.ok) return refuse({ code: minor.refusal.code, detail: clip(minor.refusal.detail, 300) });
  if (type.negate === undefined) return amountOf({ minor: minor.value, currency });
  const negative = isNegated(type.negate, around);
  if (!negative.ok) return negative;
  return amountOf({ minor: negative.value ? -minor.value : minor.value, currency });
}

const amountOf = (money: Money): Result<FieldValue, FieldRefusal> =>
  accept({ text: toDecimal(money), money });

function isNegated(negate: Negation, around: Surroundings): Result<boolean, FieldRefusal> {
  if (negate === 'always') return accept(true);
  const stated = around.sourceText(negate.column);
  const word = isStepRefusal(stated) ? '' : stated.trim().toLowerCase();
  if (negate.equals.some((known) => known.toLowerCase() === word)) return accept(true);
  const isKept = negate.keep?.some((known) => known.toLowerCase() === word) ?? true;
  if (isKept) return accept(false);
  const given = word === '' ? `column "${negate.column.from}" is empty` : `"${clip(word)}"`;
  const detail = `${given}: nobody can say whether the amount is added or taken off; name it under negate, in equals or keep`;
  return refuse({ code: 'sign_unknown', detail });
}

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
const compiled = new Map<string, readonly DateFormat[]>();

/** Where a day is kept, and where the local times that name it were written. */
type Zones = { readonly kept: string; readonly written: string };

function remembered(text: string, format: string, zones: Zones | undefined): Result<string, DateRefusal> {
  const place = zones === undefined ? format : `${format}\n${zones.kept}\n${zones.written}`;
  const days = memory.get(place) ?? new Map<string, Result<string, DateRefusal>>();
  memory.set(place, days);
  const known = days.get(text);
  if (known !== undefined) return known;
  if (days.size >= REMEMBERED) days.clear();
  const read = readDay(text, formatsOf(format), zones);
  if (text.length <= 40) days.set(text, read);
  return read;
}

/** By the first of the formats that the text has; refuses a text that two of them read as different days. */
function readDay(
  text: string,
  formats: readonly DateFormat[],
  zones: Zones | undefined,
): Result<string, DateRefusal> {
  const read = formats.map((format) =>
    zones === undefined ? parseDay(text, format) : parseInstantDay(text, format, zones),
  );
  const days = new Set(read.flatMap((day) => (day.ok ? [day.value] : [])));
  const told = read.find((day) => day.ok) ?? read.find(isOfItsForm) ?? read[0];
  if (told === undefined) throw new Error('a date without a format');
  if (days.size <= 1) return told;
  const detail = `"${text.trim()}" can be ${[...days].join(' or ')}; the formats leave it open`;
  return refuse({ code: 'date_ambiguous', detail });
}

const isOfItsForm = (day: Result<string, DateRefusal>): boolean =>
  !day.ok && day.refusal.code !== 'date_malformed';

function formatsOf(text: string): readonly DateFormat[] {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const read = readDateFormats(text);
  if (!read.ok) throw new Error(`date format: ${read.refusal}`);
  compiled.set(text, read.value);
  return read.value;
}
