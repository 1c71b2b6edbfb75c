import type { Status } from './lifecycle.ts';
import type { Money } from './money.ts';

/** One exception of a group, as far as lists and bulk actions need it. */
export type GroupItem = {
  readonly exceptionId: string;
  readonly number: number;
  readonly version: number;
  readonly status: Status;
  readonly owner: { readonly personId: string; readonly name: string } | undefined;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly atStake: Money;
  /** BCP 47: how the client writes amounts; undefined means as the reader does. */
  readonly amountTag?: string | undefined;
  readonly dueAt: Date;
};

/** How many, and what they are worth per currency, by code. */
export type Sum = { readonly count: number; readonly money: readonly Money[] };

/** Everything a group's card shows, of one moment. */
export type GroupFacts = {
  readonly groupId: string;
  /** Grows with every change of a member. */
  readonly revision: number;
  readonly type: string;
  readonly team: { readonly key: string; readonly name: string };
  readonly openedAt: Date;
  readonly tally: readonly (Sum & { readonly status: Status })[];
  /** Who has how many of the live ones, most first; a few only. */
  readonly owners: readonly { readonly name: string; readonly count: number }[];
  /** How many owners there are in all. */
  readonly ownerCount: number;
  /** The live ones with most at stake. */
  readonly top: readonly GroupItem[];
  /** When the first of the live ones is due; undefined when none is live. */
  readonly firstDueAt: Date | undefined;
};

/** Adds up counts and amounts; amounts of different currencies are never added. */
export function sumOf(items: readonly { readonly atStake: Money }[]): Sum {
  const money = new Map<string, bigint>();
  for (const { atStake } of items)
    money.set(atStake.currency, (money.get(atStake.currency) ?? 0n) + atStake.minor);
  return { count: items.length, money: byCode(money) };
}

/** The sum of sums. */
export function addSums(sums: readonly Sum[]): Sum {
  const money = new Map<string, bigint>();
  for (const { currency, minor } of sums.flatMap((sum) => sum.money)) {
    money.set(currency, (money.get(currency) ?? 0n) + minor);
  }
  return { count: sums.reduce((count, sum) => count + sum.count, 0), money: byCode(money) };
}

const byCode = (money: ReadonlyMap<string, bigint>): Money[] =>
  [...money].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => ({ minor, currency }));
