import { totalmem } from 'node:os';
import { expect, it } from 'vitest';
import { sharedBuffers } from '../../../src/db/embedded/shared-buffers.ts';

const GB = 1_073_741_824;

it.each([
  ['a quarter of the memory', 4 * GB, '1024MB'],
  ['no more than 2 GB of a large machine', 64 * GB, '2048MB'],
  ['no less than 128 MB of a small one', 0.25 * GB, '128MB'],
])('gives the embedded server %s', (_, memory, expected) => {
  expect(sharedBuffers(memory)).toBe(expected);
});

it('looks at the memory of this machine where nothing is given', () => {
  const mb = Number(sharedBuffers().replace('MB', ''));

  expect(mb).toBeGreaterThanOrEqual(128);
  expect(mb).toBeLessThanOrEqual(Math.max(128, totalmem() / 4 / 1_048_576));
});
