import type { Reconciliation, Side } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';

/** The sides of which a delivery waits for a person: what seems to be missing there may be in it. */
export async function waitingSides(
  tx: Tx,
  { workspaceId, spec }: { workspaceId: string; spec: Pick<Reconciliation, Side> },
): Promise<ReadonlySet<Side>> {
  const { expected, actual } = spec;
  const rows = await tx<{ feed: string }[]>`
    select distinct f.key as feed
    from delivery d
    join feed f on f.workspace_id = d.workspace_id and f.feed_id = d.feed_id
    where d.workspace_id = ${workspaceId} and d.status in ('held', 'released') and f.key in (${expected.feed}, ${actual.feed})`;
  const feeds = new Set(rows.map(({ feed }) => feed));
  return new Set([
    ...(feeds.has(expected.feed) ? (['expected'] as const) : []),
    ...(feeds.has(actual.feed) ? (['actual'] as const) : []),
  ]);
}
