import type { Refusal } from '../../src/core/refusal.ts';
import type { Result } from '../../src/core/result.ts';
import type { Sql } from '../../src/db/client.ts';
import { newId } from '../../src/db/new-id.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { claim } from '../../src/pipeline/act/claim.ts';
import { type MatchInput, matchByHand } from '../../src/pipeline/pair/match-by-hand.ts';
import type { NeverInput } from '../../src/pipeline/pair/never-together.ts';
import type { Paired, PairSettings } from '../../src/pipeline/pair/pair.ts';
import type { RunnableSpec } from '../../src/pipeline/run/start-run.sql.ts';
import {
  aSpec,
  type ExceptionOnRecord,
  exceptionsOf,
  type LedgerRow,
  NOW,
  ORGANISATION,
  press,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
  toMatchRecord,
} from './ledger.ts';

/** One pass on the purchase order; both absences are raised at once. */
export const PAIRING_SPEC: RunnableSpec = aSpec({
  find: [{ kind: 'exact', name: 'po', expected: ['po'], actual: ['po'], cardinality: 'one-to-many' }],
  missing: {
    actual: { afterDays: 0, raise: 'missing_invoice', severity: 'manual_review' },
    expected: { afterDays: 0, raise: 'unordered_charge', severity: 'block_payout' },
  },
});

/** A workspace whose records were run once. */
export async function startedWith(
  sql: Sql,
  rows: readonly LedgerRow[],
  spec = PAIRING_SPEC,
): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, [spec.key]);
  await putRecords(sql, workspace, rows);
  await runLedger(sql, workspace, { spec });
  return workspace;
}

export const settingsOf = (spec: RunnableSpec = PAIRING_SPEC): PairSettings => ({
  specs: [spec],
  organisation: ORGANISATION,
  now: NOW,
});

/** The exception that speaks of this record, live before closed; throws when there is none. */
export async function exceptionAbout(
  sql: Sql,
  workspace: SeededWorkspace,
  row: LedgerRow,
): Promise<ExceptionOnRecord> {
  const { workspaceId } = workspace;
  const ids = await inWorkspace(sql, workspaceId, async (tx) => {
    const rows = await tx<{ exception_id: string }[]>`
      select m.exception_id from exception_member m
      join exception e on e.workspace_id = m.workspace_id and e.exception_id = m.exception_id
      where m.record_id = ${toMatchRecord(row).recordId}
      order by e.closed_at is not null, e.number desc`;
    return rows.map(({ exception_id: id }) => id);
  });
  const all = await exceptionsOf(sql, workspace);
  const found = all.find(({ exception_id: id }) => id === ids[0]);
  if (!found) throw new Error(`no exception speaks of ${row.ref}`);
  return found;
}

/** Claimed by Ana as it is now. */
export async function claimedAbout(
  sql: Sql,
  workspace: SeededWorkspace,
  row: LedgerRow,
  person = 'ana',
): Promise<ExceptionOnRecord> {
  const seen = await exceptionAbout(sql, workspace, row);
  if (seen.status === 'open') await claim(sql, press(workspace, person, seen));
  return await exceptionAbout(sql, workspace, row);
}

type Said = Partial<Pick<MatchInput, 'code' | 'note' | 'residual'>> & {
  readonly person?: string;
  readonly spec?: RunnableSpec;
};

/** Ana claims the exception about `row` and matches it with `others` by hand. */
export async function matchAs(
  sql: Sql,
  workspace: SeededWorkspace,
  { row, others, ...said }: Said & { row: LedgerRow; others: readonly LedgerRow[] },
): Promise<Result<Paired, Refusal>> {
  const { person = 'ana', spec = PAIRING_SPEC, ...entered } = said;
  const exception = await claimedAbout(sql, workspace, row, person);
  const request = press(workspace, person, exception);
  return await matchByHand(
    sql,
    {
      ...request,
      with: others.map((other) => toMatchRecord(other).recordId),
      named: 'ids',
      code: 'accepted',
      note: 'same job',
      residual: 'stays',
      ...entered,
    },
    settingsOf(spec),
  );
}

/** What names others by their ids, with a reason. */
export const about = (
  workspace: SeededWorkspace,
  exception: ExceptionOnRecord,
  others: readonly LedgerRow[],
): NeverInput => ({
  ...press(workspace, 'ana', exception),
  with: others.map((other) => toMatchRecord(other).recordId),
  named: 'ids',
  note: 'another client',
  requestKey: newId(),
});

/** The references that stand together, expected before actual. */
export const livePairs = (sql: Sql, { workspaceId }: SeededWorkspace): Promise<string[]> =>
  inWorkspace(sql, workspaceId, async (tx) => {
    const rows = await tx<{ text: string }[]>`
      select m.pass || ': ' || string_agg(r.source_ref, ' + ' order by mm.side desc, r.source_ref) as text
      from match m
      join match_member mm on mm.workspace_id = m.workspace_id and mm.match_id = m.match_id
      join record r on r.workspace_id = mm.workspace_id and r.record_id = mm.record_id
      where m.is_live and mm.is_live
      group by m.match_id, m.pass`;
    return rows.map(({ text }) => text).sort();
  });
