-- What a night of bulk writes leaves behind has to be counted before anybody is kept waiting by a plan made for empty
-- tables: autovacuum comes within a minute, and a payment system asks at once.
set role tieout_owner;
--> statement-breakpoint
-- Counts anew, as autovacuum would, every table that changed by a tenth since it was last counted. Only an owner may
-- analyze before PostgreSQL 17. A table that somebody else is counting at this moment is left to them.
create function tieout.refresh_statistics() returns text[]
language plpgsql security definer set search_path = pg_catalog, tieout, pg_temp as $$
declare
  table_name text;
  refreshed text[] := '{}';
begin
  for table_name in
    select c.relname
    from pg_class c
    where c.relnamespace = 'tieout'::regnamespace and c.relkind = 'r'
      and pg_stat_get_mod_since_analyze(c.oid) > 1000 + greatest(c.reltuples, 0) / 10
    order by c.relname
  loop
    execute format('analyze (skip_locked) tieout.%I', table_name);
    refreshed := refreshed || table_name;
  end loop;
  return refreshed;
end
$$;
--> statement-breakpoint
revoke all on function tieout.refresh_statistics() from public;
--> statement-breakpoint
grant execute on function tieout.refresh_statistics() to tieout_app;
--> statement-breakpoint
reset role;
