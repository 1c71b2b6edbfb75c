import { expect, it } from 'vitest';
import { type Pausing, straight } from '../../../src/core/pauses.ts';
import { withPauses } from '../../../src/db/in-turns.ts';

/** Works for a while between two pauses. */
function* counting(to: number): Pausing<number> {
  let count = 0;
  for (; count < to; count += 1) {
    const until = performance.now() + 10;
    while (performance.now() < until);
    yield;
  }
  return count;
}

it('comes to the same with pauses and without', async () => {
  expect(straight(counting(3))).toBe(3);
  expect(await withPauses(counting(3))).toBe(3);
});

it('lets others have their turn while it works', async () => {
  let turns = 0;
  const others = setInterval(() => {
    turns += 1;
  }, 1);
  await withPauses(counting(20));
  clearInterval(others);
  expect(turns).toBeGreaterThan(1);
});

it('throws what the work throws', async () => {
  function* failing(): Pausing<number> {
    yield;
    throw new Error('no');
  }
  await expect(withPauses(failing())).rejects.toThrow('no');
});
