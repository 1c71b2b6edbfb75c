import type { AuditFact } from '../../core/audit.ts';
import type { Organisation, OwnershipRow } from '../../core/organisation.ts';
import { explainRow, ownershipOf } from '../../core/route.ts';
import { enqueueCards } from '../../db/outbox/enqueue.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { giveHomes, type Homeless, lockHomeless } from './homeless.sql.ts';

/**
 * Live exceptions of teams that are gone are routed by the ownership matrix as it is now; their cards go to the new team's
 * channel. Owner, status and promise stay. Returns what the trail says of it, one line per team that took some over.
 */
export async function reroute(
  tx: Tx,
  workspaceId: string,
  { organisation }: { readonly organisation: Organisation },
): Promise<readonly string[]> {
  const homeless = await lockHomeless(tx, workspaceId);
  if (homeless.length === 0) return [];
  const homes = homeless.map((one) => ({ one, row: ownershipOf(organisation.ownership, one) }));
  const seqs = await appendAudit(tx, { workspaceId, facts: homes.map(({ one, row }) => toFact(one, row)) });
  await giveHomes(tx, {
    workspaceId,
    homes: homes.map(({ one, row }, index) => ({
      exceptionId: one.exceptionId,
      team: row.team,
      routedBy: {
        row: row.row,
        source: row.source,
        team: row.team,
        domain: row.domain,
        type: row.type,
        severity: row.severity,
      },
      seq: seqs[index] ?? 0n,
    })),
  });
  await enqueueCards(
    tx,
    workspaceId,
    homeless.map(({ exceptionId }) => exceptionId),
  );
  const taken = new Map<string, number>();
  for (const { row } of homes) taken.set(row.team, (taken.get(row.team) ?? 0) + 1);
  return [...taken]
    .map(([team, count]) => `team ${team}: takes over live exceptions of teams that are gone: ${count}`)
    .sort();
}

const toFact = (one: Homeless, row: OwnershipRow): AuditFact => ({
  action: 'exception.updated',
  entity: 'exception',
  entityId: one.exceptionId,
  actor: { kind: 'program', name: 'config' },
  reason: 'TEAM_GONE',
  state: {
    status: one.status,
    version: one.version + 1,
    level: one.level,
    ownerId: one.ownerId,
  },
  data: { number: one.number, team: row.team, routed_by: explainRow(row) },
});
