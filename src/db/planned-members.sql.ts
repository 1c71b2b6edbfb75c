import type { SqlPart } from './condition.sql.ts';
import type { Tx } from './tx.ts';

/**
 * The members of those planned groups `g` that a condition names, as `(pass, group_key, record_id, side)`: what the view
 * `planned_member` has of them. Joined with that view, a few thousand groups would read the members of all.
 */
export const membersOf = (tx: Tx, condition: SqlPart): SqlPart => tx`
  (select g.pass, g.group_key, n.record_id, n.side
   from planned_group g
   join planned_set n on n.pass = g.pass and n.group_key = g.group_key
   where ${condition} and not g.holds_members
   union all
   select g.pass, g.group_key, pair.record_id, pair.side
   from planned_group g
   cross join lateral (values (g.expected_id, 'expected'), (g.actual_id, 'actual')) as pair (record_id, side)
   where ${condition} and g.holds_members)`;
