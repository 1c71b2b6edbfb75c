set role tieout_owner;
--> statement-breakpoint
-- Leads, conversions and tasks without a fee are records without an amount.
alter table tieout.record
  alter column amount_minor drop not null,
  alter column currency drop not null,
  add constraint record_amount_check check ((amount_minor is null) = (currency is null));
--> statement-breakpoint
alter table tieout.record_version
  alter column amount_minor drop not null,
  alter column currency drop not null;
--> statement-breakpoint
alter table tieout.match
  alter column expected_minor drop not null,
  alter column actual_minor drop not null;
--> statement-breakpoint
reset role;
