import { createHash } from 'node:crypto';
import type { AuditFact } from '../../core/audit.ts';
import type { Organisation, OwnershipRow } from '../../core/organisation.ts';
import { explainRow, keptRow, ownershipOf } from '../../core/route.ts';
import { enqueueCards } from '../../db/outbox/enqueue.ts';
import { insertEventLines } from '../../db/outbox/insert-event-lines.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { giveHomes } from './give-homes.sql.ts';
import { keepRouting } from './keep-routing.sql.ts';
import { type LivePlace, livePlaces, lockPlaces } from './live-places.sql.ts';
import { tellRehomed } from './tell-rehomed.ts';

/** An exception that another team owns from now on, and the row that says so. */
export type Rehomed = { readonly place: LivePlace; readonly row: OwnershipRow; readonly team: string };

/**
 * Live exceptions are routed anew when the ownership matrix is another one than before, or their team is gone. Their cards
 * go to the new team's channel, which is told, as is whoever owns them. Owner, status and promise stay. Returns what the
 * trail says of it, one line per team that took some over.
 */
export async function reroute(
  tx: Tx,
  workspaceId: string,
  { organisation }: { readonly organisation: Organisation },
): Promise<readonly string[]> {
  const { ownership } = organisation;
  const everywhere = await keepRouting(tx, { workspaceId, sha256: hashOf(ownership) });
  const found = misplaced(await livePlaces(tx, { workspaceId, everywhere }), organisation);
  if (found.length === 0) return [];
  const exceptionIds = found.map(({ place }) => place.exceptionId);
  const moved = misplaced(await lockPlaces(tx, { workspaceId, exceptionIds }), organisation);
  const seqs = await appendAudit(tx, { workspaceId, facts: moved.map(toFact) });
  const homes = moved.map(({ place: { exceptionId }, row }, index) => ({
    exceptionId,
    team: row.team,
    routedBy: keptRow(row),
    seq: seqs[index] ?? 0n,
  }));
  await giveHomes(tx, { workspaceId, homes });
  await enqueueCards(tx, workspaceId, exceptionIds);
  await insertEventLines(tx, workspaceId, homes);
  await tellRehomed(tx, workspaceId, { moved, seq: seqs[0] ?? 0n });
  return changesOf(moved);
}

/** What decides; where a row stands in its file does not. */
function hashOf(rows: readonly OwnershipRow[]): string {
  const deciding = rows.map(({ reconciliation, domain, type, severity, clients, amount, team }) => [
    reconciliation ?? null,
    domain ?? null,
    type ?? null,
    severity ?? null,
    clients ?? null,
    amount?.text ?? null,
    team,
  ]);
  return createHash('sha256').update(JSON.stringify(deciding)).digest('hex');
}

function misplaced(places: readonly LivePlace[], { ownership, teams }: Organisation): Rehomed[] {
  const nameOf = new Map(teams.map(({ key, name }) => [key, name]));
  return places
    .map((place) => ({ place, row: ownershipOf(ownership, place) }))
    .filter(({ place, row }) => place.team.key !== row.team)
    .map((one) => ({ ...one, team: nameOf.get(one.row.team) ?? one.row.team }));
}

function changesOf(moved: readonly Rehomed[]): readonly string[] {
  const taken = new Map<string, number>();
  for (const { place, row } of moved) {
    const from = place.team.isGone ? 'teams that are gone' : 'other teams';
    const line = `team ${row.team}: takes over live exceptions of ${from}`;
    taken.set(line, (taken.get(line) ?? 0) + 1);
  }
  return [...taken].map(([line, count]) => `${line}: ${count}`).sort();
}

const toFact = ({ place, row, team }: Rehomed): AuditFact => ({
  action: 'exception.updated',
  entity: 'exception',
  entityId: place.exceptionId,
  actor: { kind: 'program', name: 'config' },
  reason: place.team.isGone ? 'TEAM_GONE' : 'ROUTING_CHANGED',
  state: {
    status: place.status,
    version: place.version + 1,
    level: place.level,
    ownerId: place.ownerId,
  },
  data: {
    number: place.number,
    from_team: place.team.key,
    team: row.team,
    target: team,
    routed_by: explainRow(row),
  },
});
