import type { Explained } from '../../core/similar-pass.ts';
import type { Decide } from '../../core/spec.ts';

/**
 * What a match or a rejected candidate keeps of its explanation: bits to a thousandth, which is what people read. The
 * weight is the sum of what is kept, so that it adds up as it is shown.
 */
export const explainedJson = (
  { prior, probability, margin, parts, blocked }: Explained,
  { auto }: Decide,
): string => {
  const thousandths = [prior, ...parts.map(({ bits }) => bits)].map((bits) => Math.round(bits * 1000));
  const [before = 0, ...kept] = thousandths;
  return JSON.stringify({
    prior: before / 1000,
    weight: thousandths.reduce((sum, bits) => sum + bits, 0) / 1000,
    probability: Number(probability.toPrecision(6)),
    margin: Math.round(margin * 1000) / 1000,
    needed: { probability: auto.probabilityPpm / 1_000_000, margin: auto.marginBits },
    parts: parts.map(({ field, label }, at) => ({ field, label, bits: (kept[at] ?? 0) / 1000 })),
    ...(blocked === undefined ? {} : { blocked }),
  });
};
