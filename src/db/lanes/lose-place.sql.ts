import type { Tx } from '../tx.ts';

export type LostPlace = {
  readonly workspaceId: string;
  readonly address: string;
  /** The place that takes no messages: the lane's own address, or what stood in for it. */
  readonly lost: string;
  /** Slack's code, kept for as long as the trouble lasts. */
  readonly reason: string;
  /** Where messages go from now on; null lets them wait. */
  readonly standIn: string | null;
  readonly probeMs: number;
};

/**
 * The lane posts elsewhere from now on, or nowhere. Returns since when it is in trouble and whether that began now; undefined,
 * with nothing changed, when it does not post at the lost place any more.
 */
export async function losePlace(
  tx: Tx,
  place: LostPlace,
): Promise<{ troubledAt: Date; isNew: boolean } | undefined> {
  const [row] = await tx<{ troubled_at: Date; is_new: boolean }[]>`
    with seen as (
      select l.workspace_id, l.address, l.reason is null as is_new
      from lane l
      where l.workspace_id = ${place.workspaceId} and l.address = ${place.address}
        and coalesce(l.stand_in, l.address) = ${place.lost} and (l.reason is null or l.stand_in is not null)
      for update
    )
    update lane l set
      reason = coalesce(l.reason, ${place.reason}),
      troubled_at = coalesce(l.troubled_at, now()),
      stand_in = ${place.standIn},
      probe_at = coalesce(l.probe_at, now() + ${place.probeMs} * interval '1 millisecond')
    from seen s
    where l.workspace_id = s.workspace_id and l.address = s.address
    returning l.troubled_at, s.is_new
  `;
  return row && { troubledAt: row.troubled_at, isNew: row.is_new };
}
