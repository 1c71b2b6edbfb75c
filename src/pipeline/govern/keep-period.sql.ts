import type { Tx } from '../../db/tx.ts';

/** What holds for a month, or for every month through one, from now on; `seq` is the event that says so. */
export async function keepPeriod(
  tx: Tx,
  kept: {
    workspaceId: string;
    scope: string;
    period: string;
    isClosed: boolean;
    /** Undefined when the configuration says so. */
    personId: string | undefined;
    reason: string;
    now: Date;
    seq: bigint;
  },
): Promise<void> {
  await tx`
    insert into period (workspace_id, scope, period, is_closed, changed_by, reason, changed_at, last_seq)
    values (${kept.workspaceId}, ${kept.scope}, ${kept.period}, ${kept.isClosed}, ${kept.personId ?? null}::uuid,
      ${kept.reason}, ${kept.now.toISOString()}::timestamptz, ${kept.seq.toString()}::bigint)
    on conflict (workspace_id, scope) do update
    set period = excluded.period, is_closed = excluded.is_closed, changed_by = excluded.changed_by,
        reason = excluded.reason, changed_at = excluded.changed_at, last_seq = excluded.last_seq`;
}
