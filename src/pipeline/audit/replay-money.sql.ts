import type { SqlPart } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';

export type MoneyDifference = { readonly where: string; readonly what: string };

/**
 * Entries for the ledger, holds and proposals whose row is not what their event says, or that have an event and no row, or a
 * row and no event. At most a hundred of each. Compared as text, as the exceptions are; the amounts are what a superuser would change.
 */
export async function replayMoney(
  tx: Tx,
  { workspaceId, unreadable }: { workspaceId: string; unreadable: readonly bigint[] },
): Promise<MoneyDifference[]> {
  const body = tx`case when a.seq = any(${unreadable.map(String)}::bigint[]) then null else a.body::jsonb end`;
  const sides = [
    [entryEvents, entryRows],
    [holdEvents, holdRows],
    [proposalEvents, proposalRows],
    [decisionEvents, decisionRows],
  ] as const;
  const found: MoneyDifference[] = [];
  for (const [told, kept] of sides) {
    found.push(...(await differing(tx, told(tx, { workspaceId, body }), kept(tx, workspaceId))));
  }
  return found;
}

/** Both sides by key: `facts` of what is told has every name that `facts` of the rows has. */
const differing = (tx: Tx, told: SqlPart, kept: SqlPart): Promise<MoneyDifference[]> => tx<MoneyDifference[]>`
  with told as (${told}), kept as (${kept}), compared as (
    select coalesce(kept.name, told.name) as where, coalesce(kept.seq, told.seq) as seq,
           case when told.key is null then 'it has no event'
                when kept.key is null then 'the trail speaks of it and its row is gone'
                when told.facts is null then 'its event cannot be read'
                else (select string_agg(format('the trail says %s %s, the row %s', said.key, coalesce(told.facts ->> said.key, 'none'),
                                               coalesce(said.value, 'none')), '; ' order by said.key)
                      from jsonb_each_text(kept.facts) as said
                      where said.value is distinct from told.facts ->> said.key) end as what
    from told full join kept on kept.key = told.key
  )
  select compared.where, what from compared where what is not null order by seq limit 100`;

type Asked = { readonly workspaceId: string; readonly body: SqlPart };

const entryEvents = (tx: Tx, { workspaceId, body }: Asked): SqlPart => tx`
  select key, seq, 'A-' || seq as name,
         b -> 'data' || jsonb_build_object('number', seq::text, 'reason_code', b ->> 'reason', 'note', b ->> 'note') as facts
  from (select a.entity_id as key, a.seq, ${body} as b
        from audit_event a where a.workspace_id = ${workspaceId} and a.action = 'adjustment.applied') as read`;

const entryRows = (tx: Tx, workspaceId: string): SqlPart => tx`
  select e.adjustment_id as key, e.number as seq, 'A-' || e.number as name,
         jsonb_build_object('number', e.number::text, 'kind', e.kind, 'exception_id', e.exception_id, 'code', e.code,
           'reason_code', e.reason_code, 'note', e.note, 'amount_minor', e.amount_minor::text, 'currency', e.currency,
           'original_period', e.original_period, 'booked_period', e.booked_period, 'made_by', e.made_by,
           'approved_by', e.approved_by, 'limit_minor', e.limit_minor::text, 'reverses', e.reverses) as facts
  from adjustment e where e.workspace_id = ${workspaceId}`;

/** The newest event of a hold says all of it; its number is that of its first. */
const holdEvents = (tx: Tx, { workspaceId, body }: Asked): SqlPart => tx`
  select key, seq, 'H-' || first as name, b -> 'data' || jsonb_build_object('last_seq', seq::text) as facts
  from (select n.key, n.first, a.seq, ${body} as b
        from (select entity_id as key, min(seq) as first, max(seq) as newest from audit_event
              where workspace_id = ${workspaceId} and entity = 'hold' group by entity_id) as n
        join audit_event a on a.workspace_id = ${workspaceId} and a.seq = n.newest) as read`;

const holdRows = (tx: Tx, workspaceId: string): SqlPart => tx`
  select h.hold_id as key, h.number as seq, 'H-' || h.number as name,
         jsonb_build_object('last_seq', h.last_seq::text, 'kind', h.kind, 'exception_id', h.exception_id, 'client', h.client,
           'order_ref', h.order_ref, 'payee', h.payee, 'amount_minor', h.amount_minor::text, 'currency', h.currency,
           'state', h.state, 'released_how', h.released_how, 'version', h.version::text,
           'expires_at', to_char(h.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as facts
  from hold h where h.workspace_id = ${workspaceId}`;

/** Who proposed is who did the event that made the proposal. */
const proposalEvents = (tx: Tx, { workspaceId, body }: Asked): SqlPart => tx`
  select seq as key, seq, 'proposal of event ' || seq as name, jsonb_build_object('proposed_by', b #>> '{actor,id}') as facts
  from (select a.seq, ${body} as b
        from audit_event a
        where a.workspace_id = ${workspaceId} and a.action in ('exception.propose', 'proposal.made')) as read`;

const proposalRows = (tx: Tx, workspaceId: string): SqlPart => tx`
  select p.made_seq as key, p.made_seq as seq, 'proposal of event ' || p.made_seq as name,
         jsonb_build_object('proposed_by', p.proposed_by) as facts
  from proposal p where p.workspace_id = ${workspaceId}`;

/** Who decided is who did the event that ended it; nobody, when its time did. */
const decisionEvents = (tx: Tx, { workspaceId, body }: Asked): SqlPart => tx`
  select seq as key, seq, 'decision of event ' || seq as name,
         jsonb_build_object('decided_by', b #>> '{actor,id}',
           'is_approved', (action in ('exception.approve', 'proposal.approved'))::text) as facts
  from (select a.seq, a.action, ${body} as b
        from audit_event a
        where a.workspace_id = ${workspaceId}
          and a.action in ('exception.approve', 'exception.reject', 'proposal.approved', 'proposal.rejected')) as read`;

const decisionRows = (tx: Tx, workspaceId: string): SqlPart => tx`
  select p.decided_seq as key, p.decided_seq as seq, 'decision of event ' || p.decided_seq as name,
         jsonb_build_object('decided_by', p.decided_by, 'is_approved', (p.state = 'approved')::text) as facts
  from proposal p where p.workspace_id = ${workspaceId} and p.decided_seq is not null`;
