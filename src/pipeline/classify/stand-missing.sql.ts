import { missingFingerprint, missingReasonOf } from '../../core/classify.ts';
import { type MissingRule, otherSide, type Reconciliation, SIDES, type Side } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';

type About = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly spec: Reconciliation;
  readonly cutoffOn: string;
};

/**
 * Keeps in `standing_exception` those that say of a record that nothing answers it, as it is said again of the same content:
 * whatever people made of them since, planned again they would change nothing. Returns of how many records of each side.
 *
 * Of what passes say something more, or did, it is said anew: that depends on other records too.
 * Where a record may be merely late, what is said depends on the day: all of that side are planned again.
 */
export async function standMissing(tx: Tx, about: About): Promise<Readonly<Record<Side, number>>> {
  const standing = { expected: 0, actual: 0 };
  for (const side of SIDES) {
    const rule = about.spec.missing[otherSide(side)];
    const reason = missingReasonOf(about.spec, side);
    if (rule && reason !== undefined) standing[side] = await standOf(tx, { ...about, side, rule, reason });
  }
  return standing;
}

async function standOf(
  tx: Tx,
  about: About & { readonly side: Side; readonly rule: MissingRule; readonly reason: string },
): Promise<number> {
  const { side, rule, reason } = about;
  const { count } = await tx`
    insert into standing_exception (exception_id, record_id)
    select e.exception_id, p.record_id
    from remainder p
    join exception e on e.workspace_id = ${about.workspaceId} and e.reconciliation_id = ${about.reconciliationId}
      and e.fingerprint = ${missingFingerprint(rule, '')}::text || p.feed || '/' || p.source_ref
    where p.side = ${side} and p.occurred_on + ${rule.afterDays}::integer <= ${about.cutoffOn}::date
      -- What inputsHash makes of one record.
      and e.inputs_hash = encode(sha256(convert_to(p.record_id || ':' || encode(p.content_hash, 'hex'), 'UTF8')), 'hex')
      and jsonb_array_length(e.findings) = 1
      and p.record_id not in (select n.record_id from planned_note n)
      and (e.status = 'resolved'
        or (e.status <> 'cleared' and e.reason = ${reason} and e.severity = ${rule.severity}))`;
  return count;
}
