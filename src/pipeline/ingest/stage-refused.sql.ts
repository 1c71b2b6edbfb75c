import type { Tx } from '../../db/tx.ts';

/** Puts the refused rows of `batch` into `staged`, from where they are quarantined. */
export async function stageRefused(tx: Tx): Promise<void> {
  await tx`
    insert into staged
    select b.* from batch b where b.reason is not null`;
}
