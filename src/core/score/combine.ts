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
/** Up to here doubles are whole numbers. */
const WHOLE = 2 ** 53;

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
  const { most, least } = reachesOf(sizes);
  const isWhole = sizes.reduce((sum, size) => sum + Math.abs(size), Math.abs(Number(target))) < WHOLE;
  const places = isWhole ? placesOf(sizes) : undefined;
  const found: number[][] = [];
  const chosen: number[] = [];
  // Doubles find the way, whole numbers decide.
  const isExact = (): boolean => chosen.reduce((sum, at) => sum + (values[at] ?? 0n), 0n) === target;
  const search = (from: number, left: number): void => {
    const items = maxItems - chosen.length;
    // Whatever is taken of the rest stays above or below it.
    if (left > items * (most[from] ?? 0) + SLACK || left < items * (least[from] ?? 0) - SLACK) return;
    if (items === 1 && places) {
      for (const at of places.get(left) ?? NOWHERE)
        if (at >= from && found.length < 2) found.push([...chosen, at]);
      return;
    }
    for (let at = from; at < sizes.length && found.length < 2; at += 1) {
      const rest = left - (sizes[at] ?? 0);
      chosen.push(at);
      if (Math.abs(rest) < SLACK && isExact()) found.push([...chosen]);
      if (items > 1) search(at + 1, rest);
      chosen.pop();
    }
  };
  search(0, Number(target));
  return found;
}

const NOWHERE: readonly number[] = [];

/** The most and the least that one more value adds, of those from each place on; nothing where all take away, or add. */
function reachesOf(sizes: readonly number[]): { readonly most: Float64Array; readonly least: Float64Array } {
  const most = new Float64Array(sizes.length + 1);
  const least = new Float64Array(sizes.length + 1);
  for (let at = sizes.length - 1; at >= 0; at -= 1) {
    most[at] = Math.max(most[at + 1] ?? 0, sizes[at] ?? 0);
    least[at] = Math.min(least[at + 1] ?? 0, sizes[at] ?? 0);
  }
  return { most, least };
}

/** Where each value stands, in order. */
function placesOf(sizes: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (const [at, size] of sizes.entries()) {
    const before = places.get(size);
    if (before) before.push(at);
    else places.set(size, [at]);
  }
  return places;
}
