import type { RestingPasses } from '../../core/resting.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { SqlPart } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { keptKey, keyExpression } from './key-expression.ts';
import { isOfFeeds, type SideFeeds, sideOf } from './side-feeds.sql.ts';

type Scope = { readonly workspaceId: string; readonly reconciliationId: string };
type About = Scope & {
  readonly spec: Reconciliation;
  readonly resting: RestingPasses;
  readonly feeds: SideFeeds;
  readonly cutoffOn: string;
};

/**
 * Keeps in `stirred_record` and `stirred_match` what is to be decided again: whatever no pass that rests has settled,
 * whatever has changed since, and all that shares or shared its key. What rests is everything else: decided again it would
 * come out as it stands, and no other pass would see it.
 */
export async function stir(tx: Tx, about: About): Promise<void> {
  await tx`create temp table stirred_match (match_id uuid not null) on commit drop`;
  await tx`
    create temp table stirred_record (record_id uuid not null, match_id uuid, group_key text) on commit drop`;
  await stirUnsettled(tx, about);
  await tx`analyze stirred_match`;
  await stirChanged(tx, about);
  await tx`analyze stirred_record`;
  await stirByKey(tx, about);
  await stirMembers(tx, about);
  await tx`analyze stirred_record`;
}

/** Matches of other passes, and those that an exception speaks of: what is said of it must be said again. */
async function stirUnsettled(tx: Tx, { workspaceId, reconciliationId, resting }: About): Promise<void> {
  await tx`
    insert into stirred_match (match_id)
    select m.match_id
    from match m
    where m.workspace_id = ${workspaceId} and m.reconciliation_id = ${reconciliationId} and m.is_live
      and not (m.pass = any(${resting.passes as string[]}::text[]) and m.outcome in ('equal', 'auto_resolved'))`;
}

/** Records that no match which may rest has, or has at another version, and those that people spoke of. */
async function stirChanged(tx: Tx, about: About): Promise<void> {
  const { workspaceId, reconciliationId, feeds, cutoffOn } = about;
  await tx`
    insert into stirred_record (record_id, match_id, group_key)
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
      select p.record_id, m.match_id, ${keyOf(tx, about)} as group_key
      from (
        select r.record_id, r.version, r.is_removed, r.occurred_on, r.fields, r.amount_minor, r.currency,
               null::jsonb as names, ${sideOf(tx, feeds)} as side
        from record r
        where r.workspace_id = ${workspaceId} and ${isOfFeeds(tx, feeds)}
      ) p
      left join match_member m on m.workspace_id = ${workspaceId} and m.reconciliation_id = ${reconciliationId}
        and m.is_live and m.record_id = p.record_id
      where m.match_id is null or m.record_version <> p.version or p.is_removed or p.occurred_on > ${cutoffOn}::date
        or m.match_id in (select s.match_id from stirred_match s) or p.record_id in (select t.record_id from told t)
    )
    select record_id, match_id, ${keptKey(tx, 'stirred.group_key')} from stirred`;
}

/** Resting matches of the keys that stirred records have, or had in an earlier version. */
async function stirByKey(tx: Tx, about: About): Promise<void> {
  const { workspaceId, reconciliationId, feeds, resting } = about;
  await tx`
    insert into stirred_match (match_id)
    with earlier as (
      select ${keyOf(tx, about)} as group_key
      from (
        select v.fields, v.amount_minor, v.currency, null::jsonb as names, ${sideOf(tx, feeds)} as side
        from stirred_record s
        join record r on r.workspace_id = ${workspaceId} and r.record_id = s.record_id and r.version > 1
        join record_version v on v.workspace_id = ${workspaceId} and v.record_id = s.record_id
      ) p
    ),
    stirred_key as (
      select group_key from stirred_record where group_key is not null
      union
      select ${keptKey(tx, 'earlier.group_key')} from earlier where group_key is not null
    )
    select m.match_id
    from match m
    join stirred_key k on k.group_key = m.group_key
    where m.workspace_id = ${workspaceId} and m.reconciliation_id = ${reconciliationId} and m.is_live
      and m.pass = any(${resting.passes as string[]}::text[])
    union
    select s.match_id from stirred_record s where s.match_id is not null
    except
    select match_id from stirred_match`;
}

/** The records of all matches that are decided again. */
async function stirMembers(tx: Tx, { workspaceId }: Scope): Promise<void> {
  await tx`
    insert into stirred_record (record_id)
    select m.record_id
    from stirred_match s
    join match_member m on m.workspace_id = ${workspaceId} and m.match_id = s.match_id and m.is_live
    except
    select record_id from stirred_record`;
}

/** The key that row `p` of a feed has in the passes that rest. */
const keyOf = (tx: Tx, { spec, resting }: Pick<About, 'spec' | 'resting'>): SqlPart => tx`
  case p.side when 'expected' then ${keyExpression(tx, resting.expected, spec.expected.amount)}
              else ${keyExpression(tx, resting.actual, spec.actual.amount)} end`;
