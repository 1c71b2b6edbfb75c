import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

type Answered = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly exceptionId: string;
  readonly personId: string;
  readonly now: Date;
};

/**
 * Keeps what a person made of the candidates a pass had proposed: those between the chosen records were accepted, the
 * other suggestions for the same records rejected; where nothing was chosen, all between the records were rejected.
 */
export async function keepCandidateAnswers(
  tx: Tx,
  input: Answered,
  said: { readonly recordIds: readonly string[]; readonly answer: 'accepted' | 'rejected' },
): Promise<void> {
  const ids = said.recordIds as string[];
  const isAccepted = said.answer === 'accepted';
  await tx`
    insert into answered_suggestion (workspace_id, answered_suggestion_id, reconciliation_id, exception_id, pass, verdict,
                                     rank, probability, answer, answered_by, answered_at)
    select ${input.workspaceId}, tieout.uuid_v7(), ${input.reconciliationId}, ${input.exceptionId}, c.pass, c.verdict, c.rank,
           (c.explained ->> 'probability')::double precision,
           case when ${isAccepted} and c.candidate_id = any(${ids}::uuid[]) then 'accepted' else 'rejected' end,
           ${input.personId}, ${input.now.toISOString()}::timestamptz
    from rejected_candidate c
    join exception_member m on m.workspace_id = c.workspace_id and m.exception_id = ${input.exceptionId}
      and m.record_id = c.record_id
    where c.workspace_id = ${input.workspaceId} and c.reconciliation_id = ${input.reconciliationId}
      and c.record_id = any(${ids}::uuid[])
      and (c.candidate_id = any(${ids}::uuid[]) or ${isAccepted} and c.verdict in ('suggested', 'ambiguous'))`;
}

/** Keeps that people took apart what passes had paired. */
export async function keepUndone(tx: Tx, input: Answered, passes: readonly string[]): Promise<void> {
  await tx`
    insert into answered_suggestion (workspace_id, answered_suggestion_id, reconciliation_id, exception_id, pass, verdict,
                                     answer, answered_by, answered_at)
    select ${input.workspaceId}, u.id, ${input.reconciliationId}, ${input.exceptionId}, u.pass, 'paired', 'rejected',
           ${input.personId}, ${input.now.toISOString()}::timestamptz
    from unnest(${passes.map(newId)}::uuid[], ${passes as string[]}::text[]) as u (id, pass)`;
}
