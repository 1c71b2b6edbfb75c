import { afterAll, describe, expect, it } from 'vitest';
import type { TriageTerms } from '../../../src/core/triage.ts';
import { connect } from '../../../src/db/client.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { postDueAgenda } from '../../../src/jobs/triage.ts';
import { dueCases } from '../../../src/pipeline/triage/due-cases.sql.ts';
import { testDatabase } from '../../support/database.ts';
import {
  exceptionsOf,
  order,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people', max: 4 });
afterAll(() => sql.end());

/** Meets on Tuesdays at ten. */
const TERMS: TriageTerms = {
  team: 'media_ops',
  days: [2],
  time: '10:00',
  beforeMs: 2 * 3_600_000,
  small: undefined,
};

async function seed(amounts: readonly bigint[]): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(
    sql,
    workspace,
    amounts.map((minor, nth) => order(String(nth + 1), minor)),
  );
  await runLedger(sql, workspace);
  await inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx`update promise set finished_at = now(), next_at = null where is_current`,
  );
  return workspace;
}

describe('the agenda of a meeting', () => {
  it('is posted once, though the configuration comes to post it later before the meeting', async () => {
    const { workspaceId, organisation } = await seed([100_00n]);
    const look = (terms: TriageTerms, now: string) =>
      postDueAgenda({ sql, workspaceId, terms, calendar: organisation.calendar }, new Date(now));
    await look(TERMS, '2026-11-23T12:00:00Z');
    const first = await look(TERMS, '2026-11-24T08:00:00Z');

    const second = await look({ ...TERMS, beforeMs: 3_600_000 }, '2026-11-24T09:00:00Z');

    expect(first).toMatchObject({ items: 1 });
    expect(second).toBeUndefined();
  });

  it('begins with what is most at stake, in whole units of whatever currency', async () => {
    const workspace = await seed([9_000n, 5_000n]);
    const [dollars, yen] = await exceptionsOf(sql, workspace);
    // Ninety dollars, and five thousand yen, which have no smaller unit.
    await asAdmin(database.adminUrl, async (admin) => {
      await admin`set session_replication_role = replica`;
      await admin`update tieout.exception set currency = 'JPY' where exception_id = ${yen?.exception_id ?? ''}`;
    });

    const { cases } = await inWorkspace(sql, workspace.workspaceId, (tx) =>
      dueCases(tx, { workspaceId: workspace.workspaceId, limit: 10 }),
    );

    expect(cases.map(({ exceptionId }) => exceptionId)).toEqual([yen?.exception_id, dollars?.exception_id]);
  });
});
