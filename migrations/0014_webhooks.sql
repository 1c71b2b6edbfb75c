-- Outgoing webhooks: who is told of which events, and what was sent when. New tables only.
set role tieout_owner;
--> statement-breakpoint
-- Who is told, as the configuration says. Its secrets are in the environment, and nowhere here.
create table tieout.webhook_endpoint (
  workspace_id uuid not null,
  endpoint_id uuid not null,
  key text not null,
  url text not null,
  -- Audited actions it is told of.
  kinds text[] not null,
  is_active boolean not null default true,
  constraint webhook_endpoint_pk primary key (workspace_id, endpoint_id),
  constraint webhook_endpoint_key_unique unique (workspace_id, key),
  constraint webhook_endpoint_workspace_fk foreign key (workspace_id) references tieout.workspace (workspace_id)
);
--> statement-breakpoint
-- What one endpoint is told: one event of the trail. The words are made of that event when it is sent; it never changes.
create table tieout.webhook_message (
  workspace_id uuid not null,
  -- Sent as webhook-id, the same at every attempt.
  message_id uuid not null,
  endpoint_id uuid not null,
  kind text not null,
  -- What it speaks of. Messages to one endpoint about one thing go one after the other.
  entity_id uuid not null,
  seq bigint not null,
  state text not null default 'pending',
  attempts integer not null default 0,
  -- When it may be taken next: while somebody sends it, the end of the lease.
  next_at timestamptz not null,
  lease_id uuid,
  last_status integer,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  constraint webhook_message_pk primary key (workspace_id, message_id),
  constraint webhook_message_unique unique (workspace_id, endpoint_id, seq),
  constraint webhook_message_endpoint_fk foreign key (workspace_id, endpoint_id)
    references tieout.webhook_endpoint (workspace_id, endpoint_id),
  constraint webhook_message_event_fk foreign key (workspace_id, seq) references tieout.audit_event (workspace_id, seq),
  constraint webhook_message_state_check check (state in ('pending', 'sent', 'dead')),
  constraint webhook_message_sent_check check (state <> 'sent' or sent_at is not null),
  constraint webhook_message_attempts_check check (attempts >= 0)
);
--> statement-breakpoint
create index webhook_message_due_idx on tieout.webhook_message (workspace_id, endpoint_id, next_at) where state = 'pending';
--> statement-breakpoint
create index webhook_message_entity_idx on tieout.webhook_message (workspace_id, endpoint_id, entity_id, seq)
  where state = 'pending';
--> statement-breakpoint
create index webhook_message_dead_idx on tieout.webhook_message (workspace_id, seq) where state = 'dead';
--> statement-breakpoint
-- Whoever changes a row of a table that this trigger stands on tells of it in the same transaction, by whatever path: its
-- last_seq, or the column that the trigger names, is the event; each endpoint that is told of such events gets a message.
create function tieout.tell_webhooks() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  insert into tieout.webhook_message (workspace_id, message_id, endpoint_id, kind, entity_id, seq, next_at, created_at)
    select n.workspace_id, tieout.uuid_v7(), w.endpoint_id, a.action, a.entity_id, a.seq, clock_timestamp(),
      clock_timestamp()
    from became n
    join tieout.webhook_endpoint w on w.workspace_id = n.workspace_id and w.is_active
    join tieout.audit_event a on a.workspace_id = n.workspace_id and a.action = any(w.kinds)
      and a.seq = (to_jsonb(n) ->> coalesce(tg_argv[0], 'last_seq'))::bigint
    order by a.seq
    on conflict do nothing;
  return null;
end
$$;
--> statement-breakpoint
create trigger hold_webhooks_of_new after insert on tieout.hold
  referencing new table as became for each statement execute function tieout.tell_webhooks();
--> statement-breakpoint
create trigger hold_webhooks_of_changed after update on tieout.hold
  referencing new table as became for each statement execute function tieout.tell_webhooks();
--> statement-breakpoint
create trigger adjustment_webhooks after insert on tieout.adjustment
  referencing new table as became for each statement execute function tieout.tell_webhooks('number');
--> statement-breakpoint
do $$
declare
  table_name text;
begin
  foreach table_name in array array['webhook_endpoint', 'webhook_message'] loop
    execute format('alter table tieout.%I enable row level security', table_name);
    execute format('alter table tieout.%I force row level security', table_name);
    execute format(
      'create policy %I on tieout.%I using (workspace_id = nullif(current_setting(''tieout.workspace_id'', true), '''')::uuid)',
      table_name || '_tenant', table_name);
    execute format('grant select, insert, update on tieout.%I to tieout_app', table_name);
  end loop;
end
$$;
--> statement-breakpoint
reset role;
