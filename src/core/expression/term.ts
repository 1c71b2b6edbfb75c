import type { Side } from '../spec.ts';

/** The amounts a rule may speak of: the two sums, their difference (actual − expected) and the credits in the group. */
export const AMOUNT_NAMES = ['expected', 'actual', 'diff', 'sum(credits)'] as const;
export type AmountName = (typeof AMOUNT_NAMES)[number];

export const COMPARISONS = ['<=', '>=', '!=', '<', '>', '='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/**
 * What a term stands for. `literal` is a bare number, which is an amount beside amounts and a number beside numbers;
 * `any` is a field whose contract could not be read.
 */
export type TermType = 'money' | 'number' | 'date' | 'days' | 'text' | 'literal' | 'any';

/** A field of one side; `isAmount` is the record's own amount, which is not kept among its fields. */
export type FieldRef = {
  readonly side: Side;
  readonly name: string;
  readonly type: TermType;
  readonly isAmount: boolean;
};

export type Literal = {
  readonly kind: 'literal';
  readonly type: TermType;
  /** A plain decimal, whole days, a day, or the text itself. */
  readonly text: string;
  /** Of an amount in one currency (`5.00 USD`): it is no value beside amounts of another. */
  readonly currency?: string | undefined;
};

export type Term =
  | { readonly kind: 'amount'; readonly name: AmountName; readonly type: 'money' }
  /** The value of one record; a condition with such terms must hold for every record of that side. */
  | { readonly kind: 'field'; readonly field: FieldRef; readonly type: TermType }
  /** One value of the whole group, over the fields of one side or of both. */
  | {
      readonly kind: 'aggregate';
      readonly of: 'sum' | 'min' | 'max' | 'distinct';
      readonly fields: readonly FieldRef[];
      readonly type: TermType;
    }
  | { readonly kind: 'count'; readonly side: Side; readonly type: 'number' }
  | Literal
  /** `share` is a plain decimal: 0.02 for 2 %. */
  | { readonly kind: 'percent'; readonly share: string; readonly of: Term; readonly type: TermType }
  | {
      readonly kind: 'call';
      readonly name: 'max' | 'min';
      readonly args: readonly Term[];
      readonly type: TermType;
    }
  | {
      readonly kind: 'binary';
      readonly op: '+' | '-' | '*';
      readonly left: Term;
      readonly right: Term;
      readonly type: TermType;
    };

export type Test =
  | { readonly kind: 'compare'; readonly op: Comparison; readonly left: Term; readonly right: Term }
  /** `null` in the list stands for a missing value. */
  | { readonly kind: 'in'; readonly term: Term; readonly list: readonly (Literal | null)[] }
  | { readonly kind: 'missing'; readonly term: Term }
  | { readonly kind: 'all'; readonly tests: readonly Test[] }
  | { readonly kind: 'any'; readonly tests: readonly Test[] }
  | { readonly kind: 'not'; readonly test: Test };

/** A closed, typed condition, as `abs(diff) <= max(5.00, 2% of expected)` or `invoice_date >= done_at`. */
export type Condition = {
  readonly text: string;
  readonly test: Test;
  /** Sides of whose records it speaks one by one: it holds when it holds for each of them. */
  readonly each: readonly Side[];
};

/** Every term of a test, outer ones first. */
export function termsOf(test: Test): readonly Term[] {
  if (test.kind === 'compare') return [...within(test.left), ...within(test.right)];
  if (test.kind === 'in' || test.kind === 'missing') return within(test.term);
  if (test.kind === 'not') return termsOf(test.test);
  return test.tests.flatMap(termsOf);
}

function within(term: Term): readonly Term[] {
  if (term.kind === 'percent') return [term, ...within(term.of)];
  if (term.kind === 'call') return [term, ...term.args.flatMap(within)];
  if (term.kind === 'binary') return [term, ...within(term.left), ...within(term.right)];
  return [term];
}

/** The fields a condition reads, of single records and of groups, each once. */
export function fieldsOf({ test }: Condition): readonly FieldRef[] {
  const found = termsOf(test).flatMap((term) => {
    if (term.kind === 'field') return [term.field];
    return term.kind === 'aggregate' ? term.fields : [];
  });
  const keyOf = ({ side, name }: FieldRef): string => `${side}.${name}`;
  return [...new Map(found.map((field) => [keyOf(field), field])).values()];
}

/** The amounts of the group that a condition speaks of. */
export const amountsOf = ({ test }: Condition): readonly AmountName[] => [
  ...new Set(termsOf(test).flatMap((term) => (term.kind === 'amount' ? [term.name] : []))),
];

/** Whether it speaks of the sums alone; such a rule has nothing to say where they agree. */
export const isAboutAmounts = (condition: Condition): boolean =>
  termsOf(condition.test).every(({ kind }) => kind !== 'field' && kind !== 'aggregate' && kind !== 'count');
