import { keepable, readNote } from './act.ts';
import { currencyExponent } from './currency.ts';
import { type AmountFormat, PLAIN_AMOUNT, parseAmount } from './money.ts';
import type { ResolutionCode } from './organisation.ts';
import type { Refusal } from './refusal.ts';
import { accept, type Result, refuse } from './result.ts';

export type Resolution = {
  readonly code: string;
  readonly note: string | undefined;
  readonly minor: bigint | undefined;
  /** A web address, as a browser writes it. */
  readonly evidence: string | undefined;
};

/** People type `1,234.50` and `$5`; a feed would have to declare that, a person need not. */
const TYPED_AMOUNT: AmountFormat = {
  ...PLAIN_AMOUNT,
  group: ',',
  symbols: ['$', '€', '£'],
  parentheses: true,
};

/** Codes that may resolve an exception of this type. */
export const codesFor = (codes: readonly ResolutionCode[], type: string): ResolutionCode[] =>
  codes.filter((code) => code.types.length === 0 || code.types.includes(type));

/**
 * Reads what the resolve modal carries.
 *
 * Refuses: a code this type does not have, a missing note, amount or evidence where the code wants one, an amount that is
 *          not one in the exception's currency, evidence that is no web address.
 */
export function readResolution(
  given: { code: string; note: string; amount: string | undefined; evidence?: string | undefined },
  about: { type: string; currency: string; codes: readonly ResolutionCode[] },
): Result<Resolution, Refusal> {
  const known = codesFor(about.codes, about.type);
  const code = known.find((candidate) => candidate.code === given.code);
  if (!code)
    return refuse({
      code: 'unknown_code',
      given: keepable(given.code),
      known: known.map((candidate) => candidate.code),
    });
  const note = readNote(given.note);
  if (!note.ok) return note;
  if (note.value === undefined && code.note === 'required') {
    return refuse({ code: 'note_required', label: code.label });
  }
  const minor = readAmount(given.amount, code, about.currency);
  if (!minor.ok) return minor;
  const evidence = readEvidence(given.evidence, code);
  if (!evidence.ok) return evidence;
  return accept({ code: code.code, note: note.value, minor: minor.value, evidence: evidence.value });
}

function readAmount(
  given: string | undefined,
  code: ResolutionCode,
  currency: string,
): Result<bigint | undefined, Refusal> {
  const text = keepable(given ?? '').trim();
  if (text === '') {
    return code.amount === 'required'
      ? refuse({ code: 'amount_required', label: code.label })
      : accept(undefined);
  }
  const bare = withoutCurrency(text, currency);
  if (!bare.ok) return bare;
  const amount = parseAmount(bare.value, currency, TYPED_AMOUNT);
  return amount.ok
    ? accept(amount.value)
    : refuse({
        code: 'amount_unreadable',
        problem: amount.refusal.code,
        detail: amount.refusal.detail,
      });
}

const DOLLARS = new Set(['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'BRL', 'CLP', 'COP', 'ARS']);
const SIGNS: Readonly<Record<string, (currency: string) => boolean>> = {
  $: (currency) => DOLLARS.has(currency),
  '€': (currency) => currency === 'EUR',
  '£': (currency) => currency === 'GBP',
};

/** The amount without the code of its currency; refuses the code, or sign, of another one. */
function withoutCurrency(text: string, currency: string): Result<string, Refusal> {
  const [, before, middle = text, after] = /^([a-z]{3})?\s*(.*?)\s*([a-z]{3})?$/i.exec(text) ?? [];
  const code = (before ?? after)?.toUpperCase();
  if (code !== undefined && code !== currency && currencyExponent(code) !== undefined) {
    return refuse({ code: 'other_currency', given: code, currency });
  }
  const sign = Object.keys(SIGNS).find((one) => text.includes(one));
  if (sign !== undefined && !SIGNS[sign]?.(currency)) {
    return refuse({ code: 'other_currency', given: sign, currency });
  }
  return accept(code === currency ? middle : text);
}

/** Slack cuts lines; an address that was cut would lead nowhere. */
const ADDRESS_LIMIT = 1000;

/** Only https, so that nobody is led to a file or a script; no password, because the trail is for ever. */
export function readEvidence(
  given: string | undefined,
  code?: Pick<ResolutionCode, 'evidence' | 'label'>,
): Result<string | undefined, Refusal> {
  const text = keepable(given ?? '').trim();
  if (text === '') {
    return code?.evidence === 'required'
      ? refuse({ code: 'evidence_required', label: code.label })
      : accept(undefined);
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isUsable =
    url?.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    url.href.length <= ADDRESS_LIMIT;
  return isUsable ? accept(url.href) : refuse({ code: 'evidence_unreadable', given: text });
}
