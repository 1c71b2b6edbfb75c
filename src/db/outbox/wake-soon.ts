import type { Sql } from '../client.ts';

/**
 * Not more often than this by one process. Every notification wakes every sender; and Postgres commits transactions that
 * notify one after the other, so an act does not notify by itself.
 */
const PAUSE_MS = 100;

type Waker = { isWanted: boolean };

const wakers = new WeakMap<Sql, Map<string, Waker>>();

/**
 * Tells listening senders that something committed: at once, then at most once per pause, the last time after the last
 * call. A notification that is lost costs nothing but time: senders also look by themselves, within a second.
 */
export function wakeSoon(sql: Sql, workspaceId: string): void {
  const ofPool = wakers.get(sql) ?? new Map<string, Waker>();
  wakers.set(sql, ofPool);
  const resting = ofPool.get(workspaceId);
  if (resting) {
    resting.isWanted = true;
    return;
  }
  const waker: Waker = { isWanted: false };
  ofPool.set(workspaceId, waker);
  sql.notify('tieout_outbox', workspaceId).catch(() => {}); // the pool is closing, or the database is away
  setTimeout(() => {
    ofPool.delete(workspaceId);
    if (waker.isWanted) wakeSoon(sql, workspaceId);
  }, PAUSE_MS).unref();
}
