set role tieout_owner;
--> statement-breakpoint
-- A match says itself which records it brings together, and its members are found by them: two indexes of `match_member` cannot both
-- grow at their end, and of a million matches the one by match, or else the one by record, was most of what their members cost.
alter table tieout.match add column record_ids uuid[];
--> statement-breakpoint
-- The owner looks past row-level security for these rows of every workspace.
alter table tieout.match no force row level security;
--> statement-breakpoint
alter table tieout.match_member no force row level security;
--> statement-breakpoint
update tieout.match m
set record_ids = o.record_ids
from (
  select workspace_id, match_id, array_agg(record_id order by record_id) as record_ids
  from tieout.match_member
  group by workspace_id, match_id
) o
where o.workspace_id = m.workspace_id and o.match_id = m.match_id;
--> statement-breakpoint
alter table tieout.match force row level security;
--> statement-breakpoint
alter table tieout.match_member force row level security;
--> statement-breakpoint
alter table tieout.match alter column record_ids set not null;
--> statement-breakpoint
alter table tieout.match_member drop constraint match_member_pk;
--> statement-breakpoint
drop index tieout.match_member_live_record_unique;
--> statement-breakpoint
-- No record is ever in two live matches of one reconciliation. A reconciliation is of one workspace.
create unique index match_member_live_record_unique on tieout.match_member (reconciliation_id, record_id) where is_live;
--> statement-breakpoint
-- Ids first, which one comparison tells apart; a reconciliation is of one workspace here, too.
alter table tieout.match drop constraint match_pk;
--> statement-breakpoint
alter table tieout.match add constraint match_pk primary key (match_id, workspace_id);
--> statement-breakpoint
drop index tieout.match_live_group_unique;
--> statement-breakpoint
create unique index match_live_group_unique on tieout.match (reconciliation_id, pass, group_key) where is_live;
--> statement-breakpoint
reset role;
