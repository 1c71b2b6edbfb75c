import { isIP } from 'node:net';
import { z } from 'zod';
import { parseAmountRange } from '../core/amount-range.ts';
import { currencyExponent } from '../core/currency.ts';
import { parseDays, parseDuration, parseSlaTerm } from '../core/duration.ts';
import { suggestion } from '../core/nearest-word.ts';

/** Text that a person wrote and the schema only wants to be there. */
export const text = z.string().trim().min(1).max(300).meta({ pattern: String.raw`\S` });

/** For an editor: the object has these keys. */
export const has = (...keys: readonly string[]) => ({
  type: 'object',
  properties: Object.fromEntries(keys.map((key) => [key, {}])),
  required: keys,
});

/** A name that other places refer to: `media_ops`, `ad-buy-vs-billing`. */
export const key = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, 'must be lower-case letters, digits, _ or -, starting with a letter');

export const slaTerm = z
  .string()
  .transform((given, context) => {
    const term = parseSlaTerm(given);
    if (term !== undefined) return term;
    context.addIssue({
      code: 'custom',
      message: `"${given}" is not a term; write it like 4h, 2bd (business days) or 6bh (business hours)`,
    });
    return z.NEVER;
  })
  .meta({ examples: ['4h', '2bd', '6bh'], pattern: String.raw`^(?:\d{1,6}[smhd]|\d{1,3}bd|\d{1,4}bh)$` });

/** A term, or the name of an SLA policy that states one. */
export const slaTermOrPolicy = z
  .string()
  .transform((given, context) => {
    const term = parseSlaTerm(given);
    if (term !== undefined) return term;
    if (key.safeParse(given).success) return { policy: given };
    context.addIssue({
      code: 'custom',
      message: `"${given}" is neither a term (4h, 2bd, 6bh) nor the name of an SLA policy`,
    });
    return z.NEVER;
  })
  .meta({
    examples: ['4h', '2bd', '6bh'],
    pattern: String.raw`^(?:\d{1,6}[smhd]|\d{1,3}bd|\d{1,4}bh|[a-z][a-z0-9_-]{0,62})$`,
  });

export const amountRange = z
  .string()
  .transform((given, context) => {
    const range = parseAmountRange(given);
    if (range !== undefined) return range;
    context.addIssue({
      code: 'custom',
      message: `"${given}" is not a range of amounts; write it like 1000..5000 USD, 5000.. USD or ..99.99 USD`,
    });
    return z.NEVER;
  })
  .meta({
    examples: ['1000..5000 USD', '5000.. USD', '..99.99 USD'],
    pattern: String.raw`^[^\n]*\.\.\S*\s+[A-Z]{3}\s*$`,
  });

export const durationMs = z
  .string()
  .transform((given, context) => {
    const ms = parseDuration(given);
    if (ms !== undefined && ms > 0) return ms;
    context.addIssue({ code: 'custom', message: `"${given}" is not a duration; write it like 10s or 5m` });
    return z.NEVER;
  })
  .meta({ examples: ['30s', '15m', '4h'], pattern: String.raw`^(?!0+[smhd]$)\d{1,6}[smhd]$` });

export const percent = z
  .string()
  .transform((given, context) => {
    const read = /^(\d{1,3}(?:\.\d{1,2})?) ?%$/.exec(given.trim());
    if (read !== null && Number(read[1]) <= 100) return Number(read[1]) / 100;
    context.addIssue({ code: 'custom', message: `"${given}" is not a share; write it like 8%` });
    return z.NEVER;
  })
  .meta({
    examples: ['8%'],
    pattern: String.raw`^\s*(?:100(?:\.0{1,2})?|0?\d{1,2}(?:\.\d{1,2})?) ?%\s*$`,
  });

/** A difference between two shares, such as 5pts, in millionths. */
export const points = z
  .string()
  .transform((given, context) => {
    const read = /^(\d{1,2}(?:\.\d{1,2})?) ?pts?$/.exec(given.trim());
    if (read !== null && Number(read[1]) > 0) return Math.round(Number(read[1]) * 10_000);
    context.addIssue({
      code: 'custom',
      message: `"${given}" is no difference between shares; write it like 5pts`,
    });
    return z.NEVER;
  })
  .meta({ examples: ['5pts'], pattern: String.raw`^\s*\d{1,2}(?:\.\d{1,2})? ?pts?\s*$` });

/** A sum of money in major units, as hundredths. */
export const decimal = z
  .string()
  .transform((given, context) => {
    if (/^\d{1,12}(?:\.\d{1,2})?$/.test(given.trim())) return Math.round(Number(given) * 100);
    context.addIssue({ code: 'custom', message: `"${given}" is not a sum; write it like "100.00"` });
    return z.NEVER;
  })
  .meta({ examples: ['100.00'], pattern: String.raw`^\s*\d{1,12}(?:\.\d{1,2})?\s*$` });

const UNITS = { B: 1, kB: 1_000, MB: 1_000_000, GB: 1_000_000_000 } as const;

export const byteSize = z
  .string()
  .transform((given, context) => {
    const read = /^(\d{1,6}) ?(B|kB|MB|GB)$/.exec(given.trim());
    const bytes = read === null ? 0 : Number(read[1]) * UNITS[read[2] as keyof typeof UNITS];
    if (bytes > 0) return bytes;
    context.addIssue({ code: 'custom', message: `"${given}" is not a size; write it like 500MB or 2GB` });
    return z.NEVER;
  })
  .meta({ examples: ['500MB', '2GB'], pattern: String.raw`^\s*\d{1,6} ?(?:B|kB|MB|GB)\s*$` });

export const days = z
  .string()
  .transform((given, context) => {
    const count = parseDays(given);
    if (count !== undefined) return count;
    context.addIssue({ code: 'custom', message: `"${given}" is not a number of days; write it like 10d` });
    return z.NEVER;
  })
  .meta({ examples: ['10d'], pattern: String.raw`^\d{1,4}d$` });

export const currencyCode = z
  .string()
  .check((context) => {
    if (currencyExponent(context.value) !== undefined) return;
    const upper = context.value.toUpperCase();
    const meant =
      currencyExponent(upper) === undefined ? '; write it like USD' : `; did you mean "${upper}"?`;
    context.issues.push({
      code: 'custom',
      input: context.value,
      message: `"${context.value}" is not an ISO 4217 currency code${meant}`,
    });
  })
  .meta({ examples: ['USD', 'EUR'], pattern: '^[A-Z]{3}$' });

export const zone = z
  .string()
  .check((context) => {
    if (isZone(context.value)) return;
    const near = suggestion(context.value, Intl.supportedValuesOf('timeZone'));
    const message = `"${context.value}" is not a time zone${near === '' ? '; write it like America/New_York' : near}`;
    context.issues.push({ code: 'custom', input: context.value, message });
  })
  .meta({ examples: ['America/New_York', 'Europe/Berlin', 'UTC'] });

/** Named zones only: an offset such as +05:00 knows no clock change. */
function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether the text is an address or a network in CIDR form. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

export const network = z.string().refine(isNetwork, 'must be an address or a network like 10.1.0.0/16');
