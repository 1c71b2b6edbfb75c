set role tieout_owner;
--> statement-breakpoint
-- Whoever asks how things stand counts what was given up: by an index, not through every message ever sent.
CREATE INDEX "outbox_dead_idx" ON "tieout"."outbox" USING btree ("workspace_id","created_at") WHERE "tieout"."outbox"."status" = 'dead';
--> statement-breakpoint
reset role;
