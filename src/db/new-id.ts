import { randomBytes } from 'node:crypto';
import { uuidv7 } from '../core/ids.ts';

const BYTES = 10;
/** Random bytes of so many ids are fetched at once: an id costs 2 µs instead of 6 (2026-11-30), and a first night makes 100,000. */
const AT_ONCE = 256;

let stock = new Uint8Array(0);
let used = 0;

/** A new id: sorts by the time it was made. */
export function newId(): string {
  if (used === stock.length) {
    stock = randomBytes(BYTES * AT_ONCE);
    used = 0;
  }
  used += BYTES;
  return uuidv7(Date.now(), stock.subarray(used - BYTES, used));
}
