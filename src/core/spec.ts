import type { Condition } from './expression/term.ts';
import type { OwnershipRow } from './organisation.ts';
import type { ChecksRule } from './run-checks.ts';
import type { Severity } from './severity.ts';

export const SIDES = ['expected', 'actual'] as const;
export type Side = (typeof SIDES)[number];

export const otherSide = (side: Side): Side => (side === 'expected' ? 'actual' : 'expected');

export type SideSpec = {
  readonly feed: string;
  /** The feed's amount; undefined when this side's amounts are not compared. */
  readonly amount: string | undefined;
  readonly date: string;
  /** The field that names who is paid. */
  readonly payee?: string | undefined;
  /** Which of the feed's records take part; undefined: all. */
  readonly when?: Condition | undefined;
};

export const CARDINALITIES = ['one-to-one', 'one-to-many', 'many-to-one', 'many-to-many'] as const;
export type Cardinality = (typeof CARDINALITIES)[number];

/** From how many to how many days after the expected record the actual one lies; negative: before it. */
export type Window = { readonly from: number; readonly to: number };

/** Pairs records whose key fields are equal; `expected[i]` is compared with `actual[i]`. */
export type ExactPass = {
  readonly kind: 'exact';
  readonly name: string;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
  readonly cardinality: Cardinality;
  /** How far apart the days may lie; undefined: any distance. */
  readonly window?: Window | undefined;
  /** What the sums must keep for the pass to take a group; undefined: any difference, which the rules judge. */
  readonly tolerance?: Condition | undefined;
};

export const COMPARISON_KINDS = ['text', 'name', 'reference', 'exact', 'money', 'lag'] as const;
export type ComparisonKind = (typeof COMPARISON_KINDS)[number];

/** What is compared of two records: a field of each side, or the amounts (`money`), or the days (`lag`). */
export type Comparison = {
  readonly expected: string;
  readonly actual: string;
  readonly kind: ComparisonKind;
};

/** Pairs records that probably belong together, one to one, by weighing what they agree in. */
export type SimilarPass = {
  readonly kind: 'similar';
  readonly name: string;
  /** Fields that must be equal for two records to be compared at all; `expected[i]` with `actual[i]`. */
  readonly within: { readonly expected: readonly string[]; readonly actual: readonly string[] };
  readonly gates: {
    /** The largest difference of the amounts, in millionths of the larger one. */
    readonly amountPpm: number | undefined;
    /** Days from the expected to the actual record. */
    readonly days: Window | undefined;
  };
  readonly compare: readonly Comparison[];
};

/** Puts one record together with the several of the other side that add up to it, where only one set does. */
export type CombinePass = {
  readonly kind: 'combine';
  readonly name: string;
  /** Fields that must be equal, and which tell whose it is. */
  readonly within: { readonly expected: readonly string[]; readonly actual: readonly string[] };
  readonly cardinality: 'one-to-many' | 'many-to-one';
  readonly maxItems: number;
  /** With more to choose from than this nothing is searched. */
  readonly pool: number;
  readonly window: Window | undefined;
};

export type Pass = ExactPass | SimilarPass | CombinePass;

/**
 * When a machine may accept what a similar pass found, and when it at least says what it thinks. Probabilities are in
 * millionths: a spec holds no fractions, so that it has one canonical form.
 */
export type Decide = {
  readonly auto: {
    readonly probabilityPpm: number;
    readonly marginBits: number;
    /** Only where a name or reference agrees. */
    readonly needReference: boolean;
  };
  readonly suggest: { readonly probabilityPpm: number };
};

/** Records of one side that repeat each other in these fields; the first stays, the others raise one exception. */
export type DuplicateRule = {
  readonly side: Side;
  readonly same: readonly string[];
  readonly raise: string;
  readonly severity: Severity;
};

/** How a source says that it merged two contacts into one, and by what the records of a contact are found. */
export type IdentityRule = {
  /** The side whose records are the contacts. */
  readonly side: Side;
  /** The feed of merges, with the fields that name who was merged, and into whom. */
  readonly feed: string;
  readonly from: string;
  readonly into: string;
  /** The field that names the contact; undefined `otherId`: the other side does not name it. */
  readonly id: string;
  readonly otherId: string | undefined;
  /** Further fields that tell who it is, and what they are called on the other side. */
  readonly aliases: readonly { readonly own: string; readonly other: string }[];
};

/**
 * Records of a side that take others of it back: `names[i]` of the reversal is what `named[i]` of the others is called.
 */
export type ReversalRule = {
  readonly side: Side;
  readonly when: Condition;
  readonly names: readonly string[];
  readonly named: readonly string[];
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
  readonly expect: Condition;
  readonly then: 'auto_resolve' | undefined;
  readonly else: Severity | undefined;
  readonly reason: string;
  /** The type of what a failed `else` raises; undefined: `amount_differs`, or `fields_differ` where it speaks of fields. */
  readonly raise?: string | undefined;
  readonly notify: string | undefined;
};

export type MissingRule = {
  readonly afterDays: number;
  readonly raise: string;
  readonly severity: Severity;
};

/** Where dated rates into the compared currency come from, and how old one may be. */
export type RateRule = {
  readonly feed: string;
  /** Fields that name the currency of one unit, the currency it is worth so much of, and how much. */
  readonly from: string;
  readonly into: string;
  readonly rate: string;
  readonly maxAgeDays: number;
};

/** Every feed that a run of the spec reads, each once. */
export const feedsOf = ({ expected, actual, identity, rates }: Reconciliation): readonly string[] => [
  ...new Set([
    expected.feed,
    actual.feed,
    ...(identity ? [identity.feed] : []),
    ...(rates ? [rates.feed] : []),
  ]),
];

/** How long things may take, in days. */
export type Timing = {
  /** Until then nothing is missing yet. */
  readonly dueWithinDays: number | undefined;
  /** What comes later than it was due, but not later than this, is late and still belongs. */
  readonly lateUntilDays: number | undefined;
};

/** Whether the sums of both sides have to agree. Leads and conversions have no amounts to compare. */
export const comparesAmounts = ({ expected, actual }: Pick<Reconciliation, Side>): boolean =>
  expected.amount !== undefined && actual.amount !== undefined;

export type Reconciliation = {
  readonly key: string;
  readonly domain: string;
  readonly describes: string;
  readonly zone: string;
  readonly compareIn: string;
  /** Without it amounts of two currencies are never compared. */
  readonly rates?: RateRule | undefined;
  readonly expected: SideSpec;
  readonly actual: SideSpec;
  readonly identity?: IdentityRule | undefined;
  readonly reversals?: readonly ReversalRule[] | undefined;
  readonly duplicates: readonly DuplicateRule[];
  readonly find: readonly Pass[];
  readonly decide: Decide;
  readonly credits: CreditRule | undefined;
  readonly verify: readonly VerifyRule[];
  /** What raises an exception when the named side has nothing: `missing.actual` speaks about expected records. */
  readonly missing: { readonly expected: MissingRule | undefined; readonly actual: MissingRule | undefined };
  readonly timing?: Timing | undefined;
  /** What every run must keep. */
  readonly checks?: ChecksRule | undefined;
  /** Rows that own this reconciliation's exceptions before those of the organisation do. */
  readonly route?: readonly OwnershipRow[] | undefined;
};

/** Who would be paid for these records: the first name in the fields that the sides give for it, the actual side's first. */
export function payeeOf(
  spec: Pick<Reconciliation, Side>,
  members: readonly { readonly side: Side; readonly fields: Readonly<Record<string, string>> }[],
): string | undefined {
  const named = (['actual', 'expected'] as const).flatMap((side) => {
    const field = spec[side].payee;
    if (field === undefined) return [];
    return members.filter((member) => member.side === side).flatMap(({ fields }) => fields[field] ?? []);
  });
  return named[0];
}
