import type { Note } from '../../core/combine-pass.ts';
import type { Tx } from '../../db/tx.ts';

/** Keeps why records were not put together with others, for the exceptions that they may become. */
export async function planNotes(tx: Tx, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return;
  await tx`
    insert into planned_note (record_id, pass, wanted, found)
    select n.record_id, n.pass, n.wanted, n.found
    from unnest(${notes.map(({ record }) => record.recordId)}::uuid[], ${notes.map(({ pass }) => pass)}::text[],
                         ${notes.map(({ wanted }) => wanted)}::text[], ${notes.map(({ found }) => found)}::text[])
      as n (record_id, pass, wanted, found)`;
}
