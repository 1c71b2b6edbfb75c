import { missingFingerprint, missingReasonOf } from '../../core/classify.ts';
import { otherSide, type Reconciliation, SIDES, type Side } from '../../core/spec.ts';
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
  const said = SIDES.flatMap((side) => {
    const rule = about.spec.missing[otherSide(side)];
    const reason = missingReasonOf(about.spec, side);
    return rule && reason !== undefined ? [{ side, rule, reason }] : [];
  });
  if (said.length === 0) return standing;
  const found = await tx<{ side: Side; count: number }[]>`
    with said as materialized (
      select e.exception_id, p.record_id, p.side
      from unnest(${said.map(({ side }) => side)}::text[], ${said.map(({ rule }) => missingFingerprint(rule, ''))}::text[],
                  ${said.map(({ reason }) => reason)}::text[], ${said.map(({ rule }) => rule.severity)}::text[],
                  ${said.map(({ rule }) => rule.afterDays)}::integer[])
        as s (side, fingerprint, reason, severity, after_days)
      join remainder p on p.side = s.side and p.occurred_on + s.after_days <= ${about.cutoffOn}::date
      join exception e on e.workspace_id = ${about.workspaceId} and e.reconciliation_id = ${about.reconciliationId}
        and e.fingerprint = s.fingerprint || p.feed || '/' || p.source_ref
        -- What inputsHash makes of one record.
        and e.inputs_hash = encode(sha256(convert_to(p.record_id || ':' || encode(p.content_hash, 'hex'), 'UTF8')), 'hex')
      where jsonb_array_length(e.findings) = 1
        and p.record_id not in (select n.record_id from planned_note n)
        and (e.status = 'resolved'
          or (e.status <> 'cleared' and e.reason = s.reason and e.severity = s.severity))
    ), kept as (
      insert into standing_exception (exception_id, record_id) select said.exception_id, said.record_id from said
    )
    select said.side, count(*)::integer as count from said group by said.side`;
  for (const { side, count } of found) standing[side] = count;
  return standing;
}
