import fc from 'fast-check';
import type { AuditFact } from '../../src/core/audit.ts';
import { STATUSES, type Status } from '../../src/core/lifecycle.ts';
import type { Sql } from '../../src/db/client.ts';
import { newId } from '../../src/db/new-id.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { appendAudit } from '../../src/pipeline/audit/append.sql.ts';
import { runLedger, type SeededWorkspace } from './ledger.ts';

/** An exception as a test makes it up; every combination is one that the database allows. */
export type MadeUp = {
  readonly number: number;
  readonly type: string;
  readonly team: 'media_ops' | 'finance';
  readonly owner: 'ana' | 'ben' | undefined;
  readonly client: string | undefined;
  readonly currency: string;
  readonly minor: bigint;
  readonly status: Status;
  readonly openedAt: Date;
  readonly closedAt: Date | undefined;
  readonly dueAt: Date;
  readonly pausedAt: Date | undefined;
};

const HOUR = 3_600_000;
export const isClosed = (status: Status): boolean => status === 'resolved' || status === 'cleared';

/** Exceptions around an instant: opened, closed and due within three weeks of it, to the hour. */
export function madeUp(around: Date, count: number, seed: number): MadeUp[] {
  const hours = (min: number, max: number) =>
    fc.integer({ min, max }).map((hour) => new Date(around.getTime() + hour * HOUR));
  const one = fc
    .record({
      type: fc.constantFrom('amount_differs', 'missing_invoice', 'duplicate_invoice'),
      team: fc.constantFrom('media_ops' as const, 'finance' as const),
      person: fc.constantFrom('ana' as const, 'ben' as const),
      hasOwner: fc.boolean(),
      client: fc.constantFrom('Acme', 'ACME', 'Öko Büro', 'Zeta', undefined),
      currency: fc.constantFrom('USD', 'EUR', 'JPY'),
      minor: fc.bigInt({ min: 0n, max: 9n * 10n ** 15n }),
      status: fc.constantFrom(...STATUSES),
      openedAt: hours(-500, -1),
      closing: fc.double({ min: 0, max: 1, noNaN: true }),
      dueAt: hours(-200, 200),
      isPaused: fc.boolean(),
      pausedAt: hours(-100, -1),
    })
    .map(({ person, hasOwner, closing, isPaused, pausedAt, ...row }) => {
      const closed = isClosed(row.status);
      const isOwned = closed ? hasOwner : row.status !== 'open';
      const openFor = around.getTime() - row.openedAt.getTime();
      return {
        ...row,
        owner: isOwned ? person : undefined,
        closedAt: closed ? new Date(row.openedAt.getTime() + Math.round(openFor * closing)) : undefined,
        pausedAt: row.status === 'waiting' && isPaused ? pausedAt : undefined,
      };
    });
  return fc.sample(one, { numRuns: count, seed }).map((row, index) => ({ ...row, number: 5_000 + index }));
}

/** Puts them on the record, past the pipeline: for what only reads. */
export async function putExceptions(
  sql: Sql,
  workspace: SeededWorkspace,
  rows: readonly MadeUp[],
): Promise<void> {
  const { runId } = await runLedger(sql, workspace);
  const { workspaceId, people } = workspace;
  const values = rows.map((row) => ({
    ...row,
    id: newId(),
    minor: row.minor.toString(),
    ownerId: row.owner === undefined ? null : people[row.owner],
    client: row.client ?? null,
    closedAt: row.closedAt ?? null,
    pausedAt: row.pausedAt ?? null,
  }));
  await inWorkspace(sql, workspaceId, async (tx) => {
    const facts = values.map(
      ({ id }): AuditFact => ({
        action: 'exception.opened',
        entity: 'exception',
        entityId: id,
        actor: { kind: 'program', name: 'run' },
      }),
    );
    const events = await appendAudit(tx, { workspaceId, facts });
    const numbered = values.map((value, index) => ({ ...value, seq: events[index]?.toString() }));
    await tx`
      insert into exception (workspace_id, exception_id, number, reconciliation_id, fingerprint, inputs_hash, type, reason,
        severity, status, domain, team_id, owner_id, claimed_at, client, order_ref, at_stake_minor, currency, findings,
        routed_by, sla, due_at, opened_at, closed_at, resolution_code, wait_until_on, due_paused_at, run_id, last_seq)
      select ${workspaceId}, r.id, r.number, u.reconciliation_id, 'made-up:' || r.number, '', r.type, 'MADE_UP',
        'manual_review', r.status, 'media_ops', t.team_id, r."ownerId",
        case when r."ownerId" is not null then r."openedAt" end, r.client, 'PO-' || r.number, r.minor::bigint, r.currency,
        '[]', '{}', '1d', r."dueAt", r."openedAt", r."closedAt", case when r.status = 'resolved' then 'accepted' end,
        case when r.status = 'waiting' then current_date end, r."pausedAt", u.run_id, r.seq
      from jsonb_to_recordset(${JSON.stringify(numbered)}::text::jsonb) as r (
        id uuid, number integer, type text, team text, "ownerId" uuid, client text, currency text, minor text, status text,
        seq bigint, "openedAt" timestamptz, "closedAt" timestamptz, "dueAt" timestamptz, "pausedAt" timestamptz)
      join run u on u.workspace_id = ${workspaceId} and u.run_id = ${runId}
      join team t on t.workspace_id = ${workspaceId} and t.key = r.team`;
  });
}
