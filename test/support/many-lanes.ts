import type { Organisation } from '../../src/core/organisation.ts';
import type { Sql } from '../../src/db/client.ts';
import { newId } from '../../src/db/new-id.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { run } from '../../src/pipeline/run/run.ts';
import {
  aSpec,
  type LedgerRow,
  ORGANISATION,
  putRecords,
  type SeededWorkspace,
  seedWorkspace,
} from './ledger.ts';

export type Lane = { readonly key: string; readonly channelId: string; readonly channelName: string };

/** A channel beside the lanes, in which cards may stand whose own channel takes none. */
export const FALLBACK_LANE = 'C0FALLBACK';

/** Teams with a channel each: the outbox keeps one message in flight per channel, so load needs several. */
export const lanesOf = (count: number): Lane[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `lane_${index}`,
    channelId: `C0LANE${String(index).padStart(3, '0')}`,
    channelName: `lane-${index}`,
  }));

/** A workspace whose exceptions are spread evenly over the lanes. Ana and Ben are in every team. */
export async function seedLanes(sql: Sql, lanes: readonly Lane[]): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(
    sql,
    lanes.map((lane) => lane.key),
  );
  const { workspaceId, people } = workspace;
  await inWorkspace(
    sql,
    workspaceId,
    (tx) => tx`
      with made as (
        insert into team (workspace_id, team_id, key, name, channel)
        select ${workspaceId}, l.team_id, l.key, l.key, l.channel
        from unnest(${lanes.map(newId)}::uuid[], ${lanes.map((lane) => lane.key)}::text[],
          ${lanes.map((lane) => lane.channelId)}::text[]) as l (team_id, key, channel)
        returning team_id
      )
      insert into team_member (workspace_id, team_id, person_id)
      select ${workspaceId}, m.team_id, p.person_id
      from made m, unnest(${[people.ana ?? '', people.ben ?? '']}::uuid[]) as p (person_id)`,
  );
  return workspace;
}

/** Opens `perLane` exceptions in each lane, with their cards waiting. Returns the ids of all. */
export async function openInLanes(
  sql: Sql,
  workspace: SeededWorkspace,
  { lanes, perLane }: { lanes: readonly Lane[]; perLane: number },
): Promise<string[]> {
  const { workspaceId } = workspace;
  const orders = Array.from({ length: perLane }, (_, index) => `PO-${index}`);
  await putRecords(
    sql,
    workspace,
    orders.flatMap((po) => [line(po, 'expected', 100_000n), line(po, 'actual', 110_000n)]),
  );
  const now = new Date('2026-11-22T06:00:00Z');
  for (const lane of lanes) {
    const spec = aSpec({ key: lane.key, domain: lane.key });
    await run(sql, {
      workspaceId,
      spec,
      organisation: organisationOf(lanes),
      mode: 'active',
      cutoffAt: now,
      now,
    });
  }
  const rows = await inWorkspace(
    sql,
    workspaceId,
    (tx) => tx<{ exception_id: string }[]>`select exception_id from exception order by number`,
  );
  return rows.map((row) => row.exception_id);
}

const line = (po: string, side: LedgerRow['side'], amountMinor: bigint): LedgerRow => ({
  ref: `${side}-${po}`,
  side,
  amountMinor,
  currency: 'USD',
  on: '2026-11-01',
  fields: { po, client: 'Acme' },
});

const organisationOf = (lanes: readonly Lane[]): Organisation => ({
  ...ORGANISATION,
  ownership: lanes.map((lane, index) => ({
    row: index + 1,
    source: `tieout.yaml:${index + 1}`,
    domain: lane.key,
    type: undefined,
    severity: undefined,
    team: lane.key,
    sla: { kind: 'elapsed', ms: 3_600_000, text: '1h' },
  })),
});
