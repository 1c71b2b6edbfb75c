import { totalmem } from 'node:os';

const MB = 1_048_576;
const LEAST_MB = 128;
const MOST_MB = 2_048;

/**
 * The memory that the embedded server keeps pages in: a quarter of what this process may use, as PostgreSQL advises, between 128 MB
 * and 2 GB. It is taken as it is filled. With 2 GB a first night of a million orders took 72.9 and 74.5 s and a small delivery after it
 * 15.3 and 15.7, with 512 MB 76.1 and 16.6; 4 GB did no better, 73.2 and 15.1 (2026-11-30, each seen once or twice).
 */
export const sharedBuffers = (memory = usableMemory()): string =>
  `${Math.min(MOST_MB, Math.max(LEAST_MB, Math.floor(memory / 4 / MB)))}MB`;

/** Of this machine, or of the container that this process runs in: then the machine's is not ours. */
function usableMemory(): number {
  const limit = process.constrainedMemory() ?? 0; // 0 where there is none, and more than there is where it is not known
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
