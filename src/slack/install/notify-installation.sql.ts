import type { Tx } from '../../db/tx.ts';

/** The channel on which instances tell each other that an installation changed; the workspace's id is what is said. */
export const INSTALLATIONS = 'tieout_installation';

/** Tells every instance, once this transaction commits. They would find it within half a minute. */
export async function notifyInstallation(tx: Tx, workspaceId: string): Promise<void> {
  await tx`select pg_notify(${INSTALLATIONS}, ${workspaceId})`;
}
