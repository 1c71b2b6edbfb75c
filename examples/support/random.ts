/** Repeatable choices: the same seed gives the same sequence on every machine. Not for secrets. */
export type Dice = {
  /** A whole number from `low` to `high`, both included. */
  readonly int: (low: number, high: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  /** A new array with the items in another order. */
  readonly shuffle: <T>(items: readonly T[]) => T[];
};

const MASK = (1n << 64n) - 1n;

export function dice(seed: number): Dice {
  let state = BigInt(seed) & MASK;
  // A 64-bit linear congruence; only its upper half is used, because the lower bits repeat early.
  const next = (): number => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & MASK;
    return Number(state >> 32n);
  };
  next();
  const int = (low: number, high: number): number => low + (next() % (high - low + 1));
  const pick = <T>(items: readonly T[]): T => {
    const item = items[int(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to pick from an empty list');
    return item;
  };
  const shuffle = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  return { int, pick, shuffle };
}
