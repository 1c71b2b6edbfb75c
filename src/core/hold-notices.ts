import { type HoldNotice, type HoldsNotice, moneyOf, storedMoney } from './message.ts';

/** A hold that ended by itself, and who must hear of it. */
export type Expired = { readonly hold: HoldNotice; readonly addresses: readonly string[] };

/** What one address hears of the holds that ended together. */
export type ExpiryMessage = {
  readonly address: string;
  readonly payload: HoldNotice | HoldsNotice;
};

/** More than this in one message are counted, not listed. */
const LISTED = 10;

/**
 * One message per address, however many holds it is about: a policy whose time is over for a thousand payments at once would keep a
 * channel busy for a thousand seconds. By address, whatever order they came in.
 */
export function expiryMessages(expired: readonly Expired[]): ExpiryMessage[] {
  const byAddress = new Map<string, HoldNotice[]>();
  for (const { hold, addresses } of expired) {
    for (const address of new Set(addresses)) {
      byAddress.set(address, [...(byAddress.get(address) ?? []), hold]);
    }
  }
  return [...byAddress]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([address, holds]) => ({ address, payload: payloadOf(holds) }));
}

function payloadOf(holds: readonly HoldNotice[]): HoldNotice | HoldsNotice {
  const [only, ...others] = holds;
  if (only !== undefined && others.length === 0) return only;
  const lines = holds
    .toSorted(byMoney)
    .slice(0, LISTED)
    .map(({ notice: _, ...line }) => line);
  return { notice: 'holds_expired', count: holds.length, total: totalOf(holds), lines };
}

function totalOf(holds: readonly HoldNotice[]): HoldsNotice['total'] {
  const amounts = holds.flatMap(({ amount }) => (amount === null ? [] : [moneyOf(amount)]));
  const [currency, ...others] = new Set(amounts.map((amount) => amount.currency));
  if (currency === undefined || others.length > 0 || amounts.length < holds.length) return null;
  return storedMoney({ currency, minor: amounts.reduce((sum, { minor }) => sum + minor, 0n) });
}

/** What holds everything is the largest. */
function byMoney(a: HoldNotice, b: HoldNotice): number {
  const [one, other] = [minorOf(a), minorOf(b)];
  if (one !== other) return one === undefined || (other !== undefined && one > other) ? -1 : 1;
  return a.label < b.label ? -1 : 1;
}

const minorOf = ({ amount }: HoldNotice): bigint | undefined =>
  amount === null ? undefined : moneyOf(amount).minor;
