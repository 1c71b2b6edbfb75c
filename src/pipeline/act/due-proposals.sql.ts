import type { Tx } from '../../db/tx.ts';
import { MOST_SWEPT } from './most-swept.ts';

/** Exceptions whose open proposal was to be decided by now, the longest overdue first. */
export async function dueProposals(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<string[]> {
  const rows = await tx<{ exception_id: string }[]>`
    select exception_id
    from proposal
    where workspace_id = ${workspaceId} and state = 'open' and kind in ('adjustment', 'write_off')
      and expires_at <= ${now.toISOString()}::timestamptz
    order by expires_at, exception_id
    limit ${MOST_SWEPT}`;
  return rows.map((row) => row.exception_id);
}

/** Other proposals that are over: nobody decided in time, or the hold they are about is open no more. */
export async function overProposals(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<string[]> {
  const rows = await tx<{ proposal_id: string }[]>`
    select p.proposal_id
    from proposal p
    left join hold h on h.workspace_id = p.workspace_id and h.hold_id = p.hold_id
    where p.workspace_id = ${workspaceId} and p.state = 'open' and p.kind in ('release', 'reversal')
      and (p.expires_at <= ${now.toISOString()}::timestamptz or h.state = 'released')
    order by p.expires_at, p.proposal_id
    limit ${MOST_SWEPT}`;
  return rows.map((row) => row.proposal_id);
}
