import type { ExceptionNow } from '../../core/act.ts';
import type { Offer, OfferState } from '../../core/hand-over.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { Money } from '../../core/money.ts';
import type { Tx } from '../../db/tx.ts';

/** One exception of a bulk action, as it stands. */
export type Item = {
  readonly exceptionId: string;
  readonly number: number;
  readonly teamId: string;
  /** The group that shows it; undefined when it has a card of its own. */
  readonly groupId: string | undefined;
  readonly expected: Money | undefined;
  readonly actual: Money | undefined;
  readonly atStake: Money;
  readonly now: ExceptionNow;
  /** The newest offer to hand it over, whatever became of it. */
  readonly offer: Offer | undefined;
};

/** These exceptions as of this statement; after they were locked, so that nobody changes them any more. */
export async function readItems(
  tx: Tx,
  { workspaceId, exceptionIds }: { workspaceId: string; exceptionIds: readonly string[] },
): Promise<Item[]> {
  const rows = await tx<Row[]>`
    select e.exception_id, e.number, e.team_id, m.group_id, e.expected_minor, e.actual_minor, e.at_stake_minor, e.currency,
           e.status, e.version, e.level, e.type, e.owner_id, o.name as owner_name, e.claimed_at, e.closed_at, e.opened_at,
           e.due_at, e.sla, e.wait_until_on, e.due_paused_at, c.name as closer_name,
           h.hand_over_id, h.note as offer_note, h.expires_at, h.state, h.from_id, hf.name as from_name, h.to_id,
           ht.name as to_name
    from exception e
    left join flood_member m on m.workspace_id = e.workspace_id and m.exception_id = e.exception_id
    left join person o on o.workspace_id = e.workspace_id and o.person_id = e.owner_id
    left join audit_event a on a.workspace_id = e.workspace_id and a.seq = e.last_seq and e.closed_at is not null
    left join person c on c.workspace_id = e.workspace_id and c.person_id::text = a.body::jsonb #>> '{actor,id}'
    left join lateral (
      select x.hand_over_id, x.note, x.expires_at, x.state, x.from_id, x.to_id
      from hand_over x
      where x.workspace_id = e.workspace_id and x.exception_id = e.exception_id
      order by x.exception_version desc
      limit 1
    ) h on true
    left join person hf on hf.workspace_id = e.workspace_id and hf.person_id = h.from_id
    left join person ht on ht.workspace_id = e.workspace_id and ht.person_id = h.to_id
    where e.workspace_id = ${workspaceId} and e.exception_id = any(${exceptionIds as string[]}::uuid[])
    order by e.number`;
  return rows.map(toItem);
}

type Row = {
  exception_id: string;
  number: number;
  team_id: string;
  group_id: string | null;
  expected_minor: bigint | null;
  actual_minor: bigint | null;
  at_stake_minor: bigint;
  currency: string;
  status: Status;
  version: number;
  level: number;
  type: string;
  owner_id: string | null;
  owner_name: string | null;
  claimed_at: Date | null;
  closed_at: Date | null;
  opened_at: Date;
  due_at: Date;
  sla: string;
  wait_until_on: string | null;
  due_paused_at: Date | null;
  closer_name: string | null;
  hand_over_id: string | null;
  offer_note: string | null;
  expires_at: Date | null;
  state: OfferState | null;
  from_id: string | null;
  from_name: string | null;
  to_id: string | null;
  to_name: string | null;
};

function toItem(row: Row): Item {
  const money = (minor: bigint | null) => (minor === null ? undefined : { minor, currency: row.currency });
  return {
    exceptionId: row.exception_id,
    number: row.number,
    teamId: row.team_id,
    groupId: row.group_id ?? undefined,
    expected: money(row.expected_minor),
    actual: money(row.actual_minor),
    atStake: { minor: row.at_stake_minor, currency: row.currency },
    now: toNow(row),
    offer: toOffer(row),
  };
}

const toNow = (row: Row): ExceptionNow => ({
  status: row.status,
  version: row.version,
  level: row.level,
  type: row.type,
  currency: row.currency,
  owner: row.owner_id === null ? undefined : { personId: row.owner_id, name: row.owner_name ?? '' },
  claimedAt: row.claimed_at ?? undefined,
  closedAt: row.closed_at ?? undefined,
  closedByName: row.closer_name ?? undefined,
  openedAt: row.opened_at,
  dueAt: row.due_at,
  sla: row.sla,
  waitUntilOn: row.wait_until_on ?? undefined,
  duePausedAt: row.due_paused_at ?? undefined,
});

function toOffer(row: Row): Offer | undefined {
  if (!row.hand_over_id || !row.expires_at || !row.state || !row.from_id || !row.to_id) return undefined;
  return {
    handOverId: row.hand_over_id,
    from: { personId: row.from_id, name: row.from_name ?? '' },
    to: { personId: row.to_id, name: row.to_name ?? '' },
    note: row.offer_note ?? '',
    expiresAt: row.expires_at,
    state: row.state,
  };
}
