import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import type { Pausing } from '../core/pauses.ts';

/** So many are made before the database gets its turn: a few milliseconds. A statement needs up to three turns to be sent. */
const AT_ONCE = 100;

/**
 * What `make` makes of each item, in their order, while the database does something else: between one turn and the next its
 * answers are read, and the statements that wait for them are sent.
 */
export async function inTurns<T, R>(items: readonly T[], make: (item: T) => R): Promise<R[]> {
  const made: R[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    await breathe();
    for (const item of items.slice(from, from + AT_ONCE)) made.push(make(item));
  }
  return made;
}

/** So long it is worked at a stretch, in milliseconds. */
const STRETCH = 20;

/** What the work comes to, while whoever else waits for this process gets its turn: where the work pauses, and not more often than it is worth. */
export async function withPauses<T>(work: Pausing<T>): Promise<T> {
  let since = performance.now();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - since < STRETCH) continue;
    await breathe();
    since = performance.now();
  }
}

/** Before something that takes long and has no turns: until a statement that waits to be sent is described and sent. */
export const untilSent = (): Promise<void> => sleep(2);
