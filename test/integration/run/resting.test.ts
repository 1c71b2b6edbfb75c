import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { AuditedAction } from '../../../src/core/audit.ts';
import { AUDITED_ACTIONS } from '../../../src/core/audit.ts';
import { ONLY_RECORDS } from '../../../src/core/run-inputs.ts';
import { CARDINALITIES } from '../../../src/core/spec.ts';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { appendAudit } from '../../../src/pipeline/audit/append.sql.ts';
import type { RunnableSpec } from '../../../src/pipeline/run/start-run.sql.ts';
import {
  COMBINE,
  decisionsOf,
  keys,
  ledger,
  SIMILAR,
  said,
  tolerance,
  window,
} from '../../support/any-ledger.ts';
import { testDatabase } from '../../support/database.ts';
import { deliver } from '../../support/deliver.ts';
import { lonely, putDecisions } from '../../support/hand.ts';
import {
  aSpec,
  exceptionsOf,
  expression,
  invoice,
  order,
  putRecords,
  recordExpression,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
  toMatchRecord,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
const admin = connect({ url: database.adminUrl, role: 'admin' });
afterAll(() => Promise.all([sql.end(), admin.end()]));

const append = ({ workspaceId }: SeededWorkspace, action: AuditedAction): Promise<unknown> =>
  inWorkspace(sql, workspaceId, (tx) =>
    appendAudit(tx, {
      workspaceId,
      facts: [{ action, entity: 'delivery', entityId: newId(), actor: { kind: 'program', name: 'test' } }],
    }),
  );

/** What a night may say: answered, or looking only at what has changed, or at everything. */
const night = (workspace: SeededWorkspace, spec: RunnableSpec, cutoffOn = '2026-12-31') =>
  runLedger(sql, workspace, { spec, unlessSeen: true, cutoffAt: new Date(`${cutoffOn}T12:00:00Z`) });
const afresh = (workspace: SeededWorkspace, spec: RunnableSpec, cutoffOn = '2026-12-31') =>
  runLedger(sql, workspace, { spec, cutoffAt: new Date(`${cutoffOn}T12:00:00Z`) });

const days = fc.constantFrom('2026-10-01', '2026-10-02', '2026-10-20', '2026-12-31');

const spec = fc
  .record({
    key: keys,
    others: fc.array(
      fc.record({ on: fc.option(keys), window, cardinality: fc.constantFrom(...CARDINALITIES) }),
      {
        maxLength: 2,
      },
    ),
    cardinality: fc.constantFrom(...CARDINALITIES),
    tolerance,
    isSimilar: fc.boolean(),
    isCombined: fc.boolean(),
    when: fc.constantFrom(undefined, "kind != 'credit'"),
    due: fc.constantFrom(undefined, 0),
    late: fc.constantFrom(undefined, 1, 30),
    duplicates: fc.array(
      fc.record({
        side: fc.constantFrom('expected' as const, 'actual' as const),
        also: keys,
        isNear: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
  })
  .map((given): RunnableSpec => {
    const { key, others, duplicates, when, due, late } = given;
    const pass = (name: string, on: readonly string[]) => ({
      kind: 'exact' as const,
      name,
      expected: on,
      actual: on,
    });
    return aSpec({
      actual: { ...aSpec().actual, when: when && recordExpression('actual', when) },
      find: [
        { ...pass('first', key), cardinality: given.cardinality, tolerance: given.tolerance },
        ...others.map(({ on, window: days, cardinality }, at) => ({
          ...pass(`other-${at}`, on ?? key),
          cardinality,
          window: on === null || cardinality === 'many-to-many' ? undefined : days,
        })),
        ...(given.isSimilar ? [SIMILAR] : []),
        ...(given.isCombined ? [COMBINE] : []),
      ],
      duplicates: duplicates.map(({ side, also, isNear }) => ({
        side,
        same: isNear ? [...new Set([...key, ...also])] : also,
        raise: 'duplicate',
        severity: 'block_payout',
      })),
      credits: { field: 'kind', equals: 'credit', period: undefined },
      verify: [
        {
          id: 'near',
          expect: expression('abs(diff) <= 5.00'),
          // biome-ignore lint/suspicious/noThenProperty: the word of the spec
          then: 'auto_resolve',
          else: undefined,
          reason: 'NEAR',
          notify: undefined,
        },
      ],
      missing: {
        actual: { afterDays: 1, raise: 'missing_invoice', severity: 'manual_review' },
        expected: { afterDays: 0, raise: 'unordered_charge', severity: 'block_payout' },
      },
      timing:
        due === undefined && late === undefined ? undefined : { dueWithinDays: due, lateUntilDays: late },
    });
  });

/** Later content of some records, by position; records that are new; and which of the first are taken back. */
const changes = fc.array(
  fc.record({
    later: ledger,
    goes: fc.array(fc.nat({ max: 23 }), { maxLength: 3 }),
    // Where what changed is listed, nothing else is read to find it.
    lists: fc.constantFrom('all' as const, 'all' as const, 'none' as const),
    isLooked: fc.boolean(),
  }),
  { minLength: 1, maxLength: 2 },
);

it('leaves alone only what looking at everything would leave as it is, whatever the records, the passes and the changes', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(ledger, spec, said, changes, days, async (rows, theSpec, sayings, nights, firstDay) => {
      const workspace = await seedWorkspace(sql, [theSpec.key]);
      const decisions = decisionsOf(rows.map(toMatchRecord), sayings);
      await putRecords(sql, workspace, rows);
      await putDecisions(sql, workspace, { decisions, records: [...rows, ...lonely(12)].map(toMatchRecord) });
      await afresh(workspace, theSpec, firstDay);
      let last: object = {};
      for (const { later, goes, lists, isLooked } of nights) {
        const gone = goes.flatMap((at) => rows[at] ?? []);
        await deliver(sql, workspace, { rows: later, gone, lists });

        const {
          runId: _some,
          status: _did,
          planHash: _plan,
          made: _made,
          changes: _changes,
          ...left
        } = await night(workspace, theSpec);
        // What a night lists and counts is what the next goes by, as long as nobody looked at everything in between.
        last = left;
        if (!isLooked) continue;
        const {
          runId: _all,
          status,
          planHash: _none,
          made,
          changes: changed,
          ...looked
        } = await afresh(workspace, theSpec);

        expect({ status, made, changed }).toEqual({
          status: 'unchanged',
          made: { matches: 0, superseded: 0, autoResolved: 0 },
          changed: { open: 0, update: 0, reopen: 0, clear: 0 },
        });
        expect(left).toEqual(looked);
      }
      expect(await afresh(workspace, theSpec)).toMatchObject({ ...last, status: 'unchanged' });
    }),
    { numRuns: 50 },
  );
});

/** A change that nothing tells of: only a run that looks at every record finds it. */
async function withHiddenChange(billed = 100_00n): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n), invoice('1', billed), order('2', 5_00n)]);
  await afresh(workspace, aSpec());
  await inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx`update record set amount_minor = 90000 where source_ref = 'I-1'`,
  );
  return workspace;
}

describe('a match that an exception speaks of', () => {
  it('is not looked at again while none of its records has another version, and the exception stays', async () => {
    const workspace = await withHiddenChange(150_00n);
    await deliver(sql, workspace, { rows: [invoice('2', 5_00n)] });
    const [before] = await exceptionsOf(sql, workspace);

    expect(await night(workspace, aSpec())).toMatchObject({
      made: { matches: 1, superseded: 0 },
      changes: { open: 0, update: 0, reopen: 0, clear: 0 },
      live: { matches: { equal: 1, excepted: 1 } },
    });
    expect((await exceptionsOf(sql, workspace))[0]).toEqual(before);
  });

  it('is looked at again where the exception speaks of other content than the match', async () => {
    const workspace = await withHiddenChange(150_00n);
    await inWorkspace(sql, workspace.workspaceId, (tx) => tx`update match set inputs_hash = 'another'`);
    await deliver(sql, workspace, { rows: [invoice('2', 5_00n)] });

    expect((await night(workspace, aSpec())).made).toMatchObject({ superseded: 1 });
  });
});

describe.each([
  ['a record that nothing answers', [order('1', 100_00n), invoice('2', 5_00n)], 2],
  ['repeated records', [order('1', 5_00n), invoice('1', 5_00n), invoice('1', 5_00n, { ref: 'I-1b' })], 1],
] as const)('an exception of %s', (_of, rows, count) => {
  const theSpec = aSpec({
    duplicates: [{ side: 'actual', same: ['po'], raise: 'duplicate', severity: 'manual_review' }],
    missing: {
      actual: { afterDays: 0, raise: 'missing_invoice', severity: 'manual_review' },
      expected: { afterDays: 0, raise: 'unordered_charge', severity: 'manual_review' },
    },
  });

  /** What a night changes of exceptions that were made otherwise before it; something else came in. */
  async function changesAfter(set: string): Promise<object> {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    await putRecords(sql, workspace, rows);
    await afresh(workspace, theSpec);
    await admin.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx.unsafe(`update tieout.exception set ${set} where workspace_id = '${workspace.workspaceId}'`);
    });
    await deliver(sql, workspace, { rows: [order('3', 7_00n)] });
    const { changes, pending, unraised, matchRatePpm } = await night(workspace, theSpec);
    expect(await afresh(workspace, theSpec)).toMatchObject({ pending, unraised, matchRatePpm });
    return changes;
  }

  it.each([
    ['other findings were noted', `findings = '[]'`],
    ['somebody has resolved it', `status = 'resolved', closed_at = now(), resolution_code = 'DONE'`],
  ])('stands where %s', async (_what, set) => {
    expect(await changesAfter(set)).toEqual({ open: 1, update: 0, reopen: 0, clear: 0 });
  });

  it.each([
    ['speaks of other content', `inputs_hash = 'another'`],
    ['gives another reason', `reason = 'ANOTHER'`],
    ['is of another severity', `severity = 'block_payout'`],
  ])('is planned again where it %s', async (_what, set) => {
    expect(await changesAfter(set)).toEqual({ open: 1, update: count, reopen: 0, clear: 0 });
  });

  it('is planned again where it was cleared', async () => {
    expect(await changesAfter(`status = 'cleared', closed_at = now()`)).toMatchObject({ reopen: count });
  });
});

describe('a settled match', () => {
  it('is not looked at again while none of its records has another version', async () => {
    const workspace = await withHiddenChange();
    await deliver(sql, workspace, { rows: [invoice('2', 5_00n)] });

    expect(await night(workspace, aSpec())).toMatchObject({
      status: 'applied',
      made: { matches: 1, superseded: 0 },
      records: { expected: 2, actual: 2 },
    });
  });

  it('is looked at again when a record of its key comes in', async () => {
    const workspace = await withHiddenChange();
    await deliver(sql, workspace, { rows: [order('1', 7_00n, { ref: 'O-1b' })] });

    expect((await night(workspace, aSpec())).made).toMatchObject({ superseded: 1 });
  });

  it('is looked at again when a run is to look at everything', async () => {
    const workspace = await withHiddenChange();

    expect((await afresh(workspace, aSpec())).made).toMatchObject({ superseded: 1 });
  });

  it('is looked at again under an engine that may decide otherwise', async () => {
    const workspace = await withHiddenChange();
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`update run set counts = jsonb_set(counts, '{seen,engine}', '0')`,
    );

    expect((await night(workspace, aSpec())).made).toMatchObject({ superseded: 1 });
  });

  const isMore = (action: AuditedAction) => !(ONLY_RECORDS as readonly AuditedAction[]).includes(action);

  it.each(AUDITED_ACTIONS.filter(isMore))('is looked at again after %s', async (action) => {
    const workspace = await withHiddenChange();
    await append(workspace, action);

    expect((await night(workspace, aSpec())).made).toMatchObject({ superseded: 1 });
  });
});
