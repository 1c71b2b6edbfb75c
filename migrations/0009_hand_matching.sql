-- What people decide about pairs: matches by hand, pairs that never belong together, and what became of suggestions.
set role tieout_owner;
--> statement-breakpoint
-- A match that a person made, and from which exception. It stands until it is ended; runs plan it before anything else.
create table tieout.hand_match (
  workspace_id uuid not null,
  hand_match_id uuid not null,
  reconciliation_id uuid not null,
  exception_id uuid not null,
  code text not null,
  note text,
  made_by uuid not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  constraint hand_match_pk primary key (workspace_id, hand_match_id),
  constraint hand_match_reconciliation_fk foreign key (workspace_id, reconciliation_id)
    references tieout.reconciliation (workspace_id, reconciliation_id),
  constraint hand_match_exception_fk foreign key (workspace_id, exception_id)
    references tieout.exception (workspace_id, exception_id),
  constraint hand_match_made_by_fk foreign key (workspace_id, made_by) references tieout.person (workspace_id, person_id),
  constraint hand_match_ended_by_fk foreign key (workspace_id, ended_by) references tieout.person (workspace_id, person_id),
  constraint hand_match_ended_check check ((ended_at is null) = (ended_by is null))
);
--> statement-breakpoint
-- One exception speaks of one standing match.
create unique index hand_match_exception_unique on tieout.hand_match (workspace_id, exception_id) where ended_at is null;
--> statement-breakpoint
-- Its records, with what they held when the person looked: the decision is about that.
create table tieout.hand_match_member (
  workspace_id uuid not null,
  hand_match_id uuid not null,
  record_id uuid not null,
  reconciliation_id uuid not null,
  side text not null,
  record_version integer not null,
  content_hash text not null,
  is_standing boolean not null default true,
  constraint hand_match_member_pk primary key (workspace_id, hand_match_id, record_id),
  constraint hand_match_member_match_fk foreign key (workspace_id, hand_match_id)
    references tieout.hand_match (workspace_id, hand_match_id),
  constraint hand_match_member_record_fk foreign key (workspace_id, record_id)
    references tieout.record (workspace_id, record_id),
  constraint hand_match_member_side_check check (side in ('expected', 'actual'))
);
--> statement-breakpoint
create unique index hand_match_member_record_unique on tieout.hand_match_member (workspace_id, reconciliation_id, record_id)
  where is_standing;
--> statement-breakpoint
-- Two records that no machine pairs: `never`, because a person said so; `unmatched`, because a person took them apart, as
-- long as both hold what they held then.
create table tieout.never_pair (
  workspace_id uuid not null,
  never_pair_id uuid not null,
  reconciliation_id uuid not null,
  kind text not null,
  expected_id uuid not null,
  actual_id uuid not null,
  expected_hash text not null,
  actual_hash text not null,
  exception_id uuid,
  note text not null,
  said_by uuid not null,
  said_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid,
  constraint never_pair_pk primary key (workspace_id, never_pair_id),
  constraint never_pair_reconciliation_fk foreign key (workspace_id, reconciliation_id)
    references tieout.reconciliation (workspace_id, reconciliation_id),
  constraint never_pair_expected_fk foreign key (workspace_id, expected_id) references tieout.record (workspace_id, record_id),
  constraint never_pair_actual_fk foreign key (workspace_id, actual_id) references tieout.record (workspace_id, record_id),
  constraint never_pair_exception_fk foreign key (workspace_id, exception_id)
    references tieout.exception (workspace_id, exception_id),
  constraint never_pair_said_by_fk foreign key (workspace_id, said_by) references tieout.person (workspace_id, person_id),
  constraint never_pair_lifted_by_fk foreign key (workspace_id, lifted_by) references tieout.person (workspace_id, person_id),
  constraint never_pair_kind_check check (kind in ('never', 'unmatched')),
  constraint never_pair_lifted_check check ((lifted_at is null) = (lifted_by is null))
);
--> statement-breakpoint
create unique index never_pair_unique on tieout.never_pair (workspace_id, reconciliation_id, expected_id, actual_id)
  where lifted_at is null;
--> statement-breakpoint
create index never_pair_actual_idx on tieout.never_pair (workspace_id, actual_id) where lifted_at is null;
--> statement-breakpoint
-- What people made of what a pass paired or proposed: the input of calibration. Never changed.
create table tieout.answered_suggestion (
  workspace_id uuid not null,
  answered_suggestion_id uuid not null,
  reconciliation_id uuid not null,
  exception_id uuid not null,
  pass text not null,
  -- What the machine had said: `paired`, or the verdict of a candidate.
  verdict text not null,
  -- Of a candidate: its place among the candidates, and how likely it was held to be.
  rank integer,
  probability double precision,
  answer text not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  constraint answered_suggestion_pk primary key (workspace_id, answered_suggestion_id),
  constraint answered_suggestion_exception_fk foreign key (workspace_id, exception_id)
    references tieout.exception (workspace_id, exception_id),
  constraint answered_suggestion_by_fk foreign key (workspace_id, answered_by)
    references tieout.person (workspace_id, person_id),
  constraint answered_suggestion_verdict_check
    check (verdict in ('paired', 'suggested', 'ambiguous', 'competition', 'below', 'blocked')),
  constraint answered_suggestion_answer_check check (answer in ('accepted', 'rejected'))
);
--> statement-breakpoint
create index answered_suggestion_idx on tieout.answered_suggestion (workspace_id, reconciliation_id, answered_at);
--> statement-breakpoint
do $$
declare
  table_name text;
begin
  foreach table_name in array array['hand_match', 'hand_match_member', 'never_pair', 'answered_suggestion'] loop
    execute format('alter table tieout.%I enable row level security', table_name);
    execute format('alter table tieout.%I force row level security', table_name);
    execute format(
      'create policy %I on tieout.%I using (workspace_id = nullif(current_setting(''tieout.workspace_id'', true), '''')::uuid)',
      table_name || '_tenant', table_name);
    execute format('grant select, insert on tieout.%I to tieout_app', table_name);
  end loop;
end
$$;
--> statement-breakpoint
-- A decision ends; what was decided, by whom and about what does not change.
grant update (ended_at, ended_by) on tieout.hand_match to tieout_app;
--> statement-breakpoint
grant update (is_standing) on tieout.hand_match_member to tieout_app;
--> statement-breakpoint
grant update (lifted_at, lifted_by) on tieout.never_pair to tieout_app;
--> statement-breakpoint
-- What the limits of a similar pass kept apart is told as well, where it would be proposed inside them.
alter table tieout.rejected_candidate drop constraint rejected_candidate_verdict_check;
--> statement-breakpoint
alter table tieout.rejected_candidate add constraint rejected_candidate_verdict_check
  check (verdict in ('suggested', 'ambiguous', 'below', 'competition', 'blocked'));
--> statement-breakpoint
reset role;
