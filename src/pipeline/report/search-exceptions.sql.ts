import type { Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { onlyLive, visibleTo } from './visible-to.sql.ts';

export type FoundException = {
  readonly exceptionId: string;
  readonly number: number;
  readonly type: string;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
};

/**
 * Exceptions the viewer sees: live ones whose number begins with this text or whose order or client has it in it, and
 * closed ones of exactly this number or order, for there may be millions. Live ones first, newest first.
 */
export async function searchExceptions(
  tx: Tx,
  query: { workspaceId: string; viewer: Viewer; text: string; limit: number },
): Promise<FoundException[]> {
  const text = query.text.trim();
  const number = /^(?:ex-?)?(\d{1,9})$/i.exec(text)?.[1] ?? null;
  const seen = tx`e.workspace_id = ${query.workspaceId} and ${visibleTo(tx, query.viewer)}`;
  const columns = tx`e.exception_id, e.number, e.type, e.client, e.order_ref, e.closed_at is not null as is_closed`;
  const has = (column: Fragment) =>
    tx`position(lower(${text}::text collate "und-x-icu") in lower(${column} collate "und-x-icu")) > 0`;
  const rows = await tx<Row[]>`
    select ${columns} from exception e
    where ${seen} and ${onlyLive(tx)}
      and (${text} = '' or starts_with(e.number::text, ${number}::text) or ${has(tx`e.order_ref`)} or ${has(tx`e.client`)})
    union
    select ${columns} from exception e where ${seen} and e.number = ${number}::integer
    union
    select ${columns} from exception e where ${seen} and e.order_ref = ${text}
    order by is_closed, number desc
    limit ${query.limit}`;
  return rows.map((row) => ({
    exceptionId: row.exception_id,
    number: row.number,
    type: row.type,
    client: row.client ?? undefined,
    orderRef: row.order_ref ?? undefined,
  }));
}

type Fragment = ReturnType<typeof onlyLive>;

type Row = {
  exception_id: string;
  number: number;
  type: string;
  client: string | null;
  order_ref: string | null;
};
