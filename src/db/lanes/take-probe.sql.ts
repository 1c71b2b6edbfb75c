import type { Tx } from '../tx.ts';

/** A lane in trouble whose channel is to be tried. */
export type Probe = { readonly address: string; readonly reason: string; readonly isParked: boolean };

/**
 * A lane whose channel is to be tried now, with the next try put off: from half a minute, doubling to a quarter of an hour.
 * Undefined when there is none. Of several instances one gets it.
 */
export async function takeProbe(tx: Tx, workspaceId: string): Promise<Probe | undefined> {
  const [row] = await tx<{ address: string; reason: string; is_parked: boolean }[]>`
    update lane set
      probes = probes + 1,
      probe_at = now() + least(30 * 2 ^ least(probes, 10), 900) * interval '1 second'
    where workspace_id = ${workspaceId} and address = (
      select l.address
      from lane l
      where l.workspace_id = ${workspaceId} and l.probe_at <= now()
      order by l.probe_at
      limit 1
      for update skip locked
    )
    returning address, reason, stand_in is null as is_parked
  `;
  return row && { address: row.address, reason: row.reason, isParked: row.is_parked };
}

/** The lane posts at `place` on trial: its own address, or the first stand-in again. */
export async function tryPlace(
  tx: Tx,
  trial: { workspaceId: string; address: string; place: string },
): Promise<void> {
  await tx`
    update lane set stand_in = ${trial.place}
    where workspace_id = ${trial.workspaceId} and address = ${trial.address} and reason is not null
  `;
}

/** A probe that got no answer is made again after `waitMs`. */
export async function probeLater(
  tx: Tx,
  later: { workspaceId: string; address: string; waitMs: number },
): Promise<void> {
  await tx`
    update lane set probe_at = greatest(probe_at, now() + ${later.waitMs} * interval '1 millisecond')
    where workspace_id = ${later.workspaceId} and address = ${later.address} and probe_at is not null
  `;
}
