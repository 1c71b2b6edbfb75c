import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { run } from '../../../src/pipeline/run/run.ts';
import { testDatabase } from '../../support/database.ts';
import { type GoldenCase, goldenCases, goldenRows, goldenSpec } from '../../support/golden.ts';
import { putRecords, type SeededWorkspace, seedWorkspace } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

describe('a run over a named ledger', () => {
  it.each(goldenCases())('$name: $proves', async (golden) => {
    const workspace = await seedWorkspace(sql, [golden.name]);
    await putRecords(sql, workspace, goldenRows(golden));

    const report = await runGolden(workspace, golden);

    expect(await groupsOnRecord(workspace)).toEqual(sortGroups(golden));
    expect(await exceptionsOnRecord(workspace)).toEqual(sortExceptions(golden));
    expect(report.pending).toBe(golden.outcome.pending.length);
    expect(report.records.ignored).toBe(golden.outcome.ignored?.length ?? 0);
    expect(report.unraised).toBe(golden.outcome.unmatched.length);
  });
});

const runGolden = (workspace: SeededWorkspace, golden: GoldenCase) =>
  run(sql, {
    workspaceId: workspace.workspaceId,
    spec: goldenSpec(golden),
    organisation: workspace.organisation,
    mode: 'active',
    cutoffAt: new Date(golden.asOf),
    now: new Date(golden.asOf),
  });

type GroupRow = {
  pass: string;
  expected: string[];
  actual: string[];
  outcome: string;
  reason: string | null;
};

const groupsOnRecord = (workspace: SeededWorkspace) =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => {
    const rows = await tx<GroupRow[]>`
      select m.pass, m.outcome, m.reason,
             coalesce(array_agg(r.source_ref order by r.source_ref collate "C") filter (where mm.side = 'expected'), '{}') as expected,
             coalesce(array_agg(r.source_ref order by r.source_ref collate "C") filter (where mm.side = 'actual'), '{}') as actual
      from match m
      join match_member mm on mm.workspace_id = m.workspace_id and mm.match_id = m.match_id
      join record r on r.workspace_id = mm.workspace_id and r.record_id = mm.record_id
      where m.is_live
      group by m.match_id, m.pass, m.outcome, m.reason`;
    return rows
      .map((row) => ({ ...row, reason: row.reason ?? undefined }))
      .sort((a, b) => (a.expected.join() < b.expected.join() ? -1 : 1));
  });

const sortGroups = (golden: GoldenCase) =>
  golden.outcome.groups
    .map((group) => ({
      pass: group.pass,
      outcome: group.outcome,
      reason: group.reason,
      expected: [...group.expected].sort(),
      actual: [...group.actual].sort(),
    }))
    .sort((a, b) => (a.expected.join() < b.expected.join() ? -1 : 1));

const exceptionsOnRecord = (workspace: SeededWorkspace) =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => {
    const rows = await tx<{ type: string; severity: string; reason: string; refs: string[] }[]>`
      select e.type, e.severity, e.reason, array_agg(r.source_ref order by r.source_ref collate "C") as refs
      from exception e
      join exception_member m on m.workspace_id = e.workspace_id and m.exception_id = e.exception_id
      join record r on r.workspace_id = m.workspace_id and r.record_id = m.record_id
      group by e.exception_id, e.type, e.severity, e.reason`;
    return [...rows].sort(byRefs);
  });

const sortExceptions = (golden: GoldenCase) =>
  golden.outcome.exceptions.map((row) => ({ ...row, refs: [...row.refs].sort() })).sort(byRefs);

const byRefs = (a: { type: string; refs: string[] }, b: { type: string; refs: string[] }): number =>
  `${a.type}${a.refs.join()}` < `${b.type}${b.refs.join()}` ? -1 : 1;
