import type { Statements } from '../../db/tx.ts';

export type EventRow = {
  readonly id: string;
  readonly type: string | null;
  readonly status: string;
  readonly body: Buffer;
  readonly sha256: string;
};

/** Stores the events of one push, all or none, and commits by itself; raises TIE11 when a name is known with another content. */
export async function storeEvents(
  sql: Statements,
  { workspaceId, feedId }: { workspaceId: string; feedId: string },
  rows: readonly EventRow[],
): Promise<void> {
  await sql`
    select tieout.receive_events(
      ${workspaceId}::uuid, ${feedId}::uuid, ${rows.map(({ id }) => id)}::text[], ${rows.map(({ sha256 }) => sha256)}::text[],
      ${rows.map(({ body }) => body)}::bytea[], ${rows.map(({ type }) => type)}::text[],
      ${rows.map(({ status }) => status)}::text[])`;
}
