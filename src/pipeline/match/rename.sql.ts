import type { Alias, Rename } from '../../core/identity.ts';
import type { Side } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';

/** These records are found by other values than they were delivered with. */
export async function renameRecords(tx: Tx, aliases: readonly Alias[]): Promise<void> {
  if (aliases.length === 0) return;
  await tx`
    update pool p
    set names = (p.fields::jsonb || given.fields::jsonb)::text
    from unnest(${aliases.map(({ record }) => record.recordId)}::uuid[],
                ${aliases.map(({ fields }) => JSON.stringify(fields))}::text[]) as given (record_id, fields)
    where p.record_id = given.record_id`;
}

/** Values of one field of a side are read as others. */
export async function renameValues(
  tx: Tx,
  { side, field, renames }: { side: Side; field: string; renames: readonly Rename[] },
): Promise<void> {
  await tx`
    update pool p
    set names = (coalesce(p.names, p.fields)::jsonb || jsonb_build_object(${field}::text, given.renamed))::text
    from unnest(${renames.map(({ from }) => from)}::text[], ${renames.map(({ to }) => to)}::text[])
      as given (original, renamed)
    where p.side = ${side} and p.fields::json ->> ${field}::text = given.original`;
}
