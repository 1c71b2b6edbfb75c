import { rolesTold } from '../../core/role-lines.ts';
import type { Tx } from '../../db/tx.ts';
import { roleRows } from './role-rows.sql.ts';
import { toldLines } from './told-lines.sql.ts';

export type RoleDifference = { readonly where: string; readonly what: string };

/**
 * Roles that somebody has on the record and not by the trail, or the other way round: who may approve hangs on them. Nothing is
 * compared where the trail never spoke of anybody's roles, nor of somebody whose roles it cannot tell.
 */
export async function replayRoles(
  tx: Tx,
  asked: { workspaceId: string; unreadable: readonly bigint[] },
): Promise<RoleDifference[]> {
  const { roles, untold } = rolesTold(await toldLines(tx, asked));
  if (roles.size === 0) return [];
  const rows = (await roleRows(tx, asked.workspaceId)).filter(({ key }) => !untold.has(key));
  const kept = new Set(rows.map(({ key, role }) => `${key} ${role}`));
  const behind = rows
    .filter(({ key, role }) => roles.get(key)?.has(role) !== true)
    .map(({ key, role }) => ({ where: `person ${key}`, what: `the row says ${role}, the trail does not` }));
  const gone = [...roles]
    .filter(([key]) => !untold.has(key))
    .flatMap(([key, held]) => [...held].map((role) => ({ key, role })))
    .filter(({ key, role }) => !kept.has(`${key} ${role}`))
    .map(({ key, role }) => ({ where: `person ${key}`, what: `the trail says ${role}, the row does not` }));
  return [...behind, ...gone];
}
