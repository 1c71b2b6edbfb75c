import type { Tx } from '../../db/tx.ts';

export type MemberRow = {
  readonly exceptionId: string;
  readonly recordId: string;
  readonly side: string;
  readonly version: number;
};

/** Sets which records the given exceptions speak of. */
export async function replaceMembers(
  tx: Tx,
  input: { workspaceId: string; exceptionIds: readonly string[]; members: readonly MemberRow[] },
): Promise<void> {
  if (input.exceptionIds.length === 0) return;
  const { members } = input;
  await tx`
    delete from exception_member
    where workspace_id = ${input.workspaceId} and exception_id = any(${input.exceptionIds as string[]}::uuid[])`;
  await tx`
    insert into exception_member (workspace_id, exception_id, record_id, side, record_version)
    select ${input.workspaceId}, m.exception_id, m.record_id, m.side, m.record_version
    from unnest(${members.map((row) => row.exceptionId)}::uuid[], ${members.map((row) => row.recordId)}::uuid[],
                ${members.map((row) => row.side)}::text[], ${members.map((row) => row.version)}::integer[])
      as m (exception_id, record_id, side, record_version)`;
}
