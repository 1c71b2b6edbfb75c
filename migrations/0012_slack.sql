set role tieout_owner;
--> statement-breakpoint
-- A line's attempt was made in one thread; its card may stand elsewhere by the time somebody looks for it.
alter table tieout.outbox add column tried_thread_ts text;
--> statement-breakpoint
-- Until then a call whose outcome nobody learnt may still take effect in Slack.
alter table tieout.outbox add column settles_at timestamptz;
--> statement-breakpoint
reset role;
