/** A repeatable source of numbers in [0, 1): the same seed, the same numbers, so that the same records learn the same. */
export function repeatableRandom(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  // mulberry32: passes the usual batteries and needs one multiplication per number.
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
