-- Roles are shared by every database of a server, so another database, or another start at this very moment, may have
-- made them already. tieout_owner owns everything and nobody logs in as it; tieout_app is what the application acts as.
do $$
begin
  create role tieout_owner nologin;
exception when duplicate_object or unique_violation then null;
end
$$;
--> statement-breakpoint
do $$
begin
  create role tieout_app nologin;
exception when duplicate_object or unique_violation then null;
end
$$;
--> statement-breakpoint
-- A superuser may act as any role; anyone else who migrates must be a member to hand ownership over.
do $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user)
     and not pg_has_role(current_user, 'tieout_owner', 'usage') then
    execute format('grant tieout_owner to %I', current_user);
  end if;
  if not (select rolsuper from pg_roles where rolname = current_user)
     and not pg_has_role(current_user, 'tieout_app', 'usage') then
    execute format('grant tieout_app to %I', current_user);
  end if;
end
$$;
--> statement-breakpoint
create schema tieout authorization tieout_owner;
