import type { Tx } from '../tx.ts';

/** A lane to be looked through, from the message `before` on into the past; undefined begins with the newest. */
export type Patrol = { readonly address: string; readonly before: string | undefined };

/** A lane of a team whose turn it is, with the next turn put off by `restMs`; undefined when there is none. Of several instances one gets it. */
export async function takePatrol(tx: Tx, workspaceId: string, restMs: number): Promise<Patrol | undefined> {
  const [row] = await tx<{ address: string; patrol_before: string | null }[]>`
    update lane set patrol_at = now() + ${restMs} * interval '1 millisecond'
    where workspace_id = ${workspaceId} and address = (
      select l.address
      from lane l
      where l.workspace_id = ${workspaceId} and l.address like 'team:%' and l.patrol_at <= now()
      order by l.patrol_at
      limit 1
      for update skip locked
    )
    returning address, patrol_before
  `;
  return row && { address: row.address, before: row.patrol_before ?? undefined };
}

/** Where the lane's next look begins, and not before `restMs`. */
export async function keepPatrol(
  tx: Tx,
  kept: { workspaceId: string; address: string; before: string | undefined; restMs: number },
): Promise<void> {
  await tx`
    update lane set
      patrol_before = ${kept.before ?? null},
      patrol_at = greatest(patrol_at, now() + ${kept.restMs} * interval '1 millisecond')
    where workspace_id = ${kept.workspaceId} and address = ${kept.address}
  `;
}
