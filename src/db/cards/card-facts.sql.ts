import { attemptsOf } from '../../core/attempts.ts';
import type { CardFacts, Finding, HistoryLine } from '../../core/card.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { Booking } from '../../core/organisation.ts';
import { decidingRow } from '../../core/route.ts';
import type { Severity } from '../../core/severity.ts';
import type { Tx } from '../tx.ts';
import { historyOf } from './history.sql.ts';

/** What people did last is shown on the card; the rest is in Details. */
const SHOWN_ON_CARD = 5;

/** Everything the cards of these exceptions show, as of now; ids that do not exist are left out. */
export async function readCardFacts(
  tx: Tx,
  workspaceId: string,
  exceptionIds: readonly string[],
): Promise<CardFacts[]> {
  const rows = await tx<Row[]>`
    select e.exception_id, e.number, e.version, e.status, e.level, e.type, e.reason, e.severity,
           r.key as reconciliation, e.client, e.order_ref, e.expected_minor, e.actual_minor, e.at_stake_minor, e.currency,
           e.findings, t.key as team_key, t.name as team_name, lead.name as lead_name,
           stand_in.name as stand_in_name, e.routed_by, e.owner_id, p.name as owner_name,
           p.slack_user_id as owner_slack_user_id, e.claimed_at, e.opened_at, e.due_at, e.sla, e.closed_at,
           e.resolution_code, e.wait_until_on, e.due_paused_at,
           h.note as offer_note, h.expires_at as offer_expires_at, offered.name as offer_to,
           asked.kind as proposal_books, asked.amount_minor as proposal_minor, asked.currency as proposal_currency,
           asked.expires_at as proposal_expires_at, asker.name as proposal_by,
           held.hold_id, held.number as hold_number, held.kind as hold_kind, held.amount_minor as hold_minor,
           held.currency as hold_currency, held.placed_at as hold_placed_at, held.expires_at as hold_expires_at,
           (select count(*)::integer from exception_member m
            where m.workspace_id = e.workspace_id and m.exception_id = e.exception_id and m.side = 'expected') as expected_count,
           (select count(*)::integer from exception_member m
            where m.workspace_id = e.workspace_id and m.exception_id = e.exception_id and m.side = 'actual') as actual_count
    from exception e
    join reconciliation r on r.workspace_id = e.workspace_id and r.reconciliation_id = e.reconciliation_id
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    left join person lead on lead.workspace_id = e.workspace_id and lead.person_id = t.lead_id
    left join person stand_in on stand_in.workspace_id = e.workspace_id and stand_in.person_id <> t.lead_id
      and stand_in.person_id = tieout.stand_in(e.workspace_id, t.lead_id, t.deputy_id, clock_timestamp())
    left join person p on p.workspace_id = e.workspace_id and p.person_id = e.owner_id
    left join hand_over h on h.workspace_id = e.workspace_id and h.exception_id = e.exception_id and h.state = 'open'
    left join person offered on offered.workspace_id = e.workspace_id and offered.person_id = h.to_id
    left join proposal asked on asked.workspace_id = e.workspace_id and asked.exception_id = e.exception_id
      and asked.state = 'open' and asked.kind in ('adjustment', 'write_off')
    left join person asker on asker.workspace_id = e.workspace_id and asker.person_id = asked.proposed_by
    left join hold held on held.workspace_id = e.workspace_id and held.exception_id = e.exception_id and held.state = 'open'
    where e.workspace_id = ${workspaceId} and e.exception_id = any(${exceptionIds as string[]}::uuid[])
    order by e.number`;
  const histories = await historyOf(tx, workspaceId, exceptionIds);
  return rows.map((row) => {
    const lines = histories.get(row.exception_id) ?? [];
    const people = lines.filter((line) => line.actor !== undefined).slice(-SHOWN_ON_CARD);
    return { ...toFacts(row, people), attempts: attemptsOf(lines), wait: waitOf(row, lines) };
  });
}

type Row = {
  exception_id: string;
  number: number;
  version: number;
  status: Status;
  level: number;
  type: string;
  reason: string;
  severity: Severity;
  reconciliation: string;
  client: string | null;
  order_ref: string | null;
  expected_minor: bigint | null;
  actual_minor: bigint | null;
  at_stake_minor: bigint;
  currency: string;
  findings: Finding[];
  team_key: string;
  team_name: string;
  lead_name: string | null;
  stand_in_name: string | null;
  routed_by: unknown;
  owner_id: string | null;
  owner_name: string | null;
  owner_slack_user_id: string | null;
  claimed_at: Date | null;
  opened_at: Date;
  due_at: Date;
  sla: string;
  closed_at: Date | null;
  resolution_code: string | null;
  wait_until_on: string | null;
  due_paused_at: Date | null;
  offer_note: string | null;
  offer_expires_at: Date | null;
  offer_to: string | null;
  proposal_books: Booking | null;
  proposal_minor: bigint;
  proposal_currency: string;
  proposal_expires_at: Date;
  proposal_by: string;
  hold_id: string;
  hold_number: bigint | null;
  hold_kind: string;
  hold_minor: bigint | null;
  hold_currency: string | null;
  hold_placed_at: Date;
  hold_expires_at: Date | null;
  expected_count: number;
  actual_count: number;
};

function waitOf(row: Row, lines: readonly HistoryLine[]): CardFacts['wait'] {
  if (row.wait_until_on === null) return undefined;
  const note = lines.findLast(({ action }) => action === 'exception.wait')?.note;
  return { untilOn: row.wait_until_on, note, pausesSla: row.due_paused_at !== null };
}

const proposalOf = (row: Row): CardFacts['proposal'] =>
  row.proposal_books === null
    ? undefined
    : {
        by: row.proposal_by,
        books: row.proposal_books,
        amount: { minor: row.proposal_minor, currency: row.proposal_currency },
        expiresAt: row.proposal_expires_at,
      };

const holdOf = (row: Row): CardFacts['hold'] =>
  row.hold_number === null
    ? undefined
    : {
        holdId: row.hold_id,
        number: row.hold_number,
        kind: row.hold_kind,
        amount:
          row.hold_minor === null || row.hold_currency === null
            ? undefined
            : { minor: row.hold_minor, currency: row.hold_currency },
        placedAt: row.hold_placed_at,
        expiresAt: row.hold_expires_at ?? undefined,
      };

function toFacts(row: Row, history: CardFacts['history']): CardFacts {
  const money = (minor: bigint | null) => (minor === null ? undefined : { minor, currency: row.currency });
  return {
    exceptionId: row.exception_id,
    number: row.number,
    version: row.version,
    status: row.status,
    level: row.level,
    type: row.type,
    reason: row.reason,
    severity: row.severity,
    reconciliation: row.reconciliation,
    client: row.client ?? undefined,
    orderRef: row.order_ref ?? undefined,
    expected: money(row.expected_minor),
    actual: money(row.actual_minor),
    atStake: { minor: row.at_stake_minor, currency: row.currency },
    findings: row.findings,
    team: { key: row.team_key, name: row.team_name },
    lead:
      row.lead_name === null ? undefined : { name: row.lead_name, standIn: row.stand_in_name ?? undefined },
    routedBy: decidingRow(row.routed_by),
    owner:
      row.owner_id === null
        ? undefined
        : {
            personId: row.owner_id,
            name: row.owner_name ?? '',
            slackUserId: row.owner_slack_user_id ?? undefined,
          },
    claimedAt: row.claimed_at ?? undefined,
    openedAt: row.opened_at,
    dueAt: row.due_at,
    sla: row.sla,
    closedAt: row.closed_at ?? undefined,
    resolutionCode: row.resolution_code ?? undefined,
    offer:
      row.offer_expires_at === null
        ? undefined
        : { toName: row.offer_to ?? '', note: row.offer_note ?? '', expiresAt: row.offer_expires_at },
    proposal: proposalOf(row),
    hold: holdOf(row),
    history,
    memberCount: { expected: row.expected_count, actual: row.actual_count },
  };
}
