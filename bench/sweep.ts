import type { Organisation } from '../src/core/organisation.ts';
import { connect, type Sql } from '../src/db/client.ts';
import { newId } from '../src/db/new-id.ts';
import { inWorkspace } from '../src/db/tx.ts';
import { sweepPromises } from '../src/pipeline/act/sweep-promises.ts';
import { runLedger, type SeededWorkspace, seedWorkspace } from '../test/support/ledger.ts';
import { startPrivatePostgres } from '../test/support/private-postgres.ts';
import type { Measured } from './main.ts';
import { note } from './note.ts';

const BAR_SECONDS = 2;
/** One in a hundred is due at the sweep that is measured. */
const DUE_SHARE = 0.01;
type Counter = { sent: number };

const OPENED = new Date('2026-11-23T09:00:00Z');
const at = (minutes: number): Date => new Date(OPENED.getTime() + minutes * 60_000);

/** One sweep of promises over many open exceptions, a hundredth of them due; and how many statements that took. */
export async function benchSweep(size: number): Promise<Measured> {
  const postgres = await startPrivatePostgres({ fast: false });
  const counter: Counter = { sent: 0 };
  const onStatement = () => {
    counter.sent += 1;
  };
  const sql = connect({ url: postgres.url, role: 'runs', max: 2, onStatement });
  try {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    const { runId } = await runLedger(sql, workspace);
    note(`${size} open exceptions are put on the record and promised`);
    await openMany(sql, workspace, { size, runId });
    await sweep(sql, workspace, at(1));
    await gatherStatistics(postgres.adminUrl);
    note('one sweep that finds a hundredth due, and one that finds nothing');
    const { seconds, statements, escalated } = await measured({ sql, counter }, workspace, at(61));
    const idle = await measured({ sql, counter }, workspace, at(62));
    const few = await statementsFor({ sql, counter });
    const figures = {
      exceptions: size,
      due: escalated,
      seconds: rounded(seconds),
      statements,
      idle_seconds: rounded(idle.seconds),
      idle_statements: idle.statements,
      statements_with_10_due: few,
    };
    const isInside =
      seconds <= BAR_SECONDS && statements === few && escalated === Math.ceil(size * DUE_SHARE);
    return { figures, isInside };
  } finally {
    await sql.end({ timeout: 5 });
    await postgres.stop();
  }
}

/** What autovacuum does within a minute, so that the planner knows of the new rows. */
async function gatherStatistics(adminUrl: string): Promise<void> {
  const admin = connect({ url: adminUrl, role: 'admin' });
  await admin`vacuum analyze tieout.exception, tieout.promise, tieout.audit_event`;
  await admin.end();
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const sweep = (sql: Sql, workspace: SeededWorkspace, now: Date) => {
  const organisation: Organisation = workspace.organisation;
  return sweepPromises(sql, { workspaceId: workspace.workspaceId, organisation, now });
};

type Counted = { readonly sql: Sql; readonly counter: Counter };

async function measured({ sql, counter }: Counted, workspace: SeededWorkspace, now: Date) {
  const before = counter.sent;
  const began = performance.now();
  const swept = await sweep(sql, workspace, now);
  const seconds = (performance.now() - began) / 1000;
  const statements = counter.sent - before;
  return { seconds, statements, escalated: swept?.escalated ?? 0 };
}

/** The same sweep over a thousand exceptions, ten of them due: what "constant" is held against. */
async function statementsFor({ sql, counter }: Counted): Promise<number> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  const { runId } = await runLedger(sql, workspace);
  await openMany(sql, workspace, { size: 1_000, runId });
  await sweep(sql, workspace, at(1));
  return (await measured({ sql, counter }, workspace, at(61))).statements;
}

/** Open exceptions of one team, promised an hour; one in a hundred was opened then, the others come due tomorrow. */
async function openMany(
  sql: Sql,
  { workspaceId }: SeededWorkspace,
  { size, runId }: { size: number; runId: string },
): Promise<void> {
  const ids = Array.from({ length: size }, newId);
  await inWorkspace(sql, workspaceId, async (tx) => {
    await tx`
      with logged as materialized (
        select tieout.audit_append(${workspaceId}::uuid, array(
          select json_build_object('v', 1, 'action', 'exception.opened', 'entity', 'exception', 'entity_id', id,
                                   'actor', json_build_object('kind', 'program', 'name', 'bench'))::text
          from unnest(${ids}::uuid[]) with ordinality as given (id, nth) order by nth)) as seqs
      ),
      opened as (
        select given.id, given.nth, given.seq
        from logged, unnest(${ids}::uuid[], logged.seqs) with ordinality as given (id, seq, nth)
      )
      insert into exception (workspace_id, exception_id, number, reconciliation_id, fingerprint, inputs_hash, type, reason,
        severity, status, domain, team_id, at_stake_minor, currency, findings, routed_by, sla, due_at, opened_at, run_id, last_seq)
      select ${workspaceId}, given.id, 100000 + given.nth, r.reconciliation_id, 'bench:' || given.nth, '', 'missing_invoice', 'BENCH',
        'manual_review', 'open', 'media_ops', t.team_id, given.nth, 'USD', '[]', '{}', case when given.nth % 100 = 1 then '1h' else '1d' end,
        ${OPENED.toISOString()}::timestamptz + case when given.nth % 100 = 1 then interval '1 hour' else interval '1 day' end,
        ${OPENED.toISOString()}, ${runId}, given.seq
      from opened given
      join reconciliation r on r.workspace_id = ${workspaceId}
      join team t on t.workspace_id = ${workspaceId} and t.key = 'media_ops'`;
  });
}
