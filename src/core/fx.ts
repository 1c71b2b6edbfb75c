import type { Finding } from './card.ts';
import { currencyExponent } from './currency.ts';
import { firstWhere } from './first-where.ts';
import type { MatchRecord } from './match.ts';
import { amountOf } from './match-key.ts';
import { formatMoney, type Money } from './money.ts';
import { fromDecimal } from './rational.ts';
import type { CreditRule, Reconciliation } from './spec.ts';
import { type GroupSums, sumGroup } from './verify.ts';

/** A rate as it was quoted: so many units of the compared currency for one of `from`, on a day. */
export type Rate = { readonly from: string; readonly on: string; readonly rate: string };

/** Rates into one currency by the currency they are from, each list in the order of days. */
export type Rates = ReadonlyMap<string, readonly Rate[]>;

/** A quote is a plain decimal above zero. */
const QUOTE = /^(?!0+(?:\.0+)?$)\d{1,20}(?:\.\d{1,20})?$/;

/** Rates as they are looked up; what is no quote is none of them. */
export function toRates(quoted: readonly Rate[]): Rates {
  const inOrder = quoted
    .filter(({ rate }) => QUOTE.test(rate))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const rates = new Map<string, Rate[]>();
  for (const one of inOrder) {
    const known = rates.get(one.from);
    if (known) known.push(one);
    else rates.set(one.from, [one]);
  }
  return rates;
}

/** The rates of the latest day that is not after another one; looked up, as a source may know thirty years of days. */
function newestBy(rates: readonly Rate[], on: string): readonly Rate[] {
  const end = firstWhere(rates.length, (at) => (rates[at]?.on ?? '') > on);
  let first = end;
  while (first > 0 && rates[first - 1]?.on === rates[end - 1]?.on) first -= 1;
  return rates.slice(first, end);
}

/** Why an amount is not compared. */
const RATE_REASONS = ['RATE_MISSING', 'RATE_TOO_OLD', 'RATE_AMBIGUOUS', 'AMOUNT_TOO_LARGE'] as const;
type Unrated = { readonly reason: (typeof RATE_REASONS)[number]; readonly text: string };
type Rated = { readonly money: Money; readonly by: Rate | undefined };

/** What a mixed group comes to in the compared currency; or why it is not compared. `notes` say how, for people. */
export type RatedGroup = {
  readonly sums: GroupSums;
  /** The rates that were used, so that another rate is another input. */
  readonly inputs: string | undefined;
  readonly unrated: string | undefined;
  readonly notes: readonly Finding[];
};

type Rule = { readonly compareIn: string; readonly maxAgeDays: number };

/** Below what ten thousand of them still add up to exactly. */
const LARGEST_MINOR = 4n * 10n ** 14n;
/**
 * The amount in the compared currency by the latest rate of its day or before, not older than allowed. Nothing is inverted,
 * crossed, or carried on: without such a rate there is no amount.
 *
 * Exact: each amount is converted on its own, and rounded once to whole minor units, half away from zero.
 */
export function convert(
  amount: Money,
  on: string,
  { rates, rule }: { rates: Rates; rule: Rule },
): Rated | Unrated {
  const { compareIn, maxAgeDays } = rule;
  if (amount.currency === compareIn) return { money: amount, by: undefined };
  const pair = `${amount.currency} to ${compareIn}`;
  const ofDay = newestBy(rates.get(amount.currency) ?? [], on);
  const newest = ofDay.at(-1);
  if (!newest) return { reason: 'RATE_MISSING', text: `no rate from ${pair} on ${on} or before` };
  if (daysBetween(newest.on, on) > maxAgeDays) {
    const text = `the newest rate from ${pair} before ${on} is of ${newest.on}; at most ${maxAgeDays}d old is allowed`;
    return { reason: 'RATE_TOO_OLD', text };
  }
  const same = new Set(ofDay.map(({ rate }) => rational(rate)));
  if (same.size > 1) return { reason: 'RATE_AMBIGUOUS', text: `several rates from ${pair} on ${newest.on}` };
  const money = { minor: times(amount, newest.rate, compareIn), currency: compareIn };
  const isLarge = money.minor > LARGEST_MINOR || money.minor < -LARGEST_MINOR;
  if (isLarge)
    return { reason: 'AMOUNT_TOO_LARGE', text: `${formatMoney(amount)} is too large to be converted` };
  return { money, by: newest };
}

/** One spelling per value: `1.10` and `1.1` are one rate. */
const rational = (rate: string): string =>
  rate.includes('.') ? rate.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, '') : rate.replace(/^0+(?=\d)/, '');

function times({ minor, currency }: Money, rate: string, into: string): bigint {
  const { n, d } = fromDecimal(rate);
  const top = minor * n * 10n ** BigInt(currencyExponent(into) ?? 2);
  const bottom = d * 10n ** BigInt(currencyExponent(currency) ?? 2);
  const magnitude = top < 0n ? -top : top;
  const rounded = (2n * magnitude + bottom) / (2n * bottom);
  return top < 0n ? -rounded : rounded;
}

const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;

/** A group of several currencies as it compares in one; undefined where it has one anyway, or the spec names no rates. */
export function rateGroup(
  spec: Pick<Reconciliation, 'compareIn' | 'rates' | 'credits'>,
  rates: Rates,
  { sums, members }: { readonly sums: GroupSums; readonly members: readonly MatchRecord[] },
): RatedGroup | undefined {
  if (spec.rates === undefined || sums.currency !== undefined || sums.withoutAmount > 0) return undefined;
  const rule = { compareIn: spec.compareIn, maxAgeDays: spec.rates.maxAgeDays };
  const made = members.map((member) => {
    const amount = amountOf(member);
    if (!amount) throw new Error(`record ${member.recordId} of a group with amounts has none`);
    return { member, amount, rated: convert(amount, member.occurredOn, { rates, rule }) };
  });
  const notes = made.flatMap(({ member, amount, rated }) => noteOf(member, amount, rated));
  const [problem] = made.flatMap(({ rated }) => ('reason' in rated ? [rated] : []));
  if (problem) return { sums, inputs: undefined, unrated: problem.reason, notes };
  return {
    sums: sumsOf(
      made.map(({ member, rated }) => ({ member, rated: rated as Rated })),
      spec.credits,
    ),
    inputs: made
      .flatMap(({ rated }) =>
        'by' in rated && rated.by ? [`${rated.by.from}@${rated.by.on}=${rated.by.rate}`] : [],
      )
      .sort()
      .join(','),
    unrated: undefined,
    notes,
  };
}

const sumsOf = (
  made: readonly { member: MatchRecord; rated: Rated }[],
  credits: CreditRule | undefined,
): GroupSums =>
  sumGroup(
    made.map(({ member, rated }) => ({
      ...member,
      amountMinor: rated.money.minor,
      currency: rated.money.currency,
    })),
    credits,
  );

function noteOf({ side }: MatchRecord, amount: Money, rated: Rated | Unrated): Finding[] {
  const note = (text: string): Finding[] => [
    {
      field: 'rate',
      expected: side === 'expected' ? text : undefined,
      actual: side === 'actual' ? text : undefined,
    },
  ];
  if ('reason' in rated) return note(`${formatMoney(amount)}: ${rated.text}`);
  if (!rated.by) return [];
  return note(`${formatMoney(amount)} at ${rated.by.rate} of ${rated.by.on} is ${formatMoney(rated.money)}`);
}
