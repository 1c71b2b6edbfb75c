set role tieout_owner;
--> statement-breakpoint
insert into tieout.currency (code, exponent) values
  ('AED', 2), ('AFN', 2), ('ALL', 2), ('AMD', 2), ('AOA', 2), ('ARS', 2), ('AUD', 2), ('AWG', 2),
  ('AZN', 2), ('BAM', 2), ('BBD', 2), ('BDT', 2), ('BGN', 2), ('BHD', 3), ('BIF', 0), ('BMD', 2),
  ('BND', 2), ('BOB', 2), ('BOV', 2), ('BRL', 2), ('BSD', 2), ('BTN', 2), ('BWP', 2), ('BYN', 2),
  ('BZD', 2), ('CAD', 2), ('CDF', 2), ('CHE', 2), ('CHF', 2), ('CHW', 2), ('CLF', 4), ('CLP', 0),
  ('CNY', 2), ('COP', 2), ('COU', 2), ('CRC', 2), ('CUP', 2), ('CVE', 2), ('CZK', 2), ('DJF', 0),
  ('DKK', 2), ('DOP', 2), ('DZD', 2), ('EGP', 2), ('ERN', 2), ('ETB', 2), ('EUR', 2), ('FJD', 2),
  ('FKP', 2), ('GBP', 2), ('GEL', 2), ('GHS', 2), ('GIP', 2), ('GMD', 2), ('GNF', 0), ('GTQ', 2),
  ('GYD', 2), ('HKD', 2), ('HNL', 2), ('HTG', 2), ('HUF', 2), ('IDR', 2), ('ILS', 2), ('INR', 2),
  ('IQD', 3), ('IRR', 2), ('ISK', 0), ('JMD', 2), ('JOD', 3), ('JPY', 0), ('KES', 2), ('KGS', 2),
  ('KHR', 2), ('KMF', 0), ('KPW', 2), ('KRW', 0), ('KWD', 3), ('KYD', 2), ('KZT', 2), ('LAK', 2),
  ('LBP', 2), ('LKR', 2), ('LRD', 2), ('LSL', 2), ('LYD', 3), ('MAD', 2), ('MDL', 2), ('MGA', 2),
  ('MKD', 2), ('MMK', 2), ('MNT', 2), ('MOP', 2), ('MRU', 2), ('MUR', 2), ('MVR', 2), ('MWK', 2),
  ('MXN', 2), ('MXV', 2), ('MYR', 2), ('MZN', 2), ('NAD', 2), ('NGN', 2), ('NIO', 2), ('NOK', 2),
  ('NPR', 2), ('NZD', 2), ('OMR', 3), ('PAB', 2), ('PEN', 2), ('PGK', 2), ('PHP', 2), ('PKR', 2),
  ('PLN', 2), ('PYG', 0), ('QAR', 2), ('RON', 2), ('RSD', 2), ('RUB', 2), ('RWF', 0), ('SAR', 2),
  ('SBD', 2), ('SCR', 2), ('SDG', 2), ('SEK', 2), ('SGD', 2), ('SHP', 2), ('SLE', 2), ('SOS', 2),
  ('SRD', 2), ('SSP', 2), ('STN', 2), ('SVC', 2), ('SYP', 2), ('SZL', 2), ('THB', 2), ('TJS', 2),
  ('TMT', 2), ('TND', 3), ('TOP', 2), ('TRY', 2), ('TTD', 2), ('TWD', 2), ('TZS', 2), ('UAH', 2),
  ('UGX', 0), ('USD', 2), ('USN', 2), ('UYI', 0), ('UYU', 2), ('UYW', 4), ('UZS', 2), ('VED', 2),
  ('VES', 2), ('VND', 0), ('VUV', 0), ('WST', 2), ('XAF', 0), ('XCD', 2), ('XCG', 2), ('XOF', 0),
  ('XPF', 0), ('YER', 2), ('ZAR', 2), ('ZMW', 2), ('ZWG', 2);
--> statement-breakpoint
-- Tenancy: every table with a workspace_id shows and takes only rows of the workspace set for the transaction. FORCE,
-- because without it the owner (and every SECURITY DEFINER function) would see all tenants.
do $$
declare
  table_name text;
begin
  for table_name in
    select c.relname
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    where c.relnamespace = 'tieout'::regnamespace and c.relkind = 'r' and c.relname <> 'workspace'
  loop
    execute format('alter table tieout.%I enable row level security', table_name);
    execute format('alter table tieout.%I force row level security', table_name);
    execute format(
      'create policy %I on tieout.%I using (workspace_id = nullif(current_setting(''tieout.workspace_id'', true), '''')::uuid)',
      table_name || '_tenant', table_name);
  end loop;
end
$$;
--> statement-breakpoint
-- The directory of tenants: readable, so that a Slack team can be found; writable only as oneself.
alter table tieout.workspace enable row level security;
--> statement-breakpoint
alter table tieout.workspace force row level security;
--> statement-breakpoint
create policy workspace_directory on tieout.workspace for select using (true);
--> statement-breakpoint
create policy workspace_self on tieout.workspace
  using (workspace_id = nullif(current_setting('tieout.workspace_id', true), '')::uuid);
--> statement-breakpoint
alter table tieout.exception
  add constraint exception_last_seq_fk foreign key (workspace_id, last_seq)
  references tieout.audit_event (workspace_id, seq) deferrable initially deferred;
--> statement-breakpoint
-- A change of an exception without its audit event cannot be committed: last_seq must grow with every update, and the
-- deferred key above wants that event to exist.
create function tieout.exception_guard() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  if new.last_seq <= old.last_seq or new.version <> old.version + 1 then
    raise exception 'exception % changed without its audit event', old.exception_id
      using errcode = 'TIE01', hint = 'append the event with tieout.audit_append and store its seq in last_seq, version + 1';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger exception_guard before update on tieout.exception
  for each row execute function tieout.exception_guard();
--> statement-breakpoint
create function tieout.append_only() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  raise exception '% on %.% is refused: the audit trail is append-only', tg_op, tg_table_schema, tg_table_name
    using errcode = 'TIE02', hint = 'a correction is a new event';
end
$$;
--> statement-breakpoint
create trigger audit_event_append_only before update or delete on tieout.audit_event
  for each row execute function tieout.append_only();
--> statement-breakpoint
-- Row triggers do not fire on TRUNCATE; this one does.
create trigger audit_event_no_truncate before truncate on tieout.audit_event
  for each statement execute function tieout.append_only();
--> statement-breakpoint
create trigger audit_head_no_truncate before truncate on tieout.audit_head
  for each statement execute function tieout.append_only();
--> statement-breakpoint
-- ALWAYS: they also fire when session_replication_role is set to replica.
alter table tieout.audit_event enable always trigger audit_event_append_only;
--> statement-breakpoint
alter table tieout.audit_event enable always trigger audit_event_no_truncate;
--> statement-breakpoint
alter table tieout.audit_head enable always trigger audit_head_no_truncate;
--> statement-breakpoint
-- Appends events to the workspace's chain and returns their sequence numbers in order. The head row is locked as a
-- statement of its own, at READ COMMITTED, before anything is read from it: reading and locking in one snapshot forks
-- the chain. hash = sha256(prev, seq, at, body) joined by line feeds; at is the database's clock in fixed microseconds.
create function tieout.audit_append(p_workspace_id uuid, p_bodies text[]) returns bigint[]
language plpgsql security definer set search_path = pg_catalog, tieout, pg_temp as $$
declare
  head_seq bigint;
  head_hash text;
  prev text;
  body text;
  fields jsonb;
  event_at text;
  seqs bigint[] := '{}';
  ats text[] := '{}';
  actions text[] := '{}';
  entities text[] := '{}';
  entity_ids uuid[] := '{}';
  prevs text[] := '{}';
  hashes text[] := '{}';
begin
  if p_workspace_id is distinct from nullif(current_setting('tieout.workspace_id', true), '')::uuid then
    raise exception 'audit_append: workspace % is not the one this transaction acts for', p_workspace_id
      using errcode = 'TIE03';
  end if;
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'audit_append needs READ COMMITTED' using errcode = 'TIE03';
  end if;
  if coalesce(array_length(p_bodies, 1), 0) = 0 then
    return seqs;
  end if;
  insert into tieout.audit_head (workspace_id, seq, hash)
    values (p_workspace_id, 0, repeat('0', 64)) on conflict do nothing;
  select h.seq, h.hash into head_seq, head_hash
    from tieout.audit_head h where h.workspace_id = p_workspace_id for update;
  foreach body in array p_bodies loop
    fields := body::jsonb;
    event_at := to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    prev := head_hash;
    head_seq := head_seq + 1;
    head_hash := encode(sha256(convert_to(
      prev || E'\n' || head_seq || E'\n' || event_at || E'\n' || body, 'UTF8')), 'hex');
    seqs := seqs || head_seq;
    ats := ats || event_at;
    actions := actions || (fields ->> 'action');
    entities := entities || (fields ->> 'entity');
    entity_ids := entity_ids || (fields ->> 'entity_id')::uuid;
    prevs := prevs || prev;
    hashes := hashes || head_hash;
  end loop;
  insert into tieout.audit_event (workspace_id, seq, at, action, entity, entity_id, body, prev, hash)
    select p_workspace_id, e.* from unnest(seqs, ats, actions, entities, entity_ids, p_bodies, prevs, hashes)
      as e (seq, at, action, entity, entity_id, body, prev, hash);
  update tieout.audit_head set seq = head_seq, hash = head_hash where workspace_id = p_workspace_id;
  return seqs;
end
$$;
--> statement-breakpoint
revoke all on function tieout.audit_append(uuid, text[]) from public;
--> statement-breakpoint
grant execute on function tieout.audit_append(uuid, text[]) to tieout_app;
--> statement-breakpoint
grant usage on schema tieout to tieout_app;
--> statement-breakpoint
grant select, insert, update on all tables in schema tieout to tieout_app;
--> statement-breakpoint
-- The trail is written by audit_append alone; an INSERT right would let the application back-date an event.
revoke insert, update on tieout.audit_event, tieout.audit_head from tieout_app;
--> statement-breakpoint
revoke insert, update on tieout.currency from tieout_app;
--> statement-breakpoint
revoke update on tieout.audit_anchor, tieout.record_version, tieout.contract_version, tieout.spec_version,
  tieout.quarantined_row from tieout_app;
--> statement-breakpoint
-- What configuration takes away, what an exception no longer speaks of, and answered requests grown old.
grant delete on tieout.role_grant, tieout.team_member, tieout.exception_member, tieout.inbox to tieout_app;
--> statement-breakpoint
reset role;
