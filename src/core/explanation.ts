import type { Money } from './money.ts';
import type { Verdict } from './score/decide.ts';
import type { Side } from './spec.ts';

/** A weighed pair as it is kept: the prior and the parts, in bits, add up to the weight. */
export type Weighing = {
  readonly prior: number;
  readonly weight: number;
  readonly probability: number;
  readonly margin: number;
  /** What the machine needed to decide by itself. */
  readonly needed: { readonly probability: number; readonly margin: number };
  readonly parts: readonly { readonly field: string; readonly label: string; readonly bits: number }[];
};

export type Document = {
  readonly side: Side;
  readonly feed: string;
  readonly sourceRef: string;
  readonly amount: Money | undefined;
  readonly occurredOn: string;
};

/** Why the records of an exception are paired as they are, and what came close to those that are not. */
export type Explanation = {
  readonly paired: { readonly pass: string; readonly weighing: Weighing | undefined } | undefined;
  readonly alone: readonly {
    readonly document: Document;
    readonly candidates: readonly {
      readonly document: Document;
      readonly verdict: Verdict;
      readonly pass: string;
      readonly weighing: Weighing;
    }[];
  }[];
};

const percent = (share: number): string => {
  if (share >= 0.9995) return 'over 99.9 %';
  return share < 0.001 ? 'below 0.1 %' : `${Number((share * 100).toPrecision(3))} %`;
};

const bits = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

/** The waterfall of a weight: what each agreement or difference is worth, ending in the sum. */
export const waterfall = ({ prior, parts, weight }: Weighing): readonly (readonly [string, string])[] => [
  ['before comparing anything', bits(prior)],
  ...parts.map((part) => [`${part.field}: ${part.label}`, bits(part.bits)] as const),
  ['together', `${bits(weight)} bits`],
];

/** Why a candidate was not taken, and what it would take, in a sentence or two. */
export function whyNot(verdict: Verdict, weighing: Weighing): string {
  return WHY_NOT[verdict](weighing);
}

const WHY_NOT = {
  auto: () => 'Taken.',
  suggested: ({ probability, margin, needed }) => {
    const short = [
      ...(probability < needed.probability
        ? [`${percent(probability)} likely where ${percent(needed.probability)} is needed`]
        : []),
      ...(margin < needed.margin
        ? [
            `${Math.max(margin, 0).toFixed(1)} bits ahead of the next candidate where ${needed.margin} are needed`,
          ]
        : []),
    ];
    const why = short.length === 0 ? 'no name or reference agrees' : short.join(', and ');
    return `Likely, but not certain enough for a machine: ${why}. A person can confirm it.`;
  },
  ambiguous: ({ probability }) =>
    `Another candidate is as good (this one is ${percent(probability)} likely), so nothing was guessed. A reference on either document would decide.`,
  competition: () => 'It belongs better to another record. It would take that one being wrong.',
  below: ({ probability, weight, parts }) => {
    const worst = [...parts].sort((one, other) => one.bits - other.bits)[0];
    const against =
      worst && worst.bits < 0 ? ` What speaks most against it: ${worst.field}, ${worst.label}.` : '';
    return `Not likely enough: ${percent(probability)} (${bits(weight)} bits).${against}`;
  },
} as const satisfies Record<Verdict, (weighing: Weighing) => string>;

/** Why the machine paired what it paired. */
export const whyPaired = ({ probability, margin }: Weighing): string =>
  `${percent(probability)} likely, ${margin.toFixed(1)} bits ahead of the next candidate.`;
