import type { FreeRecord } from '../../core/match.ts';
import { ownField } from '../../core/match-key.ts';
import { freeRecords } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Every record of the pool that nothing has taken yet, with the fields that are asked for, by which it is to be found, taken
 * in as they come.
 *
 * Each as one text with its fields as they are kept: looked up one by one, the database read a record's fields again for
 * each, and a column of its own for each cost the driver as much (2026-11-30, 169,000 records, four fields of six found: 0.9
 * seconds of processor instead of 1.7).
 */
export async function remainder(
  tx: Tx,
  { firstPass, fields }: { firstPass: string | undefined; fields: ReadonlySet<string> },
): Promise<FreeRecord[]> {
  const { rows: free, isFree } = await freeRecords(tx, firstPass);
  const records: FreeRecord[] = [];
  const read = reader([...fields]);
  const query = tx<{ record: string }[]>`
    select p.record_id || ${SEPARATOR}::text || p.side || ${SEPARATOR} || coalesce(p.amount_minor::text, '') || ${SEPARATOR}
             || coalesce(p.currency, '') || ${SEPARATOR} || to_char(p.occurred_on, 'YYYY-MM-DD') || ${SEPARATOR} || p.source_ref
             || ${SEPARATOR} || coalesce(p.names, p.fields) as record
    from ${free}
    where ${isFree}`;
  await query.forEach(({ record }) => {
    records.push(read(record));
  });
  return records;
}

/** Stands in no JSON as it is, so that the fields are what comes after the last; a reference may hold it. */
const SEPARATOR = '\u001f';

/** A function that makes a record of its text. */
function reader(names: readonly string[]): (text: string) => FreeRecord {
  const shared = sharedTexts();
  return (text) => {
    const [recordId = '', side, amount = '', currency = '', day = '', ...rest] = text.split(SEPARATOR);
    const kept: FreeRecord['fields'] = JSON.parse(rest.pop() ?? '{}');
    const fields: Record<string, string> = {};
    for (const name of names) {
      const value = ownField({ fields: kept }, name);
      if (typeof value === 'string') fields[name] = value;
    }
    return {
      recordId,
      side: side === 'expected' ? side : 'actual',
      sourceRef: rest.join(SEPARATOR),
      amountMinor: amount === '' ? undefined : BigInt(amount),
      currency: currency === '' ? undefined : shared(currency),
      occurredOn: shared(day),
      fields,
    };
  };
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
