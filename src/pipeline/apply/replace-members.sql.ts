import { copyText, copyTexts, uuidList } from '../../db/copy-rows.sql.ts';
import type { Tx } from '../../db/tx.ts';

export type MemberRow = {
  readonly exceptionId: string;
  readonly recordId: string;
  readonly side: string;
  readonly version: number;
};

/** The row as it goes into `drafted_member`. */
export const memberText = ({ exceptionId, recordId, side, version }: MemberRow): string =>
  copyText([exceptionId, recordId, side, version]);

/** Sets which records the given exceptions speak of, as `memberText` wrote it; the `changed` ones spoke of others before. */
export async function replaceMembers(
  tx: Tx,
  input: { workspaceId: string; changed: readonly string[]; members: Iterable<string> },
): Promise<void> {
  if (input.changed.length > 0) {
    await tx`
      delete from exception_member
      where workspace_id = ${input.workspaceId} and exception_id in (select unnest(${uuidList(tx, input.changed)}))`;
  }
  await tx`
    create temp table drafted_member (exception_id uuid, record_id uuid, side text, record_version integer) on commit drop`;
  await copyTexts(tx, DRAFTED, input.members);
  await tx`
    insert into exception_member (workspace_id, exception_id, record_id, side, record_version)
    select ${input.workspaceId}, m.exception_id, m.record_id, m.side, m.record_version
    from drafted_member m`;
  await tx`drop table drafted_member`; // the next part has its own
}

const DRAFTED = {
  table: 'drafted_member',
  columns: ['exception_id', 'record_id', 'side', 'record_version'],
} as const;
