import type { Standing } from '../../core/standing.ts';
import type { Tx } from '../../db/tx.ts';

/** What the plan has matched: with what rests, all that stands once it is applied. */
export async function countPlanned(tx: Tx): Promise<Standing> {
  const [row] = await tx<Standing[]>`
    select json_build_object('expected', g.pairs + n.expected, 'actual', g.pairs + n.actual) as members,
           json_build_object('equal', g.equal, 'autoResolved', g.auto_resolved, 'excepted', g.excepted) as matches
    from (
      select count(*) filter (where holds_members) as pairs, count(*) filter (where outcome = 'equal') as equal,
             count(*) filter (where outcome = 'auto_resolved') as auto_resolved,
             count(*) filter (where outcome = 'excepted') as excepted
      from planned_group
    ) g, (
      select count(*) filter (where side = 'expected') as expected, count(*) filter (where side = 'actual') as actual
      from planned_set
    ) n`;
  if (!row) throw new Error('a count has a row');
  return row;
}
