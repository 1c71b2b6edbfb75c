import { currencyExponent } from './currency.ts';
import { type AmountFormat, type Money, parseAmount } from './money.ts';

/** Amounts of one currency between two bounds, both of them included; an absent bound is open. */
export type AmountRange = {
  readonly atLeast: bigint | undefined;
  readonly atMost: bigint | undefined;
  readonly currency: string;
  /** As it was written: `1000..5000 USD`. */
  readonly text: string;
};

/** As people write amounts in a configuration: `1,234.50`. */
const WRITTEN: AmountFormat = { decimal: '.', group: ',', symbols: [], parentheses: false, unit: 'major' };

/** The range of `1000..5000 USD`, `5000.. USD` or `..99.99 USD`; undefined for anything else, and one that runs backwards. */
export function parseAmountRange(text: string): AmountRange | undefined {
  const match = /^([^.\s]*(?:\.\d+)?)\.\.(\S*)\s+([A-Z]{3})$/.exec(text.trim());
  const [, low = '', high = '', currency = ''] = match ?? [];
  if (!match || (low === '' && high === '') || currencyExponent(currency) === undefined) return undefined;
  const bound = (written: string): bigint | undefined | null => {
    if (written === '') return undefined;
    const amount = parseAmount(written, currency, WRITTEN);
    return amount.ok && amount.value >= 0n ? amount.value : null;
  };
  const [atLeast, atMost] = [bound(low), bound(high)];
  if (atLeast === null || atMost === null) return undefined;
  if (atLeast !== undefined && atMost !== undefined && atLeast > atMost) return undefined;
  return { atLeast, atMost, currency, text: text.trim() };
}

/** Whether the amount lies in the range; one in another currency never does, for nothing is converted. */
export const isInRange = ({ minor, currency }: Money, range: AmountRange): boolean =>
  currency === range.currency &&
  (range.atLeast === undefined || minor >= range.atLeast) &&
  (range.atMost === undefined || minor <= range.atMost);

/** Whether every amount of the inner range lies in the outer one. */
export const encloses = (outer: AmountRange, inner: AmountRange): boolean =>
  outer.currency === inner.currency &&
  (outer.atLeast === undefined || (inner.atLeast !== undefined && inner.atLeast >= outer.atLeast)) &&
  (outer.atMost === undefined || (inner.atMost !== undefined && inner.atMost <= outer.atMost));
