import { getHeapStatistics } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { collectGarbage } from '../../../../src/pipeline/run/tidy-up.ts';

const heapMb = (): number => getHeapStatistics().used_heap_size / 1_048_576;

/** So many megabytes of objects on the heap. */
const megabytes = (count: number): unknown[] =>
  Array.from({ length: count * 16_384 }, (_, at) => ({ at, next: [at, at, at] }));

describe('what a run left', () => {
  it('is let go of where it is much, and what is still held stays', () => {
    const held = megabytes(8);
    let left: unknown[] | undefined = megabytes(400);
    const before = heapMb();
    expect(left.length).toBeGreaterThan(0);
    left = undefined;

    collectGarbage();

    expect(before - heapMb()).toBeGreaterThan(200);
    expect(held[0]).toEqual({ at: 0, next: [0, 0, 0] });
  });
});
