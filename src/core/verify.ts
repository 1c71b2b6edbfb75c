import { currencyExponent } from './currency.ts';
import { type Amounts, holds } from './expression.ts';
import type { MatchRecord } from './match.ts';
import type { Rational } from './rational.ts';
import { graver, type Severity } from './severity.ts';
import type { CreditRule, Reconciliation, Side, VerifyRule } from './spec.ts';

/** The sums of one matched group, minor units of `currency`; several currencies leave it undefined. */
export type GroupSums = {
  readonly expectedMinor: bigint;
  readonly actualMinor: bigint;
  readonly creditsMinor: bigint;
  readonly currency: string | undefined;
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
  if (sums.currency === undefined) {
    return {
      outcome: 'excepted',
      type: 'currency_differs',
      severity: 'manual_review',
      rule: undefined,
      reason: 'CURRENCY_DIFFERS',
    };
  }
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

const isGraver = (a: Severity, b: Severity): boolean => a !== b && graver(a, b) === a;

function toAmounts(sums: GroupSums, currency: string): Amounts {
  const d = 10n ** BigInt(currencyExponent(currency) ?? 2);
  const major = (n: bigint): Rational => ({ n, d });
  return {
    expected: major(sums.expectedMinor),
    actual: major(sums.actualMinor),
    diff: major(sums.actualMinor - sums.expectedMinor),
    'sum(credits)': major(sums.creditsMinor),
  };
}

/** The sums of a group's members; the same arithmetic as the SQL that aggregates groups. */
export function sumGroup(members: readonly MatchRecord[], credits: CreditRule | undefined): GroupSums {
  const currencies = new Set(members.map((member) => member.currency));
  const [only] = currencies;
  const sum = (of: readonly MatchRecord[]) => of.reduce((total, member) => total + member.amountMinor, 0n);
  const on = (side: Side) => members.filter((member) => member.side === side);
  return {
    expectedMinor: sum(on('expected')),
    actualMinor: sum(on('actual')),
    creditsMinor: sum(on('actual').filter((member) => isCredit(member, credits))),
    currency: currencies.size === 1 ? only : undefined,
  };
}

export const isCredit = (member: MatchRecord, credits: CreditRule | undefined): boolean =>
  credits !== undefined && member.side === 'actual' && member.fields[credits.field] === credits.equals;
