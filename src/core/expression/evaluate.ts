import { currencyExponent } from '../currency.ts';
import type { MatchRecord } from '../match.ts';
import { amountOf, ownField } from '../match-key.ts';
import { add, compare, fromDecimal, multiply, type Rational, subtract } from '../rational.ts';
import type { Side } from '../spec.ts';
import { dayNumber } from './day.ts';
import {
  type AmountName,
  type Comparison,
  type Condition,
  type FieldRef,
  type Literal,
  type Term,
  type TermType,
  type Test,
  termsOf,
} from './term.ts';

/** A number, an amount in major units, or a day counted from 1970; or a text. Undefined: there is no value. */
type Value = Rational | string | undefined;

/** What a condition about a matched group looks at. */
export type GroupFacts = {
  readonly amounts: Readonly<Record<AmountName, Rational | undefined>>;
  /** Of the amounts. */
  readonly currency: string | undefined;
  readonly members: readonly MatchRecord[];
};

type Context = {
  readonly facts: GroupFacts;
  /** The record of each side that is looked at in this moment. */
  readonly at: Partial<Readonly<Record<Side, MatchRecord>>>;
  /** Values of the group as a whole, each worked out once. */
  readonly known: Map<Term, Value>;
};

/**
 * Whether the condition holds for the group: for each record, or each pair of records, that it speaks of one by one.
 * Exact, nothing is rounded. A missing value is equal to nothing, and neither less nor more.
 */
export function holdsInGroup(condition: Condition, facts: GroupFacts): boolean {
  return failingIn(condition, facts) === undefined;
}

/** The records for which the condition does not hold; undefined when it holds. For a condition about sums there are none. */
export function failingIn(condition: Condition, facts: GroupFacts): readonly MatchRecord[] | undefined {
  const known = new Map<Term, Value>();
  for (const expected of looked(condition, facts, 'expected')) {
    for (const actual of looked(condition, facts, 'actual')) {
      const at = { ...(expected && { expected }), ...(actual && { actual }) };
      if (!passes(condition.test, { facts, at, known }))
        return [expected, actual].filter((one) => one !== undefined);
    }
  }
  return undefined;
}

/** The records of a side to look at one by one; those that say the same in what is read, once. */
function looked(
  { each, test }: Condition,
  { members }: GroupFacts,
  side: Side,
): readonly (MatchRecord | undefined)[] {
  if (!each.includes(side)) return [undefined];
  const fields = termsOf(test).flatMap((term) =>
    term.kind === 'field' && term.field.side === side ? [term.field] : [],
  );
  const different = new Map<string, MatchRecord>();
  for (const member of members.filter((one) => one.side === side)) {
    const key = JSON.stringify(fields.map((field) => textOf(field, member) ?? null));
    if (!different.has(key)) different.set(key, member);
  }
  return [...different.values()];
}

/** Whether a condition about single records of a side holds for this one. */
export function holdsForRecord(condition: Condition, record: MatchRecord): boolean {
  const amounts = { expected: undefined, actual: undefined, diff: undefined, 'sum(credits)': undefined };
  const facts = { amounts, currency: record.currency, members: [record] };
  return passes(condition.test, { facts, at: { [record.side]: record }, known: new Map() });
}

function passes(test: Test, context: Context): boolean {
  if (test.kind === 'not') return !passes(test.test, context);
  if (test.kind === 'all') return test.tests.every((one) => passes(one, context));
  if (test.kind === 'any') return test.tests.some((one) => passes(one, context));
  if (test.kind === 'missing') return termValue(test.term, context) === undefined;
  if (test.kind === 'compare') {
    return CHECKS[test.op](order(termValue(test.left, context), termValue(test.right, context)));
  }
  const value = termValue(test.term, context);
  return test.list.some((item) =>
    item === null ? value === undefined : order(value, termValue(item, context)) === 0,
  );
}

/** Negative, 0 or positive; undefined when one is missing or they are different texts. */
function order(left: Value, right: Value): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (typeof left === 'string' || typeof right === 'string') return left === right ? 0 : undefined;
  return compare(left, right);
}

const CHECKS = {
  '<=': (found) => found !== undefined && found <= 0,
  '>=': (found) => found !== undefined && found >= 0,
  '<': (found) => found !== undefined && found < 0,
  '>': (found) => found !== undefined && found > 0,
  '=': (found) => found === 0,
  '!=': (found) => found !== 0,
} as const satisfies Record<Comparison, (found: number | undefined) => boolean>;

const whole = (n: number): Rational => ({ n: BigInt(n), d: 1n });

function termValue(term: Term, context: Context): Value {
  if (term.kind === 'amount') return context.facts.amounts[term.name];
  if (term.kind === 'literal') return literalOf(term, context.facts.currency);
  if (term.kind === 'field') return fieldOf(term.field, context.at[term.field.side]);
  if (term.kind === 'aggregate' || term.kind === 'count') return remembered(term, context);
  if (term.kind === 'percent')
    return calculated([fromText(term.share), termValue(term.of, context)], multiply);
  if (term.kind === 'binary') {
    return calculated([termValue(term.left, context), termValue(term.right, context)], ARITHMETIC[term.op]);
  }
  return calculated(
    term.args.map((arg) => termValue(arg, context)),
    CALLS[term.name],
  );
}

const ARITHMETIC = { '+': add, '-': subtract, '*': multiply } as const;
const CALLS = {
  max: (a: Rational, b: Rational) => (compare(a, b) >= 0 ? a : b),
  min: (a: Rational, b: Rational) => (compare(a, b) <= 0 ? a : b),
} as const;

/** Undefined as soon as one value is missing. */
function calculated(values: readonly Value[], by: (a: Rational, b: Rational) => Rational): Value {
  const numbers = values.filter((value): value is Rational => typeof value === 'object');
  return numbers.length === values.length ? numbers.reduce(by) : undefined;
}

function literalOf({ type, text, currency }: Literal, ofGroup: string | undefined): Value {
  if (currency !== undefined && currency !== ofGroup) return undefined;
  return type === 'text' ? text : typed(type, text);
}

function remembered(term: Extract<Term, { kind: 'aggregate' | 'count' }>, context: Context): Value {
  if (!context.known.has(term)) context.known.set(term, ofGroup(term, context.facts.members));
  return context.known.get(term);
}

function ofGroup(
  term: Extract<Term, { kind: 'aggregate' | 'count' }>,
  members: readonly MatchRecord[],
): Value {
  if (term.kind === 'count') return whole(members.filter(({ side }) => side === term.side).length);
  const values = term.fields.flatMap((field) =>
    members.filter(({ side }) => side === field.side).map((member) => fieldOf(field, member)),
  );
  if (term.of === 'distinct') {
    const texts = term.fields.flatMap((field) =>
      members.flatMap((member) => (member.side === field.side ? (textOf(field, member) ?? []) : [])),
    );
    return whole(new Set(texts).size);
  }
  // Records without the value are left out, as in every sum of a column.
  const numbers = values.filter((value): value is Rational => typeof value === 'object');
  return numbers.length === 0 ? undefined : numbers.reduce(term.of === 'sum' ? add : CALLS[term.of]);
}

/** The field as text, an amount with its currency; undefined where it is missing or empty. */
function textOf({ name, isAmount }: FieldRef, record: MatchRecord): string | undefined {
  if (!isAmount) return ownField(record, name) || undefined;
  const amount = amountOf(record);
  return amount && `${amount.minor} ${amount.currency}`;
}

function fieldOf(field: FieldRef, record: MatchRecord | undefined): Value {
  if (record === undefined) return undefined;
  if (field.isAmount) {
    const amount = amountOf(record);
    return amount && { n: amount.minor, d: 10n ** BigInt(currencyExponent(amount.currency) ?? 2) };
  }
  const text = textOf(field, record);
  return text === undefined || field.type === 'text' || field.type === 'any' ? text : typed(field.type, text);
}

/** What a text means as a number or a day; undefined when it is none, as after a change of its contract. */
function typed(type: TermType, text: string): Rational | undefined {
  if (type !== 'date') return fromText(text);
  const day = dayNumber(text);
  return day === undefined ? undefined : whole(day);
}

const NUMBER = /^-?[0-9]{1,60}(?:\.[0-9]{1,60})?$/;

function fromText(text: string): Rational | undefined {
  if (!NUMBER.test(text)) return undefined;
  const { n, d } = fromDecimal(text.replace('-', ''));
  return { n: text.startsWith('-') ? -n : n, d };
}
