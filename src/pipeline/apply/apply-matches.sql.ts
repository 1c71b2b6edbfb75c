import type { Tx } from '../../db/tx.ts';

/**
 * Supersedes the matches that are gone and records the made ones with their members; nothing is overwritten. But for those that
 * were decided later than planned, the made groups stand in the order of their ids, and larger groups' members are put into it: the
 * indexes grow at their end.
 */
export async function applyMatches(
  tx: Tx,
  input: { workspaceId: string; reconciliationId: string; runId: string },
): Promise<void> {
  await tx`
    update match m
    set is_live = false, superseded_by = made.match_id
    from gone_match gone
    left join made_group made on made.pass = gone.pass and made.group_key = gone.group_key
    where m.workspace_id = ${input.workspaceId} and m.match_id = gone.match_id`;
  await tx`
    update match_member m
    set is_live = false
    from gone_match gone
    where m.workspace_id = ${input.workspaceId} and m.match_id = gone.match_id`;
  await tx`
    insert into match (workspace_id, match_id, reconciliation_id, run_id, pass, group_key, inputs_hash, expected_minor,
                       actual_minor, currency, outcome, rule, reason, explained)
    select ${input.workspaceId}, made.match_id, ${input.reconciliationId}, ${input.runId}, made.pass, made.group_key,
           made.inputs_hash, made.expected_minor, made.actual_minor, made.currency, made.outcome, made.rule, made.reason,
           e.explained::json
    from made_group made
    left join planned_pair e on e.pass = made.pass and e.expected_id = made.expected_id and e.actual_id = made.actual_id`;
  await tx`
    insert into match_member (workspace_id, match_id, record_id, reconciliation_id, side, record_version)
    select ${input.workspaceId}, made.match_id, m.record_id, ${input.reconciliationId}, m.side, m.version
    from made_group made
    cross join lateral (values (made.expected_id, 'expected', made.expected_version),
                               (made.actual_id, 'actual', made.actual_version)) as m (record_id, side, version)
    where made.expected_id is not null`;
  await tx`
    insert into match_member (workspace_id, match_id, record_id, reconciliation_id, side, record_version)
    select ${input.workspaceId}, made.match_id, m.record_id, ${input.reconciliationId}, m.side, p.version
    from made_group made
    join planned_set m on m.pass = made.pass and m.group_key = made.group_key
    join set_pool p on p.record_id = m.record_id
    where made.expected_id is null
    order by made.match_id, m.record_id`;
}
