/** So many sets of up to `items` out of `pool`: what a search looks through, at most. */
export function setsOf(pool: number, items: number): number {
  let sets = 0;
  let ofSize = 1;
  for (let size = 1; size <= Math.min(pool, items); size += 1) {
    ofSize = (ofSize * (pool - size + 1)) / size;
    sets += ofSize;
  }
  return sets;
}

/** What a double may be off by, after a handful of amounts were added up. */
const SLACK = 1_024;

/**
 * The sets of at most `maxItems` values that add up to the target exactly; the search ends at the second one, since two
 * are as good as many: neither is proof.
 *
 * Shape: each set as ascending indexes, in the order of the indexes. No value is used twice.
 */
export function setsThatAddUp(
  target: bigint,
  values: readonly bigint[],
  maxItems: number,
): readonly (readonly number[])[] {
  const sizes = values.map(Number);
  const wanted = Number(target);
  const found: number[][] = [];
  const chosen: number[] = [];
  // Doubles find the way, whole numbers decide.
  const isExact = (): boolean => chosen.reduce((sum, at) => sum + (values[at] ?? 0n), 0n) === target;
  const search = (from: number, left: number): void => {
    for (let at = from; at < sizes.length && found.length < 2; at += 1) {
      const rest = left - (sizes[at] ?? 0);
      chosen.push(at);
      if (Math.abs(rest) < SLACK && isExact()) found.push([...chosen]);
      if (chosen.length < maxItems) search(at + 1, rest);
      chosen.pop();
    }
  };
  search(0, wanted);
  return found;
}
