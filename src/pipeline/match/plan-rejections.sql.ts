import type { Rejected } from '../../core/similar-pass.ts';
import type { Decide } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { explainedJson } from './explained-json.ts';

/** Keeps what came close to each record that a similar pass left alone; a later pass's say replaces an earlier one's. */
export async function planRejections(
  tx: Tx,
  { pass, decide }: { pass: string; decide: Decide },
  rejected: readonly Rejected[],
): Promise<void> {
  if (rejected.length === 0) return;
  const own = ({ side, expected, actual }: Rejected) => (side === 'expected' ? expected : actual);
  const other = ({ side, expected, actual }: Rejected) => (side === 'expected' ? actual : expected);
  const ids = rejected.map((one) => own(one).recordId);
  await tx`delete from planned_rejection where record_id = any(${ids}::uuid[])`;
  await tx`
    insert into planned_rejection (record_id, rank, candidate_id, pass, verdict, explained)
    select given.record_id, given.rank, given.candidate_id, ${pass}, given.verdict, given.explained
    from unnest(${ids}::uuid[], ${rejected.map(({ rank }) => rank)}::integer[],
                ${rejected.map((one) => other(one).recordId)}::uuid[],
                ${rejected.map(({ verdict }) => verdict)}::text[], ${rejected.map((one) => explainedJson(one, decide))}::text[])
      as given (record_id, rank, candidate_id, verdict, explained)`;
}
