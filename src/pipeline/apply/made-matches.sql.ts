import type { Tx } from '../../db/tx.ts';

/** Ids of the made matches that a rule settled, by `pass` and group key. */
export async function madeAutoResolved(tx: Tx): Promise<{ matchId: string; pass: string; key: string }[]> {
  const rows = await tx<{ match_id: string; pass: string; group_key: string }[]>`
    select match_id, pass, group_key
    from made_group
    where outcome = 'auto_resolved'
    order by match_id`;
  return rows.map((row) => ({ matchId: row.match_id, pass: row.pass, key: row.group_key }));
}
