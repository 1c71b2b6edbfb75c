import type { SqlPart } from './condition.sql.ts';
import type { Tx } from './tx.ts';

/**
 * The members of planned groups, as `(record_id, match_id)`, of a query named `groups` with the groups' `match_id`, `pass`,
 * `group_key`, `expected_id` and `actual_id`: of a pair the group knows which they are. A record is in one group; that each is
 * named once, `distinct on` tells the planner, which would hash the pool instead of them.
 */
export const membersOf = (tx: Tx, groups: string): SqlPart => tx`
  (select distinct on (named.record_id) named.record_id, named.match_id
   from (
     select g.match_id, pair.record_id
     from ${tx(groups)} g
     cross join lateral (values (g.expected_id), (g.actual_id)) as pair (record_id)
     where g.expected_id is not null
     union all
     select g.match_id, n.record_id
     from ${tx(groups)} g
     join planned_set n on n.pass = g.pass and n.group_key = g.group_key
     where g.expected_id is null
   ) as named
   order by named.record_id)`;
