import type { Tx } from './tx.ts';

/**
 * Keeps months as they are until the transaction ends: shared by entries that are being booked, alone for whoever closes or
 * opens one. Taken before anything is appended to the trail.
 */
export const lockPeriods = async (
  tx: Tx,
  workspaceId: string,
  { alone }: { alone: boolean },
): Promise<void> => {
  await tx`select lock_periods(${workspaceId}::uuid, ${alone})`;
};
