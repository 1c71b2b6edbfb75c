import type { MatchRecord } from '../../core/match.ts';
import { memberJson } from '../../db/member-json.sql.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import type { Tx } from '../../db/tx.ts';
import { isFree } from './key-expression.ts';

/** Every record of the pool that nothing has taken yet, read in portions. */
export async function remainder(tx: Tx): Promise<MatchRecord[]> {
  const records: MatchRecord[] = [];
  const query = tx<
    { member: MemberJson }[]
  >`select ${memberJson(tx)} as member from pool p where ${isFree(tx)}`;
  for await (const rows of query.cursor(5000))
    for (const row of rows) records.push(toMatchRecord(row.member));
  return records;
}
