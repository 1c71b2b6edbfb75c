import type { Actor } from '../../core/audit.ts';
import type { Tx } from '../../db/tx.ts';

/** Ends an open hold, with its event; the database refuses any way but the rule's. False when it was over before. */
export async function releaseHold(
  tx: Tx,
  released: {
    workspaceId: string;
    holdId: string;
    how: 'approved' | 'expired';
    at: Date;
    /** Undefined when the clock did. */
    personId: string | undefined;
    reason: string;
    note: string | undefined;
    actor: Actor;
  },
): Promise<boolean> {
  const [row] = await tx<{ seq: bigint | null }[]>`
    select release_hold(${released.workspaceId}::uuid, ${released.holdId}::uuid, ${released.how},
      ${released.at.toISOString()}::timestamptz, ${released.personId ?? null}::uuid, ${released.reason},
      ${released.note ?? null}, ${tx.json(released.actor)}::jsonb) as seq`;
  return row?.seq !== null;
}
