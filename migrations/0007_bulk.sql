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
-- The same chain as before, with nothing in the loop but what depends on the event before: a run appends tens of thousands.
create or replace function tieout.audit_append(p_workspace_id uuid, p_bodies text[]) returns bigint[]
language plpgsql security definer set search_path = pg_catalog, tieout, pg_temp as $$
declare
  first_seq bigint;
  last_seq bigint;
  last_hash text;
  body text;
  event_at text;
  ats text[] := '{}';
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
    return '{}';
  end if;
  insert into tieout.audit_head (workspace_id, seq, hash)
    values (p_workspace_id, 0, repeat('0', 64)) on conflict do nothing;
  select h.seq, h.hash into first_seq, last_hash
    from tieout.audit_head h where h.workspace_id = p_workspace_id for update;
  last_seq := first_seq;
  foreach body in array p_bodies loop
    last_seq := last_seq + 1;
    event_at := to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    ats := ats || event_at;
    prevs := prevs || last_hash;
    last_hash := encode(sha256(convert_to(last_hash || E'\n' || last_seq || E'\n' || event_at || E'\n' || body, 'UTF8')), 'hex');
    hashes := hashes || last_hash;
  end loop;
  insert into tieout.audit_event (workspace_id, seq, at, action, entity, entity_id, body, prev, hash)
    select p_workspace_id, first_seq + e.nth, e.at, e.fields ->> 'action', e.fields ->> 'entity',
           (e.fields ->> 'entity_id')::uuid, e.body, e.prev, e.hash
    from (
      select u.nth, u.at, u.body, u.prev, u.hash, u.body::jsonb as fields
      from unnest(ats, p_bodies, prevs, hashes) with ordinality as u (at, body, prev, hash, nth)
      offset 0
    ) as e;
  update tieout.audit_head h set seq = last_seq, hash = last_hash where h.workspace_id = p_workspace_id;
  return array(select generate_series(first_seq + 1, last_seq));
end
$$;
--> statement-breakpoint
reset role;
