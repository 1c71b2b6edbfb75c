-- Holds: what stops a payment. New columns are nullable or have a constant default: no rewrite, a short lock.
set role tieout_owner;
--> statement-breakpoint
-- `payee` and `hold_kind` as the run found and routed it. A blocking severity holds whether or not a row names the kind.
alter table tieout.exception add column payee text, add column hold_kind text;
--> statement-breakpoint
-- What the source had delivered of a record that a person edited: delivered again, it is nothing new.
alter table tieout.record add column edited_from bytea;
--> statement-breakpoint
-- Names are compared without regard to case, width and spaces: a payment system writes them its own way.
create function tieout.name_key(p_name text) returns text language sql immutable parallel safe
set search_path = pg_catalog, pg_temp as $$
  select nullif(lower(regexp_replace(btrim(normalize(p_name, NFKC)), '\s+', ' ', 'g') collate "und-x-icu"), '')
$$;
--> statement-breakpoint
-- The text that src/core/canonical.ts writes, for what a trigger puts on the trail: keys in order, nothing between.
create function tieout.canonical(p_value jsonb) returns text language plpgsql immutable parallel safe
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  case jsonb_typeof(p_value)
    when 'object' then
      return '{' || coalesce((
        select string_agg(to_json(key)::text || ':' || tieout.canonical(value), ',' order by key collate "C")
        from jsonb_each(p_value)), '') || '}';
    when 'array' then
      return '[' || coalesce((
        select string_agg(tieout.canonical(value), ',' order by nth)
        from jsonb_array_elements(p_value) with ordinality as e (value, nth)), '') || ']';
    when 'string' then return to_json(p_value #>> '{}')::text;
    else return p_value::text;
  end case;
end
$$;
--> statement-breakpoint
-- A version 7 uuid for what a trigger inserts: PostgreSQL 15 has no function of its own.
create function tieout.uuid_v7() returns uuid language sql volatile parallel safe
set search_path = pg_catalog, pg_temp as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1),
    'hex')::uuid
$$;
--> statement-breakpoint
-- After how long a hold of a kind ends by itself. Without a row it never does. Follows the configuration.
create table tieout.hold_policy (
  workspace_id uuid not null,
  kind text not null,
  expire_ms bigint not null,
  constraint hold_policy_pk primary key (workspace_id, kind),
  constraint hold_policy_workspace_fk foreign key (workspace_id) references tieout.workspace (workspace_id),
  constraint hold_policy_expire_check check (expire_ms > 0)
);
--> statement-breakpoint
create table tieout.hold (
  workspace_id uuid not null,
  hold_id uuid not null,
  -- The event that placed it; people see H-<number>.
  number bigint not null,
  kind text not null,
  exception_id uuid,
  client text,
  order_ref text,
  payee text,
  client_key text generated always as (tieout.name_key(client)) stored,
  order_key text generated always as (tieout.name_key(order_ref)) stored,
  payee_key text generated always as (tieout.name_key(payee)) stored,
  -- How much of it; both null for everything.
  amount_minor bigint,
  currency char(3),
  reason text not null,
  note text,
  -- Null when a run placed it.
  placed_by uuid,
  placed_at timestamptz not null,
  expires_at timestamptz,
  state text not null default 'open',
  -- By what it ended: the exception was resolved or cleared, another person agreed, or its policy's time was over.
  released_how text,
  released_at timestamptz,
  -- Null when no person did.
  released_by uuid,
  release_reason text,
  release_note text,
  version integer not null default 1,
  last_seq bigint not null,
  constraint hold_pk primary key (workspace_id, hold_id),
  constraint hold_number_unique unique (workspace_id, number),
  constraint hold_last_seq_unique unique (workspace_id, last_seq),
  constraint hold_exception_fk foreign key (workspace_id, exception_id)
    references tieout.exception (workspace_id, exception_id),
  constraint hold_placed_by_fk foreign key (workspace_id, placed_by) references tieout.person (workspace_id, person_id),
  constraint hold_released_by_fk foreign key (workspace_id, released_by)
    references tieout.person (workspace_id, person_id),
  constraint hold_currency_fk foreign key (currency) references tieout.currency (code),
  constraint hold_last_seq_fk foreign key (workspace_id, last_seq)
    references tieout.audit_event (workspace_id, seq) deferrable initially deferred,
  constraint hold_state_check check (state in ('open', 'released')),
  constraint hold_released_how_check check (released_how in ('resolved', 'cleared', 'approved', 'expired')),
  constraint hold_released_check check ((state = 'released') = (released_at is not null)
    and (state = 'released') = (released_how is not null) and (state = 'released') = (release_reason is not null)
    and (state = 'released' or released_by is null and release_note is null)),
  constraint hold_amount_check check ((amount_minor is null) = (currency is null) and amount_minor >= 0),
  -- It names something, or it would hold everything.
  constraint hold_subject_check check (exception_id is not null or client_key is not null or order_key is not null
    or payee_key is not null)
);
--> statement-breakpoint
create unique index hold_open_unique on tieout.hold (workspace_id, exception_id) where state = 'open';
--> statement-breakpoint
-- What an ask looks among: by the order when it names one, else by client or payee; and what names none of these.
create index hold_order_idx on tieout.hold (workspace_id, order_key) where state = 'open';
--> statement-breakpoint
create index hold_client_idx on tieout.hold (workspace_id, client_key) where state = 'open';
--> statement-breakpoint
create index hold_payee_idx on tieout.hold (workspace_id, payee_key) where state = 'open';
--> statement-breakpoint
create index hold_expires_idx on tieout.hold (workspace_id, expires_at) where state = 'open' and expires_at is not null;
--> statement-breakpoint
create index hold_exception_idx on tieout.hold (workspace_id, exception_id);
--> statement-breakpoint
-- What is not done with a hold, whoever asks and by whatever path: it changes without its audit event, is deleted, comes
-- back, speaks of another payment, or ends without the rule.
create function tieout.hold_guard() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' or new.version <> 1 or new.number <> new.last_seq then
      raise exception 'a hold begins open, at version 1, with the event that placed it' using errcode = 'TIE04';
    end if;
    return new;
  end if;
  if new.last_seq <= old.last_seq or new.version <> old.version + 1 then
    raise exception 'hold % changed without its audit event', old.hold_id
      using errcode = 'TIE01', hint = 'append the event with tieout.audit_append and store its seq in last_seq, version + 1';
  end if;
  if old.state <> 'open' then
    raise exception 'hold % was released; it does not change any more', old.hold_id
      using errcode = 'TIE04', hint = 'place a new one';
  end if;
  if (new.number, new.kind, new.exception_id, new.reason, new.note, new.placed_by, new.placed_at, new.expires_at)
     is distinct from
     (old.number, old.kind, old.exception_id, old.reason, old.note, old.placed_by, old.placed_at, old.expires_at) then
    raise exception 'what hold % is and since when does not change', old.hold_id using errcode = 'TIE04';
  end if;
  if (new.client, new.order_ref, new.payee, new.amount_minor, new.currency)
     is distinct from (old.client, old.order_ref, old.payee, old.amount_minor, old.currency)
     and not exists (
       select from tieout.exception e, tieout.held_amount(e.at_stake_minor, e.currency) as a
       where e.workspace_id = new.workspace_id and e.exception_id = new.exception_id
         and (e.client, e.order_ref, e.payee, a.minor, a.currency)
             is not distinct from (new.client, new.order_ref, new.payee, new.amount_minor, new.currency)) then
    raise exception 'hold % speaks of what its exception speaks of', old.hold_id using errcode = 'TIE04';
  end if;
  if new.state = 'released' and not tieout.may_release(new) then
    raise exception 'hold % may not be released (%)', old.hold_id, new.released_how
      using errcode = 'TIE04',
        hint = 'resolve its exception, have another person approve the release, or wait for the policy''s time';
  end if;
  return new;
end
$$;
--> statement-breakpoint
-- The rule by which a hold ends. The exception's row is the one of this transaction.
create function tieout.may_release(p_hold tieout.hold) returns boolean language sql stable
set search_path = pg_catalog, tieout, pg_temp as $$
  select case p_hold.released_how
    when 'resolved' then exists (
      select from tieout.exception e
      where e.workspace_id = p_hold.workspace_id and e.exception_id = p_hold.exception_id and e.status = 'resolved')
    when 'cleared' then exists (
      select from tieout.exception e
      where e.workspace_id = p_hold.workspace_id and e.exception_id = p_hold.exception_id and e.status = 'cleared')
    when 'expired' then coalesce(p_hold.expires_at <= p_hold.released_at, false)
    else false
  end
$$;
--> statement-breakpoint
create trigger hold_guard before insert or update on tieout.hold for each row execute function tieout.hold_guard();
--> statement-breakpoint
create function tieout.hold_stays() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  raise exception '% on tieout.% is refused: holds are released, never removed', tg_op, tg_table_name
    using errcode = 'TIE04';
end
$$;
--> statement-breakpoint
create trigger hold_stays before delete or truncate on tieout.hold for each statement execute function tieout.hold_stays();
--> statement-breakpoint
alter table tieout.hold enable always trigger hold_guard;
--> statement-breakpoint
alter table tieout.hold enable always trigger hold_stays;
--> statement-breakpoint
-- What the trail says of a hold. `p_why` is what happens to it; `p_actor` who did it, as events name actors.
create function tieout.hold_fact(p_action text, p_hold tieout.hold, p_actor jsonb, p_why text, p_note text) returns text
language sql stable set search_path = pg_catalog, tieout, pg_temp as $$
  select tieout.canonical(jsonb_strip_nulls(jsonb_build_object(
    'v', 1, 'action', p_action, 'entity', 'hold', 'entity_id', p_hold.hold_id, 'actor', p_actor, 'reason', p_why,
    'note', p_note)) || jsonb_build_object('data', jsonb_build_object(
      'state', p_hold.state, 'version', p_hold.version, 'kind', p_hold.kind, 'exception_id', p_hold.exception_id,
      'client', p_hold.client, 'order_ref', p_hold.order_ref, 'payee', p_hold.payee,
      'amount_minor', p_hold.amount_minor::text, 'currency', p_hold.currency::text,
      'expires_at', to_char(p_hold.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'released_how', p_hold.released_how)))
$$;
--> statement-breakpoint
-- Who did what an exception's last event tells; that event is there before the row changes.
create function tieout.actor_of(p_workspace_id uuid, p_seq bigint) returns jsonb language sql stable
set search_path = pg_catalog, tieout, pg_temp as $$
  select coalesce(
    (select a.body::jsonb -> 'actor' from tieout.audit_event a where a.workspace_id = p_workspace_id and a.seq = p_seq),
    '{"kind": "program", "name": "database"}')
$$;
--> statement-breakpoint
-- Places these holds, each with its event; one draft is one hold's columns as JSON, with `actor` as events name actors.
-- Returns their numbers in order.
create function tieout.place_holds(p_workspace_id uuid, p_drafts jsonb[]) returns bigint[] language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  seqs bigint[];
begin
  if coalesce(array_length(p_drafts, 1), 0) = 0 then
    return '{}';
  end if;
  seqs := tieout.audit_append(p_workspace_id, array(
    select tieout.hold_fact('hold.placed', h, d.draft -> 'actor', h.reason, h.note)
    from unnest(p_drafts) with ordinality as d (draft, nth)
    cross join lateral jsonb_populate_record(null::tieout.hold, d.draft) as h
    order by d.nth));
  insert into tieout.hold (workspace_id, hold_id, number, kind, exception_id, client, order_ref, payee, amount_minor,
      currency, reason, note, placed_by, placed_at, expires_at, last_seq)
    select h.workspace_id, h.hold_id, s.seq, h.kind, h.exception_id, h.client, h.order_ref, h.payee, h.amount_minor,
      h.currency, h.reason, h.note, h.placed_by, h.placed_at, h.expires_at, s.seq
    from unnest(p_drafts) with ordinality as d (draft, nth)
    cross join lateral jsonb_populate_record(null::tieout.hold, d.draft) as h
    join unnest(seqs) with ordinality as s (seq, nth) on s.nth = d.nth;
  return seqs;
end
$$;
--> statement-breakpoint
-- What an exception holds while it is live: the kind its ownership row names; a blocking one holds in any case.
create function tieout.held_kind(p_severity text, p_hold_kind text) returns text language sql immutable parallel safe
set search_path = pg_catalog, pg_temp as $$
  select coalesce(p_hold_kind, case when p_severity = 'block_payout' then 'payout' end)
$$;
--> statement-breakpoint
-- How much of it: where nothing is known to be at stake (a lead has no amount), everything.
create function tieout.held_amount(p_minor bigint, p_currency char(3), out minor bigint, out currency char(3))
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select nullif(p_minor, 0), case when p_minor <> 0 then p_currency end
$$;
--> statement-breakpoint
-- Places a hold for each of these exceptions that wants one and has none open.
create function tieout.hold_exceptions(p_workspace_id uuid, p_exception_ids uuid[]) returns void language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  placed timestamptz := clock_timestamp();
begin
  perform tieout.place_holds(p_workspace_id, array(
    select jsonb_build_object(
      'workspace_id', e.workspace_id, 'hold_id', tieout.uuid_v7(), 'kind', k.kind, 'exception_id', e.exception_id,
      'client', e.client, 'order_ref', e.order_ref, 'payee', e.payee, 'amount_minor', a.minor,
      'currency', a.currency, 'reason', e.reason, 'placed_at', placed,
      'expires_at', placed + p.expire_ms * interval '1 millisecond', 'state', 'open', 'version', 1,
      'actor', tieout.actor_of(e.workspace_id, e.last_seq))
    from tieout.exception e
    cross join lateral tieout.held_kind(e.severity, e.hold_kind) as k (kind)
    cross join lateral tieout.held_amount(e.at_stake_minor, e.currency) as a
    left join tieout.hold_policy p on p.workspace_id = e.workspace_id and p.kind = k.kind
    where e.workspace_id = p_workspace_id and e.exception_id = any(p_exception_ids) and e.closed_at is null
      and k.kind is not null
      and not exists (
        select from tieout.hold h
        where h.workspace_id = e.workspace_id and h.exception_id = e.exception_id and h.state = 'open')
    order by e.number));
end
$$;
--> statement-breakpoint
-- Holds say what their exceptions say: amounts and names that changed with the records are changed here too.
create function tieout.change_holds(p_workspace_id uuid, p_exception_ids uuid[]) returns void language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  ids uuid[];
  bodies text[];
  seqs bigint[];
begin
  select array_agg(d.hold_id order by d.number), array_agg(d.body order by d.number) into ids, bodies from (
    select h.hold_id, h.number, tieout.hold_fact('hold.changed',
        jsonb_populate_record(h, jsonb_build_object('version', h.version + 1, 'client', e.client,
          'order_ref', e.order_ref, 'payee', e.payee, 'amount_minor', a.minor, 'currency', a.currency)),
        tieout.actor_of(e.workspace_id, e.last_seq), 'INPUTS_CHANGED', null) as body
    from tieout.hold h
    join tieout.exception e on e.workspace_id = h.workspace_id and e.exception_id = h.exception_id
    cross join lateral tieout.held_amount(e.at_stake_minor, e.currency) as a
    where h.workspace_id = p_workspace_id and h.exception_id = any(p_exception_ids) and h.state = 'open'
      and (e.client, e.order_ref, e.payee, a.minor, a.currency)
          is distinct from (h.client, h.order_ref, h.payee, h.amount_minor, h.currency)
    for update of h) as d;
  if ids is null then
    return;
  end if;
  seqs := tieout.audit_append(p_workspace_id, bodies);
  update tieout.hold h
    set client = e.client, order_ref = e.order_ref, payee = e.payee, amount_minor = a.minor, currency = a.currency,
        version = h.version + 1, last_seq = s.seq
    from unnest(ids, seqs) as s (hold_id, seq), tieout.exception e,
      lateral tieout.held_amount(e.at_stake_minor, e.currency) as a
    where h.workspace_id = p_workspace_id and h.hold_id = s.hold_id
      and e.workspace_id = h.workspace_id and e.exception_id = h.exception_id;
end
$$;
--> statement-breakpoint
-- Releases what these closed exceptions held: how they were closed is why.
create function tieout.release_with_exceptions(p_workspace_id uuid, p_exception_ids uuid[]) returns void language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  released timestamptz := clock_timestamp();
  ids uuid[];
  bodies text[];
  whys text[];
  people uuid[];
  seqs bigint[];
begin
  select array_agg(d.hold_id order by d.number), array_agg(d.why order by d.number), array_agg(d.person order by d.number),
      array_agg(tieout.hold_fact('hold.released', d.released, d.actor, d.why, null) order by d.number)
    into ids, whys, people, bodies from (
      select h.hold_id, h.number, coalesce(e.resolution_code, 'DIFFERENCE_VANISHED') as why, a.actor,
        case when a.actor ->> 'kind' = 'person' then (a.actor ->> 'id')::uuid end as person,
        jsonb_populate_record(h, jsonb_build_object('version', h.version + 1, 'state', 'released',
          'released_how', e.status)) as released
      from tieout.hold h
      join tieout.exception e on e.workspace_id = h.workspace_id and e.exception_id = h.exception_id
      cross join lateral tieout.actor_of(e.workspace_id, e.last_seq) as a (actor)
      where h.workspace_id = p_workspace_id and h.exception_id = any(p_exception_ids) and h.state = 'open'
        and e.closed_at is not null
      for update of h) as d;
  if ids is null then
    return;
  end if;
  seqs := tieout.audit_append(p_workspace_id, bodies);
  update tieout.hold h
    set state = 'released', released_how = e.status, released_at = released, released_by = s.person,
        release_reason = s.why, version = h.version + 1, last_seq = s.seq
    from unnest(ids, whys, people, seqs) as s (hold_id, why, person, seq), tieout.exception e
    where h.workspace_id = p_workspace_id and h.hold_id = s.hold_id
      and e.workspace_id = h.workspace_id and e.exception_id = h.exception_id;
end
$$;
--> statement-breakpoint
-- Names of clients and payees that a run has compared: of another name nobody can say that its payments are not on hold.
create table tieout.known_name (
  workspace_id uuid not null,
  what text not null,
  name_key text not null,
  constraint known_name_pk primary key (workspace_id, what, name_key),
  constraint known_name_workspace_fk foreign key (workspace_id) references tieout.workspace (workspace_id),
  constraint known_name_what_check check (what in ('client', 'payee'))
);
--> statement-breakpoint
-- A key of the API: what a caller shows, kept as its hash. The workspace is written in the key itself.
create table tieout.api_key (
  workspace_id uuid not null,
  api_key_id uuid not null,
  name text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  -- Within a minute or so.
  last_used_at timestamptz,
  constraint api_key_pk primary key (workspace_id, api_key_id),
  constraint api_key_secret_hash_unique unique (workspace_id, secret_hash),
  constraint api_key_workspace_fk foreign key (workspace_id) references tieout.workspace (workspace_id),
  constraint api_key_secret_hash_check check (octet_length(secret_hash) = 32),
  constraint api_key_expires_check check (expires_at > created_at)
);
--> statement-breakpoint
create unique index api_key_name_unique on tieout.api_key (workspace_id, name) where revoked_at is null;
--> statement-breakpoint
-- Holds come and go with their exceptions, in the transaction that opens, changes or closes these, by whatever path: a run,
-- a press, a bulk action, a timer. Per statement, so that a run over many pays once.
create function tieout.holds_of_new() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  workspace uuid;
  ids uuid[];
begin
  select n.workspace_id, array_agg(n.exception_id) into workspace, ids
    from became n
    where tieout.held_kind(n.severity, n.hold_kind) is not null
    group by n.workspace_id;
  if found then
    perform tieout.hold_exceptions(workspace, ids);
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger exception_holds_of_new after insert on tieout.exception
  referencing new table as became for each statement execute function tieout.holds_of_new();
--> statement-breakpoint
create function tieout.holds_of_changed() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  workspace uuid;
  closed uuid[];
  live uuid[];
begin
  select n.workspace_id, array_agg(n.exception_id) filter (where n.closed_at is not null),
      array_agg(n.exception_id) filter (where n.closed_at is null)
    into workspace, closed, live
    from became n
    join was o on o.workspace_id = n.workspace_id and o.exception_id = n.exception_id
    where (o.closed_at is null) <> (n.closed_at is null) or n.inputs_hash <> o.inputs_hash
      or (n.severity, n.hold_kind) is distinct from (o.severity, o.hold_kind)
    group by n.workspace_id;
  if not found then
    return null;
  end if;
  if closed is not null then
    perform tieout.release_with_exceptions(workspace, closed);
  end if;
  if live is not null then
    perform tieout.change_holds(workspace, live);
    perform tieout.hold_exceptions(workspace, live);
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger exception_holds_of_changed after update on tieout.exception
  referencing old table as was new table as became for each statement execute function tieout.holds_of_changed();
--> statement-breakpoint
-- Four eyes: what one person proposes and another decides. What was proposed never changes; it is decided once.
create table tieout.proposal (
  workspace_id uuid not null,
  proposal_id uuid not null,
  kind text not null,
  exception_id uuid,
  -- The resolution code an adjustment would settle its exception with.
  code text,
  reason_code text not null,
  note text,
  evidence text,
  amount_minor bigint,
  currency char(3),
  original_period char(7),
  -- The hold that would be released; the entry that would be taken back.
  hold_id uuid,
  reverses uuid,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  expires_at timestamptz not null,
  made_seq bigint not null,
  state text not null default 'open',
  -- Null when the clock did.
  decided_by uuid,
  decided_at timestamptz,
  decided_seq bigint,
  decision_note text,
  constraint proposal_pk primary key (workspace_id, proposal_id),
  constraint proposal_made_seq_unique unique (workspace_id, made_seq),
  constraint proposal_exception_fk foreign key (workspace_id, exception_id)
    references tieout.exception (workspace_id, exception_id),
  constraint proposal_proposed_by_fk foreign key (workspace_id, proposed_by)
    references tieout.person (workspace_id, person_id),
  constraint proposal_decided_by_fk foreign key (workspace_id, decided_by)
    references tieout.person (workspace_id, person_id),
  constraint proposal_currency_fk foreign key (currency) references tieout.currency (code),
  constraint proposal_made_seq_fk foreign key (workspace_id, made_seq)
    references tieout.audit_event (workspace_id, seq) deferrable initially deferred,
  constraint proposal_decided_seq_fk foreign key (workspace_id, decided_seq)
    references tieout.audit_event (workspace_id, seq) deferrable initially deferred,
  constraint proposal_hold_fk foreign key (workspace_id, hold_id) references tieout.hold (workspace_id, hold_id),
  constraint proposal_kind_check check (kind in ('adjustment', 'write_off', 'reversal', 'release')),
  constraint proposal_state_check check (state in ('open', 'approved', 'rejected', 'withdrawn', 'lapsed')),
  constraint proposal_decided_check check ((state = 'open') = (decided_at is null)
    and (state = 'open') = (decided_seq is null) and (state in ('open', 'lapsed')) = (decided_by is null)),
  constraint proposal_four_eyes_check check (state <> 'approved' or decided_by <> proposed_by),
  constraint proposal_withdrawn_check check (state <> 'withdrawn' or decided_by = proposed_by),
  constraint proposal_in_time_check check (state <> 'approved' or decided_at < expires_at),
  constraint proposal_expires_check check (expires_at > proposed_at),
  constraint proposal_amount_check check ((amount_minor is null) = (currency is null) and amount_minor > 0),
  constraint proposal_books_check check (kind not in ('adjustment', 'write_off')
    or exception_id is not null and code is not null and amount_minor is not null and original_period is not null),
  constraint proposal_release_check check ((kind = 'release') = (hold_id is not null)),
  constraint proposal_reversal_check check ((kind = 'reversal') = (reverses is not null)
    and (kind <> 'reversal' or exception_id is not null and code is not null and amount_minor is not null)),
  constraint proposal_period_check check (original_period ~ '^\d{4}-(0[1-9]|1[0-2])$')
);
--> statement-breakpoint
create unique index proposal_open_unique on tieout.proposal (workspace_id, exception_id)
  where state = 'open' and kind in ('adjustment', 'write_off');
--> statement-breakpoint
create unique index proposal_hold_unique on tieout.proposal (workspace_id, hold_id) where state = 'open';
--> statement-breakpoint
create unique index proposal_reverses_unique on tieout.proposal (workspace_id, reverses) where state = 'open';
--> statement-breakpoint
create index proposal_expires_idx on tieout.proposal (workspace_id, expires_at) where state = 'open';
--> statement-breakpoint
-- Who may approve: an active person of one of these roles (src/core/permission.ts says the same).
create function tieout.may_approve(p_workspace_id uuid, p_person_id uuid) returns boolean language sql stable
set search_path = pg_catalog, tieout, pg_temp as $$
  select exists (
    select from tieout.person p
    join tieout.role_grant g on g.workspace_id = p.workspace_id and g.person_id = p.person_id
    where p.workspace_id = p_workspace_id and p.person_id = p_person_id and p.is_active
      and g.role in ('finance', 'ops_lead'))
$$;
--> statement-breakpoint
create function tieout.proposal_guard() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' then
      raise exception 'a proposal begins open' using errcode = 'TIE05';
    end if;
    return new;
  end if;
  if old.state <> 'open' then
    raise exception 'proposal % was decided; it does not change any more', old.proposal_id using errcode = 'TIE05';
  end if;
  if (to_jsonb(new) - array['state', 'decided_by', 'decided_at', 'decided_seq', 'decision_note'])
     is distinct from (to_jsonb(old) - array['state', 'decided_by', 'decided_at', 'decided_seq', 'decision_note']) then
    raise exception 'what proposal % says does not change', old.proposal_id using errcode = 'TIE05';
  end if;
  if new.state = 'approved' and not tieout.may_approve(new.workspace_id, new.decided_by) then
    raise exception 'proposal % is approved by somebody who may not', old.proposal_id using errcode = 'TIE05';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger proposal_guard before insert or update on tieout.proposal
  for each row execute function tieout.proposal_guard();
--> statement-breakpoint
-- The rule by which a hold ends, with what two people agreed on.
create or replace function tieout.may_release(p_hold tieout.hold) returns boolean language sql stable
set search_path = pg_catalog, tieout, pg_temp as $$
  select case p_hold.released_how
    when 'resolved' then exists (
      select from tieout.exception e
      where e.workspace_id = p_hold.workspace_id and e.exception_id = p_hold.exception_id and e.status = 'resolved')
    when 'cleared' then exists (
      select from tieout.exception e
      where e.workspace_id = p_hold.workspace_id and e.exception_id = p_hold.exception_id and e.status = 'cleared')
    when 'expired' then coalesce(p_hold.expires_at <= p_hold.released_at, false)
    when 'approved' then exists (
      select from tieout.proposal p
      where p.workspace_id = p_hold.workspace_id and p.hold_id = p_hold.hold_id and p.kind = 'release'
        and p.state = 'approved' and p.decided_by = p_hold.released_by and p.proposed_by <> p_hold.released_by
        and p.reason_code = p_hold.release_reason)
    else false
  end
$$;
--> statement-breakpoint
-- Ends a hold, with its event. The guard decides whether it may. Returns the event's number; null when it was over before.
create function tieout.release_hold(p_workspace_id uuid, p_hold_id uuid, p_how text, p_at timestamptz, p_person_id uuid,
  p_reason text, p_note text, p_actor jsonb) returns bigint language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  held tieout.hold;
  made bigint;
begin
  select h.* into held from tieout.hold h
    where h.workspace_id = p_workspace_id and h.hold_id = p_hold_id and h.state = 'open' for update;
  if not found then
    return null;
  end if;
  made := (tieout.audit_append(p_workspace_id, array[tieout.hold_fact('hold.released',
    jsonb_populate_record(held, jsonb_build_object('version', held.version + 1, 'state', 'released', 'released_how', p_how)),
    p_actor, p_reason, p_note)]))[1];
  update tieout.hold h
    set state = 'released', released_how = p_how, released_at = p_at, released_by = p_person_id, release_reason = p_reason,
        release_note = p_note, version = h.version + 1, last_seq = made
    where h.workspace_id = p_workspace_id and h.hold_id = p_hold_id;
  return made;
end
$$;
--> statement-breakpoint
-- What two people agreed on is done in the same transaction, or they did not agree.
create function tieout.approved_is_done() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  if new.kind = 'release' and not exists (
       select from tieout.hold h
       where h.workspace_id = new.workspace_id and h.hold_id = new.hold_id and h.released_how = 'approved'
         and h.released_by = new.decided_by)
     or new.kind <> 'release' and not exists (
       select from tieout.adjustment a where a.workspace_id = new.workspace_id and a.proposal_id = new.proposal_id) then
    raise exception 'proposal % was approved and not carried out', new.proposal_id using errcode = 'TIE05';
  end if;
  return null;
end
$$;
--> statement-breakpoint
create constraint trigger proposal_approved_is_done after update on tieout.proposal deferrable initially deferred
  for each row when (new.state = 'approved') execute function tieout.approved_is_done();
--> statement-breakpoint
-- A message that asks for a decision shows how it stands: again when it was decided, or when its exception moved on meanwhile.
create function tieout.proposals_shown() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  update tieout.outbox o set
    wanted_revision = o.wanted_revision + 1,
    status = case when o.status in ('sent', 'dead') then 'pending' else o.status end,
    attempts = case when o.status in ('sent', 'dead') then 0 else o.attempts end,
    next_attempt_at = case when o.status in ('sent', 'dead') then now() else o.next_attempt_at end
  from tieout.proposal p
  where p.workspace_id = new.workspace_id
    and case tg_table_name when 'proposal' then p.proposal_id = (to_jsonb(new) ->> 'proposal_id')::uuid
        else p.exception_id = (to_jsonb(new) ->> 'exception_id')::uuid and p.state = 'open' end
    and o.workspace_id = p.workspace_id and o.dedupe_key = 'proposal:' || p.proposal_id;
  return null;
end
$$;
--> statement-breakpoint
create trigger proposal_shown after update on tieout.proposal for each row execute function tieout.proposals_shown();
--> statement-breakpoint
create trigger exception_proposal_shown after update on tieout.exception
  for each row when (old.status = 'awaiting_approval' and new.status = 'awaiting_approval')
  execute function tieout.proposals_shown();
--> statement-breakpoint
create function tieout.money_stays() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  raise exception '% on tieout.% is refused: what was decided about money stays', tg_op, tg_table_name
    using errcode = 'TIE05', hint = 'a correction is a new row';
end
$$;
--> statement-breakpoint
create trigger proposal_stays before delete or truncate on tieout.proposal
  for each statement execute function tieout.money_stays();
--> statement-breakpoint
-- Which months take no entries any more: each by itself (`scope` is the month), and all up to one (`through`).
create table tieout.period (
  workspace_id uuid not null,
  scope text not null,
  period char(7) not null,
  is_closed boolean not null,
  -- Null when the configuration says so.
  changed_by uuid,
  reason text not null,
  changed_at timestamptz not null,
  last_seq bigint not null,
  constraint period_pk primary key (workspace_id, scope),
  constraint period_workspace_fk foreign key (workspace_id) references tieout.workspace (workspace_id),
  constraint period_changed_by_fk foreign key (workspace_id, changed_by)
    references tieout.person (workspace_id, person_id),
  constraint period_last_seq_fk foreign key (workspace_id, last_seq)
    references tieout.audit_event (workspace_id, seq) deferrable initially deferred,
  constraint period_scope_check check (scope in ('through', period)),
  constraint period_period_check check (period ~ '^\d{4}-(0[1-9]|1[0-2])$')
);
--> statement-breakpoint
create function tieout.is_period_closed(p_workspace_id uuid, p_period text) returns boolean language sql stable
set search_path = pg_catalog, tieout, pg_temp as $$
  select coalesce(
    (select p.is_closed from tieout.period p where p.workspace_id = p_workspace_id and p.scope = p_period),
    exists (select from tieout.period p
            where p.workspace_id = p_workspace_id and p.scope = 'through' and p.is_closed and p.period >= p_period))
$$;
--> statement-breakpoint
-- Closing a month waits for entries that are being booked, and they for it. Both take this before they append to the trail.
create function tieout.lock_periods(p_workspace_id uuid, p_exclusive boolean) returns void language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  if p_exclusive then
    perform pg_advisory_xact_lock(hashtextextended('tieout.period ' || p_workspace_id, 0));
  else
    perform pg_advisory_xact_lock_shared(hashtextextended('tieout.period ' || p_workspace_id, 0));
  end if;
end
$$;
--> statement-breakpoint
-- An entry for the ledger. It is never changed: a reversal is another entry.
create table tieout.adjustment (
  workspace_id uuid not null,
  adjustment_id uuid not null,
  -- The event that applied it; people see A-<number>.
  number bigint not null,
  kind text not null,
  exception_id uuid not null,
  proposal_id uuid,
  reverses uuid,
  code text not null,
  reason_code text not null,
  note text,
  evidence text,
  amount_minor bigint not null,
  currency char(3) not null,
  original_period char(7) not null,
  booked_period char(7) not null,
  client text,
  order_ref text,
  payee text,
  -- Whether what was found was more than expected, or less; null where only one side is known.
  direction text,
  made_by uuid not null,
  -- Null when it was within the limit of whoever made it.
  approved_by uuid,
  -- That limit; null when the configuration states none.
  limit_minor bigint,
  applied_at timestamptz not null,
  constraint adjustment_pk primary key (workspace_id, adjustment_id),
  constraint adjustment_number_unique unique (workspace_id, number),
  constraint adjustment_proposal_unique unique (workspace_id, proposal_id),
  constraint adjustment_reverses_unique unique (workspace_id, reverses),
  constraint adjustment_exception_fk foreign key (workspace_id, exception_id)
    references tieout.exception (workspace_id, exception_id),
  constraint adjustment_proposal_fk foreign key (workspace_id, proposal_id)
    references tieout.proposal (workspace_id, proposal_id),
  constraint adjustment_reverses_fk foreign key (workspace_id, reverses)
    references tieout.adjustment (workspace_id, adjustment_id),
  constraint adjustment_made_by_fk foreign key (workspace_id, made_by) references tieout.person (workspace_id, person_id),
  constraint adjustment_approved_by_fk foreign key (workspace_id, approved_by)
    references tieout.person (workspace_id, person_id),
  constraint adjustment_currency_fk foreign key (currency) references tieout.currency (code),
  constraint adjustment_number_fk foreign key (workspace_id, number)
    references tieout.audit_event (workspace_id, seq) deferrable initially deferred,
  constraint adjustment_kind_check check (kind in ('adjustment', 'write_off', 'reversal')),
  constraint adjustment_reversal_check check ((kind = 'reversal') = (reverses is not null)
    and (kind = 'reversal') = (amount_minor < 0) and amount_minor <> 0),
  constraint adjustment_four_eyes_check check ((approved_by is null) = (proposal_id is null) and approved_by <> made_by),
  -- Whoever needs nobody else stays within the limit.
  constraint adjustment_limit_check check (approved_by is not null or limit_minor is null
    or abs(amount_minor) <= limit_minor),
  constraint adjustment_direction_check check (direction in ('over', 'under')),
  constraint adjustment_period_check check (original_period ~ '^\d{4}-(0[1-9]|1[0-2])$'
    and booked_period ~ '^\d{4}-(0[1-9]|1[0-2])$' and booked_period >= original_period)
);
--> statement-breakpoint
alter table tieout.proposal add constraint proposal_reverses_fk foreign key (workspace_id, reverses)
  references tieout.adjustment (workspace_id, adjustment_id);
--> statement-breakpoint
create index adjustment_exception_idx on tieout.adjustment (workspace_id, exception_id);
--> statement-breakpoint
create function tieout.adjustment_guard() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  agreed tieout.proposal;
  original tieout.adjustment;
  stake bigint;
  stake_currency text;
begin
  perform tieout.lock_periods(new.workspace_id, false);
  if tieout.is_period_closed(new.workspace_id, new.booked_period) then
    raise exception 'period % is closed', new.booked_period using errcode = 'TIE05', hint = 'book it to an open one';
  end if;
  if new.proposal_id is not null then
    select p.* into strict agreed from tieout.proposal p
      where p.workspace_id = new.workspace_id and p.proposal_id = new.proposal_id;
    if (agreed.state, agreed.kind, agreed.exception_id, agreed.proposed_by, agreed.decided_by, agreed.amount_minor,
        agreed.currency, agreed.code, agreed.reason_code)
       is distinct from
       ('approved'::text, new.kind, new.exception_id, new.made_by, new.approved_by, abs(new.amount_minor), new.currency,
        new.code, new.reason_code) then
      raise exception 'adjustment % is not what was approved', new.adjustment_id using errcode = 'TIE05';
    end if;
  end if;
  if new.reverses is not null then
    select a.* into strict original from tieout.adjustment a
      where a.workspace_id = new.workspace_id and a.adjustment_id = new.reverses;
    if original.kind = 'reversal'
       or (original.exception_id, -original.amount_minor, original.currency)
          is distinct from (new.exception_id, new.amount_minor, new.currency) then
      raise exception 'a reversal takes back one entry, whole' using errcode = 'TIE05';
    end if;
    return new;
  end if;
  select e.at_stake_minor, e.currency into strict stake, stake_currency from tieout.exception e
    where e.workspace_id = new.workspace_id and e.exception_id = new.exception_id;
  if new.currency <> stake_currency or new.amount_minor + coalesce((
       select sum(a.amount_minor) from tieout.adjustment a
       where a.workspace_id = new.workspace_id and a.exception_id = new.exception_id), 0) > stake then
    raise exception 'adjustment % is more than is at stake', new.adjustment_id using errcode = 'TIE05';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger adjustment_guard before insert on tieout.adjustment
  for each row execute function tieout.adjustment_guard();
--> statement-breakpoint
create trigger adjustment_stays before update or delete or truncate on tieout.adjustment
  for each statement execute function tieout.money_stays();
--> statement-breakpoint
alter table tieout.proposal enable always trigger proposal_guard;
--> statement-breakpoint
alter table tieout.proposal enable always trigger proposal_stays;
--> statement-breakpoint
alter table tieout.adjustment enable always trigger adjustment_guard;
--> statement-breakpoint
alter table tieout.adjustment enable always trigger adjustment_stays;
--> statement-breakpoint
-- An exception awaits approval exactly while somebody has been asked for it.
create function tieout.awaits_what_is_open() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  if exists (
    select from tieout.exception e
    where e.workspace_id = new.workspace_id and e.exception_id = new.exception_id
      and (e.status = 'awaiting_approval') <> exists (
        select from tieout.proposal p
        where p.workspace_id = e.workspace_id and p.exception_id = e.exception_id and p.state = 'open'
          and p.kind in ('adjustment', 'write_off'))) then
    raise exception 'exception % awaits approval without an open proposal, or the other way round', new.exception_id
      using errcode = 'TIE05';
  end if;
  return null;
end
$$;
--> statement-breakpoint
create constraint trigger exception_awaits after update on tieout.exception deferrable initially deferred
  for each row when (old.status is distinct from new.status
    and (old.status = 'awaiting_approval' or new.status = 'awaiting_approval'))
  execute function tieout.awaits_what_is_open();
--> statement-breakpoint
create constraint trigger proposal_awaits after insert or update on tieout.proposal deferrable initially deferred
  for each row when (new.kind in ('adjustment', 'write_off')) execute function tieout.awaits_what_is_open();
--> statement-breakpoint
-- The tables that this migration adds show and take only rows of the workspace set for the transaction, like all others.
do $$
declare
  table_name text;
begin
  for table_name in
    select c.relname
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    where c.relnamespace = 'tieout'::regnamespace and c.relkind = 'r' and not c.relrowsecurity
  loop
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
-- What is never changed once it is there.
revoke update on tieout.adjustment, tieout.known_name from tieout_app;
--> statement-breakpoint
-- A kind that the configuration no longer lets end by itself.
grant delete on tieout.hold_policy to tieout_app;
--> statement-breakpoint
reset role;
