import { insertNotices } from '../../db/outbox/insert-notices.sql.ts';
import type { Tx } from '../../db/tx.ts';
import type { Rehomed } from './reroute.ts';

/**
 * Each team hears once how many exceptions it owns from now on, and each person how many of theirs another team does.
 * `seq`: the first event of the change, which names it.
 */
export async function tellRehomed(
  tx: Tx,
  workspaceId: string,
  { moved, seq }: { moved: readonly Rehomed[]; seq: bigint },
): Promise<void> {
  const counted = new Map<string, { address: string; team: string; count: number; isYours: boolean }>();
  for (const { place, row, team } of moved) {
    const addresses = [`team:${row.team}`, ...(place.ownerId === null ? [] : [`person:${place.ownerId}`])];
    for (const address of addresses) {
      const key = `${address} ${row.team}`;
      const isYours = address.startsWith('person:');
      const known = counted.get(key) ?? { address, team, count: 0, isYours };
      counted.set(key, { ...known, count: known.count + 1 });
    }
  }
  await insertNotices(
    tx,
    [...counted].map(([key, { address, team, count, isYours }]) => ({
      workspaceId,
      dedupeKey: `rehomed:${seq}:${key}`,
      address,
      payload: { delivery: 'rehomed', team, count, isYours },
    })),
  );
}
