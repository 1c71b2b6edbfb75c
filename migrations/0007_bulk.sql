set role tieout_owner;
--> statement-breakpoint
-- A foreign key asks its question once per row: three of them took three quarters of the time that a million records
-- need to be written. What they kept is kept by how the rows come about (one statement writes the rows of a delivery or
-- a run whose own row stands already), and `audit verify` looks for rows that point to nothing. Nothing is ever deleted
-- from the tables they point to: the application has no right to.
alter table tieout.record
  drop constraint record_feed_fk, drop constraint record_currency_fk, drop constraint record_delivery_fk;
--> statement-breakpoint
alter table tieout.match drop constraint match_run_fk;
--> statement-breakpoint
alter table tieout.match_member drop constraint match_member_match_fk, drop constraint match_member_record_fk;
--> statement-breakpoint
alter table tieout.rejected_candidate
  drop constraint rejected_candidate_record_fk, drop constraint rejected_candidate_candidate_fk;
--> statement-breakpoint
reset role;
