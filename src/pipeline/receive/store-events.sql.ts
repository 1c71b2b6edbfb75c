import type { Statements } from '../../db/tx.ts';

export type EventRow = {
  readonly feedId: string;
  readonly id: string;
  readonly type: string | null;
  readonly status: string;
  readonly body: Buffer;
  readonly sha256: string;
};

/** Stores events and commits by itself; says which of them (positions from 1) are known with another content. */
export async function storeEvents(
  sql: Statements,
  workspaceId: string,
  rows: readonly EventRow[],
): Promise<readonly number[]> {
  const [row] = await sql<{ differing: number[] }[]>`
    select tieout.receive_events(
      ${workspaceId}::uuid, ${rows.map(({ feedId }) => feedId)}::uuid[], ${rows.map(({ id }) => id)}::text[],
      ${rows.map(({ sha256 }) => sha256)}::text[], ${rows.map(({ body }) => body)}::bytea[],
      ${rows.map(({ type }) => type)}::text[], ${rows.map(({ status }) => status)}::text[]) as differing`;
  if (row === undefined) throw new Error('storing events gave no row');
  return row.differing;
}
