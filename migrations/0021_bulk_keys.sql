set role tieout_owner;
--> statement-breakpoint
-- A foreign key asks its question once per row, and locks the row it asks for: of a million orders 166,000 members of exceptions
-- locked as many records, which put most pages of `record` into the write-ahead log as a whole. Exceptions, their members and those
-- of floods are written set by set from what points to them, nothing may delete what they point to, and `tieout audit verify` asks
-- once per table (ADR 30). Who owns an exception and which team has it is set row by row later, so these keys stay.
alter table tieout.exception_member
  drop constraint exception_member_exception_fk, drop constraint exception_member_record_fk;
--> statement-breakpoint
alter table tieout.exception
  drop constraint exception_reconciliation_fk, drop constraint exception_run_fk;
--> statement-breakpoint
alter table tieout.flood_member
  drop constraint flood_member_group_fk, drop constraint flood_member_exception_fk;
--> statement-breakpoint
-- After a large run somebody waits until the tables are counted. Three tenths of the usual sample, 9,000 rows of each, say of keys, days and
-- states what plans ask; autovacuum takes the whole sample later.
alter function tieout.refresh_statistics() set default_statistics_target = '30';
--> statement-breakpoint
reset role;
