import type { Tx } from '../tx.ts';
import { wantAgain } from './want-again.sql.ts';

export type OutboxMove = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  /** The version that the move led to. */
  readonly version: number;
};

/**
 * The exception's card wants its current version, its thread a line for the event that led to it, and senders are told at
 * the commit. False, with nothing written, when the exception is not at that version. The same event twice is one line.
 *
 * One statement that needs no answer of an earlier one: the audit chain is locked meanwhile, and every other press of the
 * workspace waits for the commit.
 */
export async function insertMove(
  tx: Tx,
  move: OutboxMove,
  ids: { cardId: string; lineId: string },
): Promise<boolean> {
  const [row] = await tx<{ found: number }[]>`
    with moved as (
      select e.workspace_id, e.exception_id, e.version, e.last_seq, 'team:' || t.key as address, 'card:' || e.exception_id as card_key
      from exception e
      join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
      where e.workspace_id = ${move.workspaceId} and e.exception_id = ${move.exceptionId}
        and e.version = ${move.version}
    ), carded as (
      insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, exception_id, wanted_revision, created_at)
      select m.workspace_id, ${ids.cardId}::uuid, 'card', m.card_key, m.address, m.exception_id, m.version, clock_timestamp()
      from moved m
      on conflict on constraint outbox_dedupe_key_unique do update ${wantAgain(tx)}
      returning outbox.workspace_id, outbox.address
    ), lined as (
      insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, exception_id, payload)
      select m.workspace_id, ${ids.lineId}::uuid, 'reply', 'reply:' || m.exception_id || ':' || m.last_seq,
        coalesce(c.address, m.address), m.exception_id, jsonb_build_object('seq', m.last_seq::text)
      from moved m
      left join outbox c on c.workspace_id = m.workspace_id and c.dedupe_key = m.card_key
      on conflict on constraint outbox_dedupe_key_unique do nothing
      returning outbox.workspace_id, outbox.address
    ), lanes as (
      insert into lane (workspace_id, address)
      select w.workspace_id, w.address
      from (
        select c.workspace_id, c.address from carded c
        union
        select l.workspace_id, l.address from lined l
      ) as w
      order by w.address
      on conflict on constraint lane_pk do nothing
    )
    select (select count(*) from moved)::integer as found, pg_notify('tieout_outbox', ${move.workspaceId}::text)
  `;
  return row?.found === 1;
}
