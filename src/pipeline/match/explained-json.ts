import type { Explained } from '../../core/similar-pass.ts';
import type { Decide } from '../../core/spec.ts';

/** What a match or a rejected candidate keeps of its explanation; bits to a thousandth, which is what people read. */
export const explainedJson = (
  { prior, weight, probability, margin, parts }: Explained,
  { auto }: Decide,
): string =>
  JSON.stringify({
    prior: rounded(prior),
    weight: rounded(weight),
    probability: Number(probability.toPrecision(6)),
    margin: rounded(margin),
    needed: { probability: auto.probabilityPpm / 1_000_000, margin: auto.marginBits },
    parts: parts.map(({ field, label, bits }) => ({ field, label, bits: rounded(bits) })),
  });

const rounded = (bits: number): number => Math.round(bits * 1000) / 1000;
