import type { Tx } from '../../db/tx.ts';

export type Vouch = {
  readonly workspaceId: string;
  readonly requestId: string;
  readonly personId: string;
  readonly vouchedBy: string;
  readonly tokenHash: string;
  readonly expiresAt: Date;
};

/** Somebody vouches for whom the request is, and this token will confirm it until then. Also replaces an earlier token. */
export async function storeVouch(tx: Tx, vouch: Vouch): Promise<void> {
  await tx`
    update link_request
    set person_id = ${vouch.personId}, vouched_by = ${vouch.vouchedBy}, token_hash = ${vouch.tokenHash},
        expires_at = ${vouch.expiresAt.toISOString()}
    where workspace_id = ${vouch.workspaceId} and link_request_id = ${vouch.requestId}`;
}
