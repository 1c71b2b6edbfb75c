-- Outgoing webhooks: who is told of which events, and what was delivered when.
set role tieout_owner;
--> statement-breakpoint
reset role;
