import type { Tx } from '../../db/tx.ts';

export type PromiseMove = {
  readonly exceptionId: string;
  readonly nextStep: number;
  /** When a sweep looks again; undefined when every step was taken, or the exception is closed. */
  readonly nextAt: Date | undefined;
  /** Every step was taken, and it is still not resolved. */
  readonly isFinished: boolean;
};

/** Notes how far promises are carried out. */
export async function movePromises(
  tx: Tx,
  { workspaceId, moves, now }: { workspaceId: string; moves: readonly PromiseMove[]; now: Date },
): Promise<void> {
  if (moves.length === 0) return;
  await tx`
    update promise p
    set next_step = m.next_step, next_at = m.next_at,
        finished_at = case when m.is_finished then ${now.toISOString()}::timestamptz else p.finished_at end
    from unnest(${moves.map(({ exceptionId }) => exceptionId)}::uuid[], ${moves.map(({ nextStep }) => nextStep)}::integer[],
                ${moves.map(({ nextAt }) => nextAt?.toISOString() ?? null)}::timestamptz[],
                ${moves.map(({ isFinished }) => isFinished)}::boolean[]) as m (exception_id, next_step, next_at, is_finished)
    where p.workspace_id = ${workspaceId} and p.exception_id = m.exception_id and p.is_current`;
}
