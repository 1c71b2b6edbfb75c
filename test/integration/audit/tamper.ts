import type { TransactionSql } from 'postgres';
import { asAdmin } from '../../../src/db/databases.ts';

/** Does to the database what only somebody with every right can: the guards of trail and exceptions are off meanwhile. */
export async function tamper(
  adminUrl: string,
  change: (tx: TransactionSql) => Promise<unknown>,
): Promise<void> {
  await asAdmin(adminUrl, (admin) =>
    admin.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`set local search_path = tieout`;
      await tx`alter table audit_event disable trigger audit_event_append_only`;
      await change(tx);
      await tx`alter table audit_event enable always trigger audit_event_append_only`;
    }),
  );
}
