import { currencyExponent } from './currency.ts';
import { type GroupItem, type Sum, sumOf } from './group.ts';
import { allows } from './lifecycle.ts';
import { may, type Standing } from './permission.ts';

/** What can be done to many exceptions at once; the first three are chosen from a group, the last two answer an offer. */
export const BULK_ACTIONS = ['claim', 'resolve', 'hand_over', 'accept', 'decline'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

export const CHOSEN_ACTIONS = ['claim', 'resolve', 'hand_over'] as const;
export type ChosenAction = (typeof CHOSEN_ACTIONS)[number];

/** What the list is narrowed to. */
export type BulkFilter = {
  /** A part of the client's name or of the order's, in any case. */
  readonly text?: string;
  /** At stake, in ten-thousandths of one major unit of whatever currency the exception has. */
  readonly atLeast?: bigint;
};

/** Who looks at a group, from Postgres; the act itself decides again. */
export type Chooser = Omit<Standing, 'isOwner'> & { readonly personId: string };

/** Whether the person could do that to this one, as it stands. */
export const canDo = (action: ChosenAction, item: GroupItem, chooser: Chooser): boolean =>
  allows(item.status, action) &&
  may(action, { ...chooser, isOwner: item.owner?.personId === chooser.personId });

/** Whether the filter lets this one through. */
export function passes(item: GroupItem, { text, atLeast }: BulkFilter): boolean {
  const part = text?.toLowerCase() ?? '';
  const isNamed = [item.client, item.orderRef].some((name) => name?.toLowerCase().includes(part) === true);
  if (part !== '' && !isNamed) return false;
  if (atLeast === undefined) return true;
  return item.atStake.minor * 10n ** BigInt(4 - exponentOf(item.atStake.currency)) >= atLeast;
}

function exponentOf(currency: string): number {
  const exponent = currencyExponent(currency);
  if (exponent === undefined) throw new Error(`${currency} is on the record and is no currency`);
  return exponent;
}

const AMOUNT = /^(\d{1,15})(?:[.,](\d{1,4}))?$/;

/** A typed lower limit like `1000` or `99.50`, in ten-thousandths; undefined when it is no amount. */
export function readLimit(text: string): bigint | undefined {
  const [, whole, decimals = ''] = AMOUNT.exec(text.trim()) ?? [];
  return whole === undefined ? undefined : BigInt(whole) * 10_000n + BigInt(decimals.padEnd(4, '0'));
}

/** One page of what can be chosen, and what all pages sum up to. Pages count from 0. */
export type Choice = {
  readonly rows: readonly GroupItem[];
  readonly page: number;
  readonly pages: number;
  readonly all: Sum;
};

export const CHOICES_PER_PAGE = 50;

/** The page that was asked for, or the last one. */
export function pageOf(items: readonly GroupItem[], page: number, perPage: number): Choice {
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  const shown = Math.min(Math.max(0, page), pages - 1);
  return {
    rows: items.slice(shown * perPage, (shown + 1) * perPage),
    page: shown,
    pages,
    all: sumOf(items),
  };
}

/** So many can be ticked one by one; the rest by "all". What a modal remembers is limited. */
export const MOST_TICKED = 400;

/** Exception numbers as short text: each as its distance from the one before, in base 36. */
export function packNumbers(numbers: Iterable<number>): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  return sorted.map((number, index) => (number - (sorted[index - 1] ?? 0)).toString(36)).join('.');
}

/** The numbers again; undefined when the text is not from `packNumbers`. */
export function unpackNumbers(text: string): number[] | undefined {
  if (text === '') return [];
  if (!/^[0-9a-z]{1,6}(?:\.[0-9a-z]{1,6})*$/.test(text)) return undefined;
  let number = 0;
  return text.split('.').map((step) => {
    number += Number.parseInt(step, 36);
    return number;
  });
}

/** The name of one exception's move within a bulk: the same one again has no second effect. */
export const bulkRequestKey = (bulkId: string, exceptionId: string): string =>
  `bulk:${bulkId}:${exceptionId}`;
