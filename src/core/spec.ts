import type { Expression } from './expression.ts';
import type { Severity } from './severity.ts';

export const SIDES = ['expected', 'actual'] as const;
export type Side = (typeof SIDES)[number];

export const otherSide = (side: Side): Side => (side === 'expected' ? 'actual' : 'expected');

export type SideSpec = { readonly feed: string; readonly amount: string; readonly date: string };

export const CARDINALITIES = ['one-to-one', 'one-to-many', 'many-to-one', 'many-to-many'] as const;
export type Cardinality = (typeof CARDINALITIES)[number];

/** Pairs records whose key fields are equal; `expected[i]` is compared with `actual[i]`. */
export type ExactPass = {
  readonly kind: 'exact';
  readonly name: string;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
  readonly cardinality: Cardinality;
};

/** Records of one side that repeat each other in these fields; the first stays, the others raise one exception. */
export type DuplicateRule = {
  readonly side: Side;
  readonly same: readonly string[];
  readonly raise: string;
  readonly severity: Severity;
};

/** Which records of the actual side are credits, and the field naming the period they belong to. */
export type CreditRule = {
  readonly field: string;
  readonly equals: string;
  readonly period: string | undefined;
};

/**
 * One line of `verify`. When `expect` holds and `then` is set, the group is settled and the reason kept; when it fails and
 * `else` is set, the group raises an exception of that severity.
 */
export type VerifyRule = {
  readonly id: string;
  readonly expect: Expression;
  readonly then: 'auto_resolve' | undefined;
  readonly else: Severity | undefined;
  readonly reason: string;
  readonly notify: string | undefined;
};

export type MissingRule = {
  readonly afterDays: number;
  readonly raise: string;
  readonly severity: Severity;
};

export type Reconciliation = {
  readonly key: string;
  readonly domain: string;
  readonly describes: string;
  readonly zone: string;
  readonly compareIn: string;
  readonly expected: SideSpec;
  readonly actual: SideSpec;
  readonly duplicates: readonly DuplicateRule[];
  readonly find: readonly ExactPass[];
  readonly credits: CreditRule | undefined;
  readonly verify: readonly VerifyRule[];
  /** What raises an exception when the named side has nothing: `missing.actual` speaks about expected records. */
  readonly missing: { readonly expected: MissingRule | undefined; readonly actual: MissingRule | undefined };
};
