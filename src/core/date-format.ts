import { Temporal } from 'temporal-polyfill';
import { accept, type Result, refuse } from './result.ts';

export type DateRefusal = {
  readonly code: 'date_malformed' | 'date_does_not_exist' | 'date_ambiguous' | 'date_out_of_range';
  readonly detail: string;
};

/** The tokens a format may use; everything else in it must be one of the separators. */
const TOKENS = {
  YYYY: { part: 'year', pattern: '(\\d{4})' },
  YY: { part: 'shortYear', pattern: '(\\d{2})' },
  MM: { part: 'month', pattern: '(\\d{2})' },
  M: { part: 'month', pattern: '(\\d{1,2})' },
  DD: { part: 'day', pattern: '(\\d{2})' },
  D: { part: 'day', pattern: '(\\d{1,2})' },
  HH: { part: 'hour', pattern: '(\\d{2})' },
  mm: { part: 'minute', pattern: '(\\d{2})' },
  ss: { part: 'second', pattern: '(\\d{2})' },
  SSS: { part: 'fraction', pattern: '(\\d{1,9})' },
  Z: { part: 'offset', pattern: '(Z|[+-]\\d{2}:?\\d{2})' },
  X: { part: 'unixSeconds', pattern: '(\\d{9,11})' },
  x: { part: 'unixMillis', pattern: '(\\d{12,14})' },
} as const;
type Part = (typeof TOKENS)[keyof typeof TOKENS]['part'];

const TOKEN_OR_SEPARATOR = /YYYY|YY|MM|M|DD|D|HH|mm|SSS|ss|Z|X|x|[-/. :,T]/y;
const WORDS = 'YYYY YY MM M DD D HH mm ss SSS Z, or X or x alone, and the separators - / . : , T and space';

export type DateFormat = {
  readonly text: string;
  readonly pattern: RegExp;
  readonly parts: readonly Part[];
};

/**
 * The format, ready to read with, or in words what is wrong with it.
 *
 * Refuses: unknown letters, a part named twice, no year or no month, and one-digit parts (`M`, `D`) that touch the next
 *          number, because `111` could then be read two ways.
 */
export function readDateFormat(text: string): Result<DateFormat, string> {
  const parts: Part[] = [];
  let pattern = '';
  let previous = '';
  TOKEN_OR_SEPARATOR.lastIndex = 0;
  while (TOKEN_OR_SEPARATOR.lastIndex < text.length) {
    const start = TOKEN_OR_SEPARATOR.lastIndex;
    const word = TOKEN_OR_SEPARATOR.exec(text)?.[0];
    if (word === undefined) return refuse(`"${text.slice(start)}" cannot be read; use ${WORDS}`);
    const token = Object.hasOwn(TOKENS, word) ? TOKENS[word as keyof typeof TOKENS] : undefined;
    if (token && parts.includes(token.part)) return refuse(`"${text}" names the ${token.part} twice`);
    if (token && (previous === 'M' || previous === 'D')) {
      return refuse(`"${previous}" needs a separator before "${word}"`);
    }
    if (token) parts.push(token.part);
    pattern += token ? token.pattern : word.replace('.', '\\.');
    previous = word;
  }
  if (isUnix({ parts })) {
    if (parts.length === 1 && text.length === 1)
      return accept({ text, pattern: new RegExp(`^${pattern}$`), parts });
    return refuse(`"${text}": ${parts.includes('unixMillis') ? 'x' : 'X'} counts from 1970 and stands alone`);
  }
  const hasYear = parts.includes('year') !== parts.includes('shortYear');
  if (!hasYear || !parts.includes('month')) return refuse(`"${text}" needs one year and a month`);
  return accept({ text, pattern: new RegExp(`^${pattern}$`), parts });
}

/** Formats parted by `|`, each ready to read with; what `readDateFormat` refuses. */
export function readDateFormats(text: string): Result<readonly DateFormat[], string> {
  const formats: DateFormat[] = [];
  for (const part of text.split('|')) {
    const read = readDateFormat(part.trim());
    if (!read.ok) return read;
    formats.push(read.value);
  }
  return accept(formats);
}

/** Whether the text is a count from 1970: X in seconds, x in milliseconds. */
export const isUnix = ({ parts }: Pick<DateFormat, 'parts'>): boolean =>
  parts.includes('unixSeconds') || parts.includes('unixMillis');

/** Whether the format speaks of a time of day, which only an instant has. */
export const hasTime = (format: DateFormat): boolean =>
  isUnix(format) ||
  (['hour', 'minute', 'second', 'fraction', 'offset'] as const).some((part) => format.parts.includes(part));

/** Years outside these are sentinels (`9999-12-31`) or slips, never business days. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

type Read = { readonly numbers: Partial<Record<Part, number>>; readonly offset: string | undefined };

/**
 * The calendar day, `YYYY-MM-DD`, that the text names; a month is its first day, a two-digit year is 2000 and later.
 *
 * Refuses: text in another form, days that do not exist, and years outside 1990 to 2100.
 */
export function parseDay(text: string, format: DateFormat): Result<string, DateRefusal> {
  const read = readParts(text, format);
  if (read === undefined) {
    return refuse({ code: 'date_malformed', detail: `"${text.trim()}" is not a date like ${format.text}` });
  }
  return dayOf(text, read.numbers);
}

/**
 * The calendar day on which the instant falls in the zone it is `kept` in, `YYYY-MM-DD`; a time without an offset is local to the zone it
 * was `written` in.
 *
 * Refuses: what `parseDay` refuses, and a local time that its zone skips or has twice.
 */
export function parseInstantDay(
  text: string,
  format: DateFormat,
  zones: { readonly kept: string; readonly written: string },
): Result<string, DateRefusal> {
  const read = readParts(text, format);
  if (read === undefined) {
    return refuse({ code: 'date_malformed', detail: `"${text.trim()}" is not a time like ${format.text}` });
  }
  if (isUnix(format)) return unixDay(text, read.numbers, zones.kept);
  const day = dayOf(text, read.numbers);
  if (!day.ok) return day;
  const { hour = 0, minute = 0, second = 0 } = read.numbers;
  if (hour > 23 || minute > 59 || second > 59) {
    return refuse({ code: 'date_does_not_exist', detail: `"${text.trim()}" is not a time of day` });
  }
  const local = Temporal.PlainDate.from(day.value).toPlainDateTime({ hour, minute, second });
  if (read.offset !== undefined) return moveToZone(local, read.offset, zones.kept);
  return checkLocal(local, zones, text);
}

function readParts(text: string, format: DateFormat): Read | undefined {
  const found = format.pattern.exec(text.trim());
  if (found === null) return undefined;
  const numbers: Partial<Record<Part, number>> = {};
  let offset: string | undefined;
  for (const [index, part] of format.parts.entries()) {
    const value = found[index + 1] ?? '';
    if (part === 'offset') offset = value;
    else numbers[part] = Number(value);
  }
  return { numbers, offset };
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

function dayOf(text: string, numbers: Partial<Record<Part, number>>): Result<string, DateRefusal> {
  const year = numbers.year ?? 2000 + (numbers.shortYear ?? 0);
  const month = numbers.month ?? 0;
  const day = numbers.day ?? 1;
  const last = month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);
  if (day < 1 || day > last) {
    return refuse({ code: 'date_does_not_exist', detail: `"${text.trim()}" is not in the calendar` });
  }
  const outside = inRange(text, year);
  if (outside !== undefined) return outside;
  return accept(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

function unixDay(text: string, numbers: Read['numbers'], zone: string): Result<string, DateRefusal> {
  const ms = numbers.unixMillis ?? (numbers.unixSeconds ?? 0) * 1_000;
  const day = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate();
  return inRange(text, day.year) ?? accept(day.toString());
}

function inRange(text: string, year: number): Result<never, DateRefusal> | undefined {
  if (year >= FIRST_YEAR && year <= LAST_YEAR) return undefined;
  const detail = `"${text.trim()}" is outside ${FIRST_YEAR} to ${LAST_YEAR}`;
  return refuse({ code: 'date_out_of_range', detail });
}

function checkLocal(
  local: Temporal.PlainDateTime,
  { written, kept }: { readonly kept: string; readonly written: string },
  text: string,
): Result<string, DateRefusal> {
  const early = local.toZonedDateTime(written, { disambiguation: 'earlier' });
  const late = local.toZonedDateTime(written, { disambiguation: 'later' });
  if (early.epochMilliseconds === late.epochMilliseconds)
    return accept(early.withTimeZone(kept).toPlainDate().toString());
  if (early.toPlainDateTime().equals(local)) {
    const detail = `"${text.trim()}" happens twice in ${written} (clocks go back)`;
    return refuse({ code: 'date_ambiguous', detail });
  }
  const detail = `"${text.trim()}" does not happen in ${written} (clocks go forward)`;
  return refuse({ code: 'date_does_not_exist', detail });
}

function moveToZone(
  local: Temporal.PlainDateTime,
  offset: string,
  zone: string,
): Result<string, DateRefusal> {
  const normal = offset === 'Z' ? '+00:00' : offset.replace(/^(.\d\d)(\d\d)$/, '$1:$2');
  const [hours = 0, minutes = 0] = normal.slice(1).split(':').map(Number);
  if (hours > 18 || minutes > 59) {
    return refuse({ code: 'date_malformed', detail: `"${offset}" is not an offset from UTC` });
  }
  const instant = Temporal.Instant.from(`${local.toString()}${normal}`);
  return accept(instant.toZonedDateTimeISO(zone).toPlainDate().toString());
}
