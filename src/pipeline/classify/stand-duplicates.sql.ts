import { duplicateFingerprint, duplicateReason } from '../../core/classify.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Keeps in `standing_exception` those that say of a set of repeated records what is said of it again, as `standMissing` does of
 * unpaired ones: the sets are not read for it. Called once `told_pool` is there and before `classifyUngrouped`, while this process weighs.
 */
export async function standDuplicates(
  tx: Tx,
  about: { workspaceId: string; reconciliationId: string; spec: Pick<Reconciliation, 'duplicates'> },
): Promise<void> {
  const { duplicates } = about.spec;
  if (duplicates.length === 0) return;
  await tx`
    insert into standing_exception (exception_id, rule, group_key)
    select e.exception_id, s.rule, s.group_key
    from (
      -- What inputsHash makes of several records.
      select d.rule, d.group_key, encode(sha256(convert_to(string_agg(i.input, ',' order by i.input collate "C"), 'UTF8')), 'hex') as inputs_hash
      from planned_duplicate d
      join told_pool p on p.record_id = d.record_id
      cross join lateral (select p.record_id || ':' || encode(p.content_hash, 'hex') as input) i
      group by d.rule, d.group_key
    ) s
    join unnest(${duplicates.map((rule, nth) => duplicateFingerprint(rule, { rule: nth, key: '' }))}::text[],
                ${duplicates.map(duplicateReason)}::text[], ${duplicates.map(({ severity }) => severity)}::text[])
      with ordinality as r (fingerprint, reason, severity, nth) on r.nth = s.rule + 1
    join exception e on e.workspace_id = ${about.workspaceId} and e.reconciliation_id = ${about.reconciliationId}
      and e.fingerprint = r.fingerprint || s.group_key and e.inputs_hash = s.inputs_hash
    where e.status = 'resolved' or (e.status <> 'cleared' and e.reason = r.reason and e.severity = r.severity)`;
}
