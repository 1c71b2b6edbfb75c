import { keepable, readNote } from './act.ts';
import { type AmountFormat, PLAIN_AMOUNT, parseAmount } from './money.ts';
import type { ResolutionCode } from './organisation.ts';
import type { Refusal } from './refusal.ts';
import { accept, type Result, refuse } from './result.ts';

export type Resolution = {
  readonly code: string;
  readonly note: string | undefined;
  readonly minor: bigint | undefined;
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
 * Refuses: a code this type does not have, a missing note or amount where the code wants one, an amount that is not one
 *          in the exception's currency.
 */
export function readResolution(
  given: { code: string; note: string; amount: string | undefined },
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
    return refuse({ code: 'note_required', resolutionCode: code.code });
  }
  const text = keepable(given.amount ?? '').trim();
  if (text === '') {
    return code.amount === 'required'
      ? refuse({ code: 'amount_required', resolutionCode: code.code })
      : accept({ code: code.code, note: note.value, minor: undefined });
  }
  const amount = parseAmount(text, about.currency, TYPED_AMOUNT);
  if (!amount.ok) return refuse({ code: 'amount_unreadable', detail: amount.refusal.detail });
  return accept({ code: code.code, note: note.value, minor: amount.value });
}
