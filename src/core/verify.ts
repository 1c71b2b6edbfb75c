import { currencyExponent } from './currency.ts';
import { failingIn, type GroupFacts } from './expression/evaluate.ts';
import { amountsOf, type Condition, fieldsOf, isAboutAmounts, termsOf } from './expression/term.ts';
import type { MatchRecord } from './match.ts';
import { amountOf, ownField } from './match-key.ts';
import { formatMoney } from './money.ts';
import { isOneSided, ONE_SIDED } from './one-sided.ts';
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

/** A rule that did not hold: what it expects, and what the records say instead. */
export type FailedRule = { readonly id: string; readonly expects: string; readonly found: string };

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
      readonly type: string;
      readonly severity: Severity;
      readonly rule: string | undefined;
      readonly reason: string;
      /** Every failed rule that raises and speaks of more than the two sums. */
      readonly failed: readonly FailedRule[];
    };

type Group = {
  readonly pass?: string;
  readonly sums: GroupSums;
  readonly members: readonly MatchRecord[];
  /** Why its currencies are not compared, where rates were asked for. */
  readonly unrated?: string | undefined;
};

/** The group as conditions look at it. */
export const factsOf = ({ sums, members }: Group): GroupFacts => ({
  amounts: toAmounts(sums),
  currency: sums.currency,
  members,
});

/** Whether the group's sums do not agree, where they have to. */
export const sumsDiffer = (spec: Pick<Reconciliation, Side>, sums: GroupSums): boolean =>
  comparesAmounts(spec) && sums.expectedMinor !== sums.actualMinor;

/**
 * What becomes of a matched group: equal, settled by a rule, or an exception.
 *
 * Rules are read from the top: the first `then` that holds settles the group, unless an earlier rule already raised;
 * every failed `else` raises, and the gravest of them stands. A rule about amounts alone is asked only where the sums
 * differ, and a difference that no rule speaks of is unexplained.
 */
export function decideGroup(
  spec: Reconciliation,
  { pass = '', sums, members, unrated }: Group,
): GroupDecision {
  if (isOneSided(pass)) {
    return { outcome: 'auto_resolved', rule: pass, reason: ONE_SIDED[pass].reason, notify: undefined };
  }
  if (comparesAmounts(spec)) {
    if (sums.withoutAmount > 0) return unruly('amount_differs', 'AMOUNT_MISSING');
    if (sums.currency === undefined) return unruly('currency_differs', unrated ?? 'CURRENCY_DIFFERS');
  }
  const differs = sumsDiffer(spec, sums);
  const facts = factsOf({ sums, members });
  const failed: FailedRule[] = [];
  let raised: { rule: VerifyRule; severity: Severity } | undefined;
  for (const rule of spec.verify) {
    if (!differs && isAboutAmounts(rule.expect)) continue;
    const failing = failingIn(rule.expect, facts);
    if (!failing && rule.then && !raised) {
      return { outcome: 'auto_resolved', rule: rule.id, reason: rule.reason, notify: rule.notify };
    }
    if (!failing || !rule.else) continue;
    if (!raised || isGraver(rule.else, raised.severity)) raised = { rule, severity: rule.else };
    if (!isAboutSums(rule.expect)) failed.push(failedRule(rule, { failing, members, sums }));
  }
  if (!raised) return differs ? unruly('amount_differs', 'UNEXPLAINED_DIFFERENCE') : { outcome: 'equal' };
  const { rule, severity } = raised;
  return { outcome: 'excepted', type: raiseOf(rule), severity, rule: rule.id, reason: rule.reason, failed };
}

/** Whether the two sums, which are told anyway, are all that it speaks of. */
const isAboutSums = (condition: Condition): boolean =>
  isAboutAmounts(condition) && !amountsOf(condition).includes('sum(credits)');

/** The type of what the rule raises when it fails. */
export const raiseOf = ({ raise, expect }: VerifyRule): string =>
  raise ?? (isAboutAmounts(expect) ? 'amount_differs' : 'fields_differ');

/** A group that no rule decided. */
const unruly = (type: 'amount_differs' | 'currency_differs', reason: string): GroupDecision => ({
  outcome: 'excepted',
  type,
  severity: 'manual_review',
  rule: undefined,
  reason,
  failed: [],
});

const isGraver = (a: Severity, b: Severity): boolean => a !== b && graver(a, b) === a;

/** So many different values of one field are shown. */
const SHOWN_VALUES = 5;

/** What the fields of a failed rule say: of the records it failed for, or of the whole group where it speaks of that. */
function failedRule(
  rule: VerifyRule,
  { failing, members, sums }: { failing: readonly MatchRecord[] } & Pick<Group, 'members' | 'sums'>,
): FailedRule {
  const ofFields = fieldsOf(rule.expect).map(({ side, name, isAmount }) => {
    const single = failing.filter((member) => member.side === side);
    const asked = single.length > 0 ? single : members.filter((member) => member.side === side);
    const values = asked.map(
      (member) => (isAmount ? amountWords(member) : ownField(member, name)) || 'nothing',
    );
    const different = [...new Set(values)];
    const more = different.length > SHOWN_VALUES ? ', …' : '';
    return `${side}.${name} ${different.slice(0, SHOWN_VALUES).join(', ')}${more}`;
  });
  const found = [...ofFields, ...countWords(rule.expect, members), ...creditWords(rule.expect, sums)];
  return { id: rule.id, expects: rule.expect.text, found: found.join('; ') };
}

function countWords({ test }: Condition, members: readonly MatchRecord[]): readonly string[] {
  const counted = new Set(termsOf(test).flatMap((term) => (term.kind === 'count' ? [term.side] : [])));
  return [...counted].map((side) => `count(${side}) ${members.filter((one) => one.side === side).length}`);
}

function creditWords(condition: Condition, { creditsMinor, currency }: GroupSums): readonly string[] {
  if (currency === undefined || !amountsOf(condition).includes('sum(credits)')) return [];
  return [`sum(credits) ${formatMoney({ minor: creditsMinor, currency })}`];
}

function amountWords(member: MatchRecord): string | undefined {
  const amount = amountOf(member);
  return amount && formatMoney(amount);
}

function toAmounts({ expectedMinor, actualMinor, creditsMinor, currency }: GroupSums): GroupFacts['amounts'] {
  const d = 10n ** BigInt(currencyExponent(currency ?? '') ?? 2);
  const major = (n: bigint | undefined): Rational | undefined =>
    currency === undefined || n === undefined ? undefined : { n, d };
  const difference =
    expectedMinor === undefined || actualMinor === undefined ? undefined : actualMinor - expectedMinor;
  return {
    expected: major(expectedMinor),
    actual: major(actualMinor),
    diff: major(difference),
    'sum(credits)': major(creditsMinor),
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

/** Whether a rule asks for more than sums, so that it may have something to say of groups that are equal. */
export const asksBeyondAmounts = ({ verify }: Pick<Reconciliation, 'verify'>): boolean =>
  verify.some(({ expect }) => !isAboutAmounts(expect));
