import { currencyExponent } from './currency.ts';
import { type Amounts, holds } from './expression.ts';
import type { MatchRecord } from './match.ts';
import { amountOf } from './match-key.ts';
import type { Rational } from './rational.ts';
import { graver, type Severity } from './severity.ts';
import { type CreditRule, comparesAmounts, type Reconciliation, type Side, type VerifyRule } from './spec.ts';

/** The sums of one matched group, minor units of `currency`. */
export type GroupSums = {
  /** Undefined where no record of the side has an amount. */
  readonly expectedMinor: bigint | undefined;
  readonly actualMinor: bigint | undefined;
  readonly creditsMinor: bigint;
  /** Undefined where there are several, or no amounts at all. */
  readonly currency: string | undefined;
  /** How many of its records have no amount. */
  readonly withoutAmount: number;
};

export type GroupDecision =
  | { readonly outcome: 'equal' }
  | {
      readonly outcome: 'auto_resolved';
      readonly rule: string;
      readonly reason: string;
      readonly notify: string | undefined;
    }
  | {
      readonly outcome: 'excepted';
      readonly type: 'amount_differs' | 'currency_differs';
      readonly severity: Severity;
      readonly rule: string | undefined;
      readonly reason: string;
    };

/**
 * What becomes of a matched group: equal, settled by a rule, or an exception.
 *
 * Rules are read from the top: the first `then` that holds settles the group, unless an earlier rule already raised;
 * every failed `else` raises, and the gravest of them stands. What no rule speaks of is an unexplained difference.
 */
export function decideGroup(spec: Reconciliation, sums: GroupSums): GroupDecision {
  if (!comparesAmounts(spec)) return { outcome: 'equal' };
  if (sums.withoutAmount > 0) return unruly('amount_differs', 'AMOUNT_MISSING');
  if (sums.currency === undefined) return unruly('currency_differs', 'CURRENCY_DIFFERS');
  if (sums.expectedMinor === sums.actualMinor) return { outcome: 'equal' };
  const amounts = toAmounts(sums, sums.currency);
  let raised: { rule: VerifyRule; severity: Severity } | undefined;
  for (const rule of spec.verify) {
    const held = holds(rule.expect, amounts);
    if (held && rule.then && !raised) {
      return { outcome: 'auto_resolved', rule: rule.id, reason: rule.reason, notify: rule.notify };
    }
    if (!held && rule.else && (!raised || isGraver(rule.else, raised.severity))) {
      raised = { rule, severity: rule.else };
    }
  }
  return {
    outcome: 'excepted',
    type: 'amount_differs',
    severity: raised?.severity ?? 'manual_review',
    rule: raised?.rule.id,
    reason: raised?.rule.reason ?? 'UNEXPLAINED_DIFFERENCE',
  };
}

/** A group whose amounts cannot be compared, so that no rule is asked. */
const unruly = (type: 'amount_differs' | 'currency_differs', reason: string): GroupDecision => ({
  outcome: 'excepted',
  type,
  severity: 'manual_review',
  rule: undefined,
  reason,
});

const isGraver = (a: Severity, b: Severity): boolean => a !== b && graver(a, b) === a;

function toAmounts(sums: GroupSums, currency: string): Amounts {
  const d = 10n ** BigInt(currencyExponent(currency) ?? 2);
  const major = (n: bigint): Rational => ({ n, d });
  const [expected, actual] = [sums.expectedMinor ?? 0n, sums.actualMinor ?? 0n];
  return {
    expected: major(expected),
    actual: major(actual),
    diff: major(actual - expected),
    'sum(credits)': major(sums.creditsMinor),
  };
}

/** The sums of a group's members; the same arithmetic as the SQL that aggregates groups. */
export function sumGroup(members: readonly MatchRecord[], credits: CreditRule | undefined): GroupSums {
  const amounts = members.flatMap((member) => amountOf(member) ?? []);
  const currencies = new Set(amounts.map(({ currency }) => currency));
  const [only] = currencies;
  const on = (side: Side) => members.filter((member) => member.side === side);
  return {
    expectedMinor: sumOf(on('expected')),
    actualMinor: sumOf(on('actual')),
    creditsMinor: sumOf(on('actual').filter((member) => isCredit(member, credits))) ?? 0n,
    currency: currencies.size === 1 ? only : undefined,
    withoutAmount: members.length - amounts.length,
  };
}

function sumOf(members: readonly MatchRecord[]): bigint | undefined {
  const amounts = members.flatMap((member) => amountOf(member) ?? []);
  return amounts.length === 0 ? undefined : amounts.reduce((total, { minor }) => total + minor, 0n);
}

export const isCredit = (member: MatchRecord, credits: CreditRule | undefined): boolean =>
  credits !== undefined && member.side === 'actual' && member.fields[credits.field] === credits.equals;
