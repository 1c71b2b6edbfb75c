import type { Finding } from '../../core/card.ts';
import type { Tx } from '../../db/tx.ts';

/** What passes said of records that they could not place, by record, as findings. */
export async function plannedNotes(tx: Tx): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const rows = await tx<{ record_id: string; pass: string; wanted: string; found: string }[]>`
    select record_id, pass, wanted, found from planned_note order by record_id, pass collate "C"`;
  const notes = new Map<string, Finding[]>();
  for (const { record_id: id, pass, wanted, found } of rows) {
    notes.set(id, [...(notes.get(id) ?? []), { field: pass, expected: wanted, actual: found }]);
  }
  return notes;
}
