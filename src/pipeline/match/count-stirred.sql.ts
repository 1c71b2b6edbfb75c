import type { Standing } from '../../core/standing.ts';
import type { Tx } from '../../db/tx.ts';
import { type SideFeeds, sideOf } from './side-feeds.sql.ts';

/** What stands of the matches that are decided again: all their records are stirred. */
export async function countStirred(tx: Tx, feeds: SideFeeds): Promise<Standing> {
  const [row] = await tx<Standing[]>`
    select (
      select json_build_object('expected', count(*) filter (where ${sideOf(tx, feeds)} = 'expected'),
                               'actual', count(*) filter (where ${sideOf(tx, feeds)} = 'actual'))
      from stirred_record r
      where r.record_id in (select unnest(s.record_ids) from stirred_match s)
    ) as members, (
      select json_build_object('equal', count(*) filter (where s.outcome = 'equal'),
                               'autoResolved', count(*) filter (where s.outcome = 'auto_resolved'),
                               'excepted', count(*) filter (where s.outcome = 'excepted'))
      from stirred_match s
    ) as matches`;
  if (!row) throw new Error('a count has a row');
  return row;
}
