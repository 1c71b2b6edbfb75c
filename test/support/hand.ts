import type { HandDecisions } from '../../src/core/hand-match.ts';
import type { MatchRecord } from '../../src/core/match.ts';
import type { Sql } from '../../src/db/client.ts';
import { newId } from '../../src/db/new-id.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import {
  exceptionsOf,
  type LedgerRow,
  NOW,
  order,
  putRecords,
  runLedger,
  type SeededWorkspace,
} from './ledger.ts';

/** Records whose exceptions decisions can hang on; nothing else is like them. */
export const lonely = (count: number): LedgerRow[] =>
  Array.from({ length: count }, (_, at) => order(`lonely-${at}`, 1n, { on: '2026-01-01', fields: {} }));

/** Puts decisions on the record as if people had made them, on exceptions of `lonely` records. */
export async function putDecisions(
  sql: Sql,
  workspace: SeededWorkspace,
  { decisions, records }: { decisions: HandDecisions; records: readonly MatchRecord[] },
): Promise<void> {
  if (decisions.matches.length > 0) {
    await putRecords(sql, workspace, lonely(decisions.matches.length));
    await runLedger(sql, workspace);
  }
  const exceptions = await exceptionsOf(sql, workspace);
  const [reconciliationId] = Object.values(workspace.reconciliations);
  const sideOf = new Map(records.map((record) => [record.recordId, record.side]));
  const { workspaceId } = workspace;
  const ana = workspace.people.ana ?? '';
  await inWorkspace(sql, workspaceId, async (tx) => {
    for (const [at, { members }] of decisions.matches.entries()) {
      const handMatchId = newId();
      await tx`
        insert into hand_match (workspace_id, hand_match_id, reconciliation_id, exception_id, code, made_by, made_at)
        values (${workspaceId}, ${handMatchId}, ${reconciliationId ?? ''}, ${exceptions[at]?.exception_id ?? ''},
                'accepted', ${ana}, ${NOW})`;
      for (const { recordId, contentHash } of members) {
        await tx`
          insert into hand_match_member (workspace_id, hand_match_id, record_id, reconciliation_id, side, record_version,
                                         content_hash)
          values (${workspaceId}, ${handMatchId}, ${recordId}, ${reconciliationId ?? ''}, ${sideOf.get(recordId) ?? ''}, 1,
                  ${contentHash})`;
      }
    }
    for (const pair of decisions.never) {
      await tx`
        insert into never_pair (workspace_id, never_pair_id, reconciliation_id, kind, expected_id, actual_id, expected_hash,
                                actual_hash, note, said_by, said_at)
        values (${workspaceId}, ${newId()}, ${reconciliationId ?? ''}, ${pair.kind}, ${pair.expectedId}, ${pair.actualId},
                ${pair.expectedHash}, ${pair.actualHash}, 'test', ${ana}, ${NOW})`;
    }
  });
}
