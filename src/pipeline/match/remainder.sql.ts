import type { MatchRecord } from '../../core/match.ts';
import { memberJson } from '../../db/member-json.sql.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import type { Tx } from '../../db/tx.ts';
import { isFree } from './key-expression.ts';

/** Every record of the pool that nothing has taken yet, by the fields it is to be found by, read in portions. */
export async function remainder(tx: Tx): Promise<MatchRecord[]> {
  const records: MatchRecord[] = [];
  const query = tx<
    { member: MemberJson; names: Record<string, string> | null }[]
  >`select ${memberJson(tx)} as member, p.names from pool p where ${isFree(tx)}`;
  for await (const rows of query.cursor(5000))
    for (const { member, names } of rows) {
      records.push(toMatchRecord(names === null ? member : { ...member, fields: names }));
    }
  return records;
}
