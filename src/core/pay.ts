import type { Hold } from './hold.ts';
import type { Money } from './money.ts';

/** The payment somebody is about to make, as far as they name it; at least one of the three. */
export type PayAsk = {
  readonly client?: string | undefined;
  readonly order?: string | undefined;
  readonly payee?: string | undefined;
};

/** Why a payment may not go. All but `held` say that nobody can know, and what nobody can know is not paid. */
export const PAY_REASONS = [
  'held',
  'unknown_client',
  'unknown_order',
  'unknown_payee',
  'another_client',
  'another_payee',
  'not_reconciled',
  'stale',
] as const;
export type PayReason = (typeof PAY_REASONS)[number];

/** What an answer shows of a hold that covers the asked payment. */
export type CoveringHold = Pick<
  Hold,
  | 'holdId'
  | 'number'
  | 'kind'
  | 'client'
  | 'orderRef'
  | 'payee'
  | 'amount'
  | 'reason'
  | 'note'
  | 'placedAt'
  | 'expiresAt'
> & {
  /** Of the exception that holds; undefined for a hold that a person placed. */
  readonly exceptionNumber: number | undefined;
};

/** What the record says about the asked payment. */
export type PayFacts = {
  /** The open holds that cover it. */
  readonly holds: readonly CoveringHold[];
  readonly isClientKnown: boolean;
  readonly isOrderKnown: boolean;
  readonly isPayeeKnown: boolean;
  /** Whether the asked client, or payee, is none of those that the documents of the asked order name. */
  readonly isAnotherClient: boolean;
  readonly isAnotherPayee: boolean;
  /** Whether something came that no run has compared yet: a document of the asked order, else any delivery. */
  readonly isAhead: boolean;
  /** Start of the latest run that went through, of the reconciliation that was run longest ago; undefined when one never was. */
  readonly lastRunAt: Date | undefined;
};

export type PayAnswer = { readonly pay: boolean; readonly because: readonly PayReason[] };

/**
 * Whether the payment may go: only when nothing holds it and that is known for certain.
 *
 * Units: `freshWithinMs` is how old the latest run may be.
 */
export function mayPay(
  ask: PayAsk,
  facts: PayFacts,
  { now, freshWithinMs }: { now: Date; freshWithinMs: number },
): PayAnswer {
  const isStale = facts.lastRunAt === undefined || now.getTime() - facts.lastRunAt.getTime() > freshWithinMs;
  const because = (
    [
      ['held', facts.holds.length > 0],
      ['unknown_client', ask.client !== undefined && !facts.isClientKnown],
      ['unknown_order', ask.order !== undefined && !facts.isOrderKnown],
      ['unknown_payee', ask.payee !== undefined && !facts.isPayeeKnown],
      ['another_client', facts.isAnotherClient],
      ['another_payee', facts.isAnotherPayee],
      ['not_reconciled', facts.isAhead],
      ['stale', isStale],
    ] as const
  ).flatMap(([reason, isSo]) => (isSo ? [reason] : []));
  return { pay: because.length === 0, because };
}

/** What the holds come to, per currency in the order of its code; a hold of everything is in no sum. */
export function heldSums(holds: readonly Pick<Hold, 'amount'>[]): Money[] {
  const sums = new Map<string, bigint>();
  for (const { amount } of holds) {
    if (amount) sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + amount.minor);
  }
  return [...sums].map(([currency, minor]) => ({ minor, currency })).sort(byCurrency);
}

const byCurrency = (a: Money, b: Money): number => (a.currency < b.currency ? -1 : 1);
