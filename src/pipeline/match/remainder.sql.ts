import type { FreeRecord } from '../../core/match.ts';
import type { Side } from '../../core/spec.ts';
import { freeRecords } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Every record of the pool that nothing has taken yet, with the fields that are asked for, by which it is to be found, taken
 * in as they come.
 */
export async function remainder(
  tx: Tx,
  { firstPass, fields }: { firstPass: string | undefined; fields: ReadonlySet<string> },
): Promise<FreeRecord[]> {
  const { rows: free, isFree } = freeRecords(tx, firstPass);
  const names = [...fields];
  const records: FreeRecord[] = [];
  const shared = sharedTexts();
  // Column by column: as one JSON value per record the same costs both sides more than twice as much.
  const values = names.reduce(
    (all, name, at) => tx`${all}, coalesce(p.names, p.fields) ->> ${name}::text as ${tx(columnOf(at))}`,
    tx``,
  );
  const query = tx<Row[]>`
    select p.record_id, p.side, p.source_ref, p.amount_minor, p.currency, p.occurred_on${values}
    from ${free}
    where ${isFree}`;
  await query.forEach((row) => {
    records.push({
      recordId: row.record_id,
      side: row.side,
      sourceRef: row.source_ref,
      amountMinor: row.amount_minor ?? undefined,
      currency: row.currency === null ? undefined : shared(row.currency),
      occurredOn: shared(row.occurred_on),
      fields: fieldsOf(names, row),
    });
  });
  return records;
}

type Row = {
  record_id: string;
  side: Side;
  source_ref: string;
  amount_minor: bigint | null;
  currency: string | null;
  occurred_on: string;
  [field: FieldColumn]: string | null;
};

type FieldColumn = `field_${number}`;

const columnOf = (at: number): FieldColumn => `field_${at}`;

function fieldsOf(names: readonly string[], row: Row): FreeRecord['fields'] {
  const fields: Record<string, string> = {};
  for (const [at, name] of names.entries()) {
    const value = row[columnOf(at)];
    if (value !== null && value !== undefined) fields[name] = value;
  }
  return fields;
}

/** Days and currencies are few: each is kept once, and not once for every record. */
function sharedTexts(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    known.set(text, text);
    return text;
  };
}
