import type { Comparer } from './comparer.ts';
import { type Learnt, speaksFor } from './learn.ts';

/** One field's part of a weight, in bits: positive speaks for the pair. */
export type Part = { readonly level: number; readonly bits: number };

/** Weighs pairs; `prior` is the weight of two records before anything of them is compared. */
export type Scale = {
  readonly comparers: readonly Comparer[];
  readonly learnt: readonly Learnt[];
  readonly prior: number;
};

/**
 * The parts of a pair's weight, one per field: log2(m / u) of the level it shows, with u replaced by how common the
 * shared value is where that is known. A missing value is worth nothing either way.
 */
export function partsOf({ comparers, learnt }: Scale, e: number, a: number): Part[] {
  return comparers.map((comparer, field) => {
    const level = comparer.levelOf(e, a);
    if (level === 0) return { level, bits: 0 };
    const { matched, random } = learnt[field] ?? { matched: [], random: [] };
    const chance = comparer.chanceOf(e, a, level) ?? random[level] ?? 1;
    return { level, bits: Math.log2((matched[level] ?? 1) / chance) };
  });
}

/** How many bits of a pair's weight say again what another field has said. */
export const repeatedBits = ({ comparers, learnt }: Scale, e: number, a: number): number =>
  learnt.reduce((sum, { random, shared }, field) => {
    const level = shared ? (comparers[field]?.levelOf(e, a) ?? 0) : 0;
    const again = shared?.chance[level] ?? 0;
    if (!shared || again === 0) return sum;
    if (!speaksFor(learnt[shared.by], comparers[shared.by]?.levelOf(e, a) ?? 0)) return sum;
    const chance = comparers[field]?.chanceOf(e, a, level) ?? random[level] ?? 1;
    return sum + Math.log2((again + (1 - again) * chance) / chance);
  }, 0);

/** A function that weighs a pair: the prior and all its parts, in bits. What a level is worth is worked out once. */
export function weigher({ comparers, learnt, prior }: Scale): (e: number, a: number) => number {
  const fields = comparers.map((comparer, field) => {
    const { matched, random } = learnt[field] ?? { matched: [], random: [] };
    return {
      comparer,
      matched,
      bits: Float64Array.from(matched, (share, level) => Math.log2(share / (random[level] ?? 1))),
    };
  });
  return (e, a) => {
    let weight = prior;
    for (const { comparer, matched, bits } of fields) {
      const level = comparer.levelOf(e, a);
      if (level === 0) continue;
      const chance = comparer.chanceOf(e, a, level);
      weight += chance === undefined ? (bits[level] ?? 0) : Math.log2((matched[level] ?? 1) / chance);
    }
    return weight;
  };
}
