import { z } from 'zod';
import type { Tx } from '../../db/tx.ts';

export type RefreshTerms = {
  readonly workspaceId: string;
  /** Proves later that the exchange is still ours. */
  readonly lease: string;
  readonly leaseMs: number;
};

const taken = z.object({ refresh_token_sealed: z.string() });

/**
 * Leases the exchange of the workspace's token, and returns the sealed refresh token; undefined when it is not due, or
 * somebody else is at it.
 */
export async function takeRefresh(tx: Tx, terms: RefreshTerms): Promise<string | undefined> {
  const [row] = await tx`
    update installation set
      refresh_lease = ${terms.lease},
      refresh_lease_until = now() + ${terms.leaseMs} * interval '1 millisecond'
    where workspace_id = ${terms.workspaceId}
      and uninstalled_at is null
      and refresh_token_sealed is not null
      and refresh_at <= now()
      and (refresh_lease_until is null or refresh_lease_until < now())
    returning refresh_token_sealed
  `;
  return row && taken.parse(row).refresh_token_sealed;
}
