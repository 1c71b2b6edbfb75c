import type { RestingPasses } from '../../core/resting.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { SqlPart } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { keptKey, sideKey } from './key-expression.ts';
import { isOfFeeds, type SideFeeds, sideOf } from './side-feeds.sql.ts';
import { findStanding, keepResting } from './standing-exceptions.sql.ts';

type Scope = { readonly workspaceId: string; readonly reconciliationId: string };
type About = Scope & {
  readonly spec: Reconciliation;
  readonly resting: RestingPasses;
  readonly feeds: SideFeeds;
  readonly cutoffOn: string;
  /** Given where all that is new, changed or without a match is listed: nothing else is read then. */
  readonly changedBy?: readonly string[] | undefined;
};

/**
 * Keeps in `stirred_record` and `stirred_match` what is to be decided again: whatever no pass that rests has settled,
 * whatever has changed since, and all that shares or shared its key. What rests is everything else: decided again it would
 * come out as it stands, and no other pass would see it. Stirred records are kept whole: to find them all are looked at, and
 * the pool is filled from them without looking again.
 */
export async function stir(tx: Tx, about: About): Promise<void> {
  await tx`create temp table stirred_match (match_id uuid not null, by_key boolean not null default false) on commit drop`;
  await tx`
    create temp table stirred_record (
      like tieout.record, match_id uuid, group_key text
    ) on commit drop`;
  await findStanding(tx, about);
  await stirUnsettled(tx, about);
  await tx`analyze stirred_match`;
  await stirChanged(tx, about);
  await tx`analyze stirred_record (record_id, match_id, group_key)`;
  await stirByKey(tx, about);
  await keepResting(tx);
  await stirMembers(tx, about);
  await tx`analyze stirred_record (record_id, match_id, group_key)`;
}

/** Matches of other passes, and those that need a person and of which the record does not say so as they are. */
async function stirUnsettled(tx: Tx, { workspaceId, reconciliationId, resting }: About): Promise<void> {
  await tx`
    insert into stirred_match (match_id)
    select m.match_id
    from match m
    where m.workspace_id = ${workspaceId} and m.reconciliation_id = ${reconciliationId} and m.is_live
      and not (m.pass = any(${resting.passes as string[]}::text[])
               and (m.outcome in ('equal', 'auto_resolved') or m.match_id in (select e.match_id from standing_exception e)))`;
}

/** Records that no match which may rest has, or has at another version, and those that people spoke of. */
async function stirChanged(tx: Tx, about: About): Promise<void> {
  const { workspaceId, reconciliationId, feeds, cutoffOn, changedBy } = about;
  const { isRead, isStirred } =
    changedBy === undefined
      ? {
          isRead: tx`true`,
          isStirred: tx`
            m.match_id is null or m.record_version <> p.version or p.is_removed or p.occurred_on > ${cutoffOn}::date
            or m.match_id in (select s.match_id from stirred_match s) or p.record_id in (select t.record_id from told t)`,
        }
      : { isRead: tx`r.record_id = any(array(${listed(tx, { ...about, changedBy })}))`, isStirred: tx`true` };
  await tx`
    insert into stirred_record (${RECORD(tx)}, match_id, group_key)
    with told as materialized (
      select m.record_id
      from hand_match h
      join hand_match_member m on m.workspace_id = h.workspace_id and m.hand_match_id = h.hand_match_id
      where h.workspace_id = ${workspaceId} and h.reconciliation_id = ${reconciliationId} and h.ended_at is null
      union
      select unnest(array[n.expected_id, n.actual_id])
      from never_pair n
      where n.workspace_id = ${workspaceId} and n.reconciliation_id = ${reconciliationId} and n.lifted_at is null
    ),
    stirred as (
      select p.*, m.match_id, ${keyOf(tx, about)} as group_key
      from (
        select r.*, null::text as names, ${sideOf(tx, feeds)} as side
        from record r
        where r.workspace_id = ${workspaceId} and ${isOfFeeds(tx, feeds)} and ${isRead}
      ) p
      left join match_member m on m.workspace_id = ${workspaceId} and m.reconciliation_id = ${reconciliationId}
        and m.is_live and m.record_id = p.record_id
      where ${isStirred}
    )
    select ${RECORD(tx)}, match_id, ${keptKey(tx, 'stirred.group_key')} from stirred`;
}

/** What that is, where it is listed. */
const listed = (tx: Tx, about: About & { readonly changedBy: readonly string[] }): SqlPart => tx`
  select u.record_id
  from unpaired_record u
  where u.workspace_id = ${about.workspaceId} and u.reconciliation_id = ${about.reconciliationId}
  union
  select c.record_id
  from changed_record c
  where c.workspace_id = ${about.workspaceId} and c.delivery_id = any(${about.changedBy as string[]}::uuid[])
  union
  select m.record_id
  from match_member m
  where m.workspace_id = ${about.workspaceId} and m.is_live and m.match_id = any(array(select s.match_id from stirred_match s))
  union
  select t.record_id from told t`;

/** Resting matches of the keys that stirred records have, or had in an earlier version. */
async function stirByKey(tx: Tx, about: About): Promise<void> {
  const { workspaceId, reconciliationId, feeds, resting } = about;
  await tx`
    insert into stirred_match (match_id, by_key)
    with earlier as (
      select ${keyOf(tx, about)} as group_key
      from (
        select v.fields, v.amount_minor, v.currency, null::text as names, ${sideOf(tx, feeds)} as side
        from stirred_record r
        join record_version v on v.workspace_id = ${workspaceId} and v.record_id = r.record_id
        where r.version > 1
      ) p
    ),
    stirred_key as (
      select group_key from stirred_record where group_key is not null
      union
      select ${keptKey(tx, 'earlier.group_key')} from earlier where group_key is not null
    )
    select m.match_id, true
    from match m
    join stirred_key k on k.group_key = m.group_key
    where m.workspace_id = ${workspaceId} and m.reconciliation_id = ${reconciliationId} and m.is_live
      and m.pass = any(${resting.passes as string[]}::text[])
    union
    select s.match_id, true from stirred_record s where s.match_id is not null
    except
    select match_id, true from stirred_match`;
}

/** The records of the matches that are decided again for their key; those of the others are there. */
async function stirMembers(tx: Tx, { workspaceId }: Scope): Promise<void> {
  await tx`
    insert into stirred_record (${RECORD(tx)})
    select ${RECORD(tx)}
    from record
    where workspace_id = ${workspaceId} and record_id = any(array(
      select m.record_id
      from match_member m
      where m.workspace_id = ${workspaceId} and m.is_live
        and m.match_id = any(array(select s.match_id from stirred_match s where s.by_key))
      except
      select record_id from stirred_record))`;
}

/** What is kept of a record: whatever the pool is filled from. */
const RECORD = (tx: Tx): SqlPart => tx`
  workspace_id, record_id, version, content_hash, revision, amount_minor, currency, occurred_on, client, order_ref, fields,
  delivery_id, line, is_removed, feed_id, source_ref`;

/** The key that row `p` of a feed has in the passes that rest. */
const keyOf = (tx: Tx, { spec, resting }: Pick<About, 'spec' | 'resting'>): SqlPart =>
  sideKey(tx, resting, spec);
