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
-- What a text of a record means in a condition: null where it is no such value, so that a changed contract breaks no run.
create function tieout.as_number(value text) returns numeric
language sql immutable parallel safe as $$
  select case when value ~ '^-?[0-9]{1,60}([.][0-9]{1,60})?$' then value::numeric end
$$;
--> statement-breakpoint
create function tieout.as_day(value text) returns date
language sql immutable parallel safe as $$
  select case when value ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' and value !~ '^0000' then
    case when right(value, 2)::integer
              <= extract(day from make_date(left(value, 4)::integer, substr(value, 6, 2)::integer, 1) + interval '1 month - 1 day')
         then make_date(left(value, 4)::integer, substr(value, 6, 2)::integer, right(value, 2)::integer) end
  end
$$;
--> statement-breakpoint
-- An amount in major units, exact.
create function tieout.major(minor bigint, code text) returns numeric
language sql stable parallel safe as $$
  select minor * ('1e-' || c.exponent)::numeric from tieout.currency c where c.code = $2::char(3)
$$;
--> statement-breakpoint
reset role;
