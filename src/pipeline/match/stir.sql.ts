import type { RestingPasses } from '../../core/resting.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { SqlPart } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { keptKey, sideKey } from './key-expression.ts';
import type { NamedColumns } from './named-columns.sql.ts';
import { isOfFeeds, type SideFeeds, sideOf } from './side-feeds.sql.ts';
import { keepResting, leaveStanding } from './standing-exceptions.sql.ts';

type Scope = { readonly workspaceId: string; readonly reconciliationId: string };
type About = Scope & {
  readonly spec: Reconciliation;
  readonly resting: RestingPasses;
  readonly feeds: SideFeeds;
  readonly columns: NamedColumns;
  readonly cutoffOn: string;
  /** Given where all that is new, changed or without a match is listed: nothing else is read then. */
  readonly changedBy?: readonly string[] | undefined;
};

/**
 * Keeps in `stirred_record` and `stirred_match` what is to be decided again: whatever no pass that rests has settled,
 * whatever has changed since, and all that shares or shared its key. What rests is everything else: decided again it would
 * come out as it stands, and no other pass would see it. Stirred records are kept whole, and the
 * pool is filled from them without looking again.
 */
export async function stir(tx: Tx, about: About): Promise<void> {
  await stirUnsettled(tx, about);
  await tx`analyze stirred_match`;
  await leaveStanding(tx, about);
  await stirChanged(tx, about);
  await tx`analyze stirred_record (record_id, group_key)`;
  await stirByKey(tx, about);
  await stirByRecord(tx, about);
  await keepResting(tx);
  await tx`analyze stirred_match`;
  await stirMembers(tx, about);
  await tx`analyze stirred_record (record_id, group_key)`;
}

/**
 * Matches of other passes, and those that need a person, with what the record says of them: what is planned anew is compared with
 * that, and matches are not read again for it.
 */
async function stirUnsettled(tx: Tx, { workspaceId, reconciliationId, resting }: About): Promise<void> {
  // A table made by a query: several processes may read for it, and for one that is inserted into they may not.
  await tx`
    create temp table stirred_match on commit drop as
    select ${MATCH(tx)}, false as by_key
    from match
    where workspace_id = ${workspaceId} and reconciliation_id = ${reconciliationId} and is_live
      and not (pass = any(${resting.passes as string[]}::text[]) and outcome in ('equal', 'auto_resolved'))`;
}

/** Records that no match which may rest has, or has at another version, and those that people spoke of. */
async function stirChanged(tx: Tx, about: About): Promise<void> {
  const { changedBy, feeds } = about;
  if (changedBy) {
    await list(tx, { ...about, changedBy });
    // They stand in the order in which they came in: page by page they are read in 0.8 s instead of 1.0, one by one (184,000
    // of two million; 2026-11-30). The planner, which expects ten, is kept from looking through the list for each.
    await tx`set local enable_indexscan = off`;
    await tx`set local enable_nestloop = off`;
  }
  const stirred = changedBy ? listed(tx, about) : lookedFor(tx, about);
  await tx`
    create temp table stirred_record on commit drop as
    with ${stirred},
    keyed as (
      select r.*, ${keyOf(tx, about)} as group_key
      from (select r.*, ${sideOf(tx, feeds)} as side from stirred r) r
    )
    select ${RECORD(tx)}, match_id, ${keptKey(tx, 'keyed.group_key')} as group_key from keyed`;
  await tx`set local enable_indexscan to default`;
  await tx`set local enable_nestloop to default`;
}

/** The records that people spoke of, and what they said stands. */
const told = (tx: Tx, { workspaceId, reconciliationId }: Scope): SqlPart => tx`
  select m.record_id
  from hand_match h
  join hand_match_member m on m.workspace_id = h.workspace_id and m.hand_match_id = h.hand_match_id
  where h.workspace_id = ${workspaceId} and h.reconciliation_id = ${reconciliationId} and h.ended_at is null
  union
  select unnest(array[n.expected_id, n.actual_id])
  from never_pair n
  where n.workspace_id = ${workspaceId} and n.reconciliation_id = ${reconciliationId} and n.lifted_at is null`;

/** The stirred records with their match, found by comparing all records with all matches. */
const lookedFor = (tx: Tx, about: About): SqlPart => tx`
  told as materialized (${told(tx, about)}),
  stirred as (
    select r.*, m.match_id
    from record r
    left join match_member m on m.workspace_id = ${about.workspaceId} and m.reconciliation_id = ${about.reconciliationId}
      and m.is_live and m.record_id = r.record_id
    where r.workspace_id = ${about.workspaceId} and ${isOfFeeds(tx, about.feeds)}
      and (m.match_id is null or m.record_version <> r.version or r.is_removed or r.occurred_on > ${about.cutoffOn}::date
        or m.match_id in (select s.match_id from stirred_match s) or r.record_id in (select t.record_id from told t))
  )`;

/** The same where they are listed, but for their match, which the list says: joined with it, each would be kept whole to be looked up. */
const listed = (tx: Tx, { workspaceId, feeds }: About): SqlPart => tx`
  stirred as (
    select r.*, null::uuid as match_id
    from record r
    where r.workspace_id = ${workspaceId} and ${isOfFeeds(tx, feeds)}
      and r.record_id = any(array(select l.record_id from stirred_list l))
  )`;

/**
 * Lists them, with their match. Which match a record has is asked of the changed ones and those that people spoke of alone:
 * it is known of the others, and asking it of each took half as long as reading all of them (2026-11-30, a million orders: 1.2 s of 2.3).
 */
async function list(tx: Tx, about: About & { readonly changedBy: readonly string[] }): Promise<void> {
  await tx`
    create temp table stirred_list on commit drop as
    with member as materialized (
      select unnest(s.record_ids) as record_id, s.match_id from stirred_match s
    ),
    news as materialized (
      select c.record_id
      from changed_record c
      where c.workspace_id = ${about.workspaceId} and c.delivery_id = any(${about.changedBy as string[]}::uuid[])
      union
      (${told(tx, about)})
      except
      select member.record_id from member
    ),
    alone as (
      select u.record_id
      from unpaired_record u
      where u.workspace_id = ${about.workspaceId} and u.reconciliation_id = ${about.reconciliationId}
      except
      select member.record_id from member
      except
      select news.record_id from news
    )
    select member.record_id, member.match_id from member
    union all
    select news.record_id, m.match_id
    from news
    left join match_member m on m.workspace_id = ${about.workspaceId}
      and m.reconciliation_id = ${about.reconciliationId} and m.is_live and m.record_id = news.record_id
      -- Or all members would be read.
      and m.record_id = any(array(select news.record_id from news))
    union all
    select alone.record_id, null from alone`;
  await tx`analyze stirred_list`;
}

/**
 * Resting matches of the keys that stirred records have, or had in an earlier version. What is there already is read once, before the first row comes in:
 * as a join, all that came in was looked through for each (half of 200,000 orders taken back: 39 s; 2026-12-01).
 */
async function stirByKey(tx: Tx, about: About): Promise<void> {
  const { workspaceId, reconciliationId, feeds, resting } = about;
  await tx`
    insert into stirred_match (${MATCH(tx)}, by_key)
    with earlier as (
      select ${keyOf(tx, about)} as group_key
      from (
        select v.fields, v.client, v.order_ref, v.amount_minor, v.currency, ${sideOf(tx, feeds)} as side
        from stirred_record r
        join record_version v on v.workspace_id = ${workspaceId} and v.record_id = r.record_id
        where r.version > 1
      ) r
    ),
    stirred_key as (
      select group_key from stirred_record where group_key is not null
      union
      select ${keptKey(tx, 'earlier.group_key')} from earlier where group_key is not null
    )
    select ${MATCH(tx)}, true
    from (
      select ${MATCH(tx)}
      from match
      join stirred_key using (group_key)
      where workspace_id = ${workspaceId} and reconciliation_id = ${reconciliationId} and is_live
        and pass = any(${resting.passes as string[]}::text[])
      -- Found first: asked of all matches it took half as long again.
      offset 0
    ) found
    where match_id not in (select s.match_id from stirred_match s)`;
}

/** Matches of stirred records that no key has found. */
async function stirByRecord(tx: Tx, { workspaceId, changedBy }: About): Promise<void> {
  await tx`
    insert into stirred_match (${MATCH(tx)}, by_key)
    select ${MATCH(tx)}, true
    from match
    where workspace_id = ${workspaceId} and match_id = any(array(
      select s.match_id from ${changedBy ? tx`stirred_list` : tx`stirred_record`} s where s.match_id is not null
      except
      select s.match_id from stirred_match s))`;
}

/** The records of the matches that are decided again for their key; those of the others are there. */
async function stirMembers(tx: Tx, { workspaceId }: Scope): Promise<void> {
  await tx`
    insert into stirred_record (${RECORD(tx)})
    select ${RECORD(tx)}
    from record
    where workspace_id = ${workspaceId} and record_id = any(array(
      select m.record_id
      from (select unnest(s.record_ids) as record_id from stirred_match s where s.by_key) m
      where not exists (select from stirred_record s where s.record_id = m.record_id)))`;
}

/** What is kept of a match: whatever it is compared by with what is planned. */
const MATCH = (tx: Tx): SqlPart =>
  tx`match_id, pass, group_key, inputs_hash, outcome, rule, reason, record_ids`;

/** What is kept of a record: whatever the pool is filled from. */
const RECORD = (tx: Tx): SqlPart => tx`
  workspace_id, record_id, version, content_hash, revision, amount_minor, currency, occurred_on, client, order_ref, fields,
  delivery_id, line, is_removed, feed_id, source_ref`;

/** The key that row `r` of a feed has in the passes that rest. */
const keyOf = (tx: Tx, { spec, resting, columns }: Pick<About, 'spec' | 'resting' | 'columns'>): SqlPart =>
  sideKey(tx, spec, { by: resting, columns });
