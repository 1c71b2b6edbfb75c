set role tieout_owner;
--> statement-breakpoint
-- What a delivery changed is looked at by the runs after it; nobody asks for it a month later, and it was kept for ever.
grant delete on tieout.changed_record to tieout_app;
--> statement-breakpoint
reset role;
