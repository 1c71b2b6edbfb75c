import type { DecidedGroup } from '../../core/rematch.ts';
import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

/** Records groups as live matches, as a run would. Returns nothing: their names across runs are pass and key. */
export async function insertMatches(
  tx: Tx,
  scope: { workspaceId: string; reconciliationId: string; runId: string },
  groups: readonly (DecidedGroup & { readonly inputsHash: string })[],
): Promise<void> {
  const rows = groups.map(({ pass, key, inputsHash, sums, decision, members }) => ({
    match_id: newId(),
    pass,
    group_key: key,
    inputs_hash: inputsHash,
    expected_minor: sums.expectedMinor?.toString() ?? null,
    actual_minor: sums.actualMinor?.toString() ?? null,
    currency: sums.currency ?? null,
    outcome: decision.outcome,
    rule: decision.outcome === 'equal' ? null : (decision.rule ?? null),
    reason: decision.outcome === 'auto_resolved' ? decision.reason : null,
    members: members.map(({ recordId, side, version }) => ({ record_id: recordId, side, version })),
  }));
  await tx`
    with given as (
      select g.match_id, g.pass, g.group_key, g.inputs_hash, g.expected_minor, g.actual_minor, g.currency, g.outcome, g.rule,
             g.reason, g.members
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as g (
        match_id uuid, pass text, group_key text, inputs_hash text, expected_minor bigint, actual_minor bigint,
        currency text, outcome text, rule text, reason text, members jsonb)
    ),
    made as (
      insert into match (workspace_id, match_id, reconciliation_id, run_id, pass, group_key, inputs_hash, expected_minor,
                         actual_minor, currency, outcome, rule, reason, record_ids)
      select ${scope.workspaceId}, g.match_id, ${scope.reconciliationId}, ${scope.runId}, g.pass, g.group_key, g.inputs_hash,
             g.expected_minor, g.actual_minor, g.currency, g.outcome, g.rule, g.reason,
             array(select m.record_id from jsonb_to_recordset(g.members) as m (record_id uuid) order by 1)
      from given g
    )
    insert into match_member (workspace_id, match_id, record_id, reconciliation_id, side, record_version)
    select ${scope.workspaceId}, g.match_id, m.record_id, ${scope.reconciliationId}, m.side, m.version
    from given g
    cross join lateral jsonb_to_recordset(g.members) as m (record_id uuid, side text, version integer)`;
}
