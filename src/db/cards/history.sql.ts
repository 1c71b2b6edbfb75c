import type { HistoryLine } from '../../core/card.ts';
import { formatMoney, type Money } from '../../core/money.ts';
import type { Tx } from '../tx.ts';

/** The trail of each exception, oldest first, read from the audit events; lines without an actor are a program's. */
export async function historyOf(
  tx: Tx,
  workspaceId: string,
  exceptionIds: readonly string[],
): Promise<Map<string, HistoryLine[]>> {
  const rows = await tx<Row[]>`
    with read as (
      select a.entity_id, a.seq, a.at, a.action, a.body::jsonb as body
      from audit_event a
      where a.workspace_id = ${workspaceId} and a.entity = 'exception'
        and a.entity_id = any(${exceptionIds as string[]}::uuid[])
    ), told as (
      -- Only what says what was found is compared with what was found before.
      select read.*, body #>> '{data,at_stake_minor}' is not null as is_found from read
    )
    select told.entity_id, told.seq, told.at, told.action,
           told.body #>> '{state,from}' as from_status, told.body #>> '{state,status}' as to_status,
           told.body ->> 'reason' as reason, told.body ->> 'note' as note, told.body #>> '{data,target}' as target,
           told.body #>> '{data,stand_in}' as stand_in,
           told.body #>> '{data,until}' as until, told.body #>> '{data,link}' as link,
           told.body #>> '{data,author}' as author,
           told.body #>> '{data,amount_minor}' as amount_minor, told.body #>> '{data,currency}' as currency,
           told.is_found, told.body #>> '{data,expected_minor}' as expected_minor,
           told.body #>> '{data,actual_minor}' as actual_minor,
           lag(told.body #>> '{data,expected_minor}') over found as was_expected_minor,
           lag(told.body #>> '{data,actual_minor}') over found as was_actual_minor,
           lag(told.body #>> '{data,currency}') over found as was_currency,
           p.person_id, p.name, p.slack_user_id, given.person_id as given_id, given.name as given_name
    from told
    left join person p on p.workspace_id = ${workspaceId}
      and told.body #>> '{actor,kind}' = 'person' and p.person_id = (told.body #>> '{actor,id}')::uuid
    left join person given on given.workspace_id = ${workspaceId} and told.action = 'exception.assign'
      and given.person_id = (told.body #>> '{data,to_id}')::uuid
    window found as (partition by told.entity_id, told.is_found order by told.seq)
    order by told.seq`;
  const histories = new Map<string, HistoryLine[]>();
  for (const row of rows) {
    const lines = histories.get(row.entity_id) ?? [];
    lines.push(toLine(row));
    histories.set(row.entity_id, lines);
  }
  return histories;
}

type Row = {
  entity_id: string;
  seq: bigint;
  at: string;
  action: string;
  from_status: string | null;
  to_status: string | null;
  reason: string | null;
  note: string | null;
  target: string | null;
  stand_in: string | null;
  until: string | null;
  link: string | null;
  author: string | null;
  amount_minor: string | null;
  currency: string | null;
  is_found: boolean;
  expected_minor: string | null;
  actual_minor: string | null;
  was_expected_minor: string | null;
  was_actual_minor: string | null;
  was_currency: string | null;
  person_id: string | null;
  name: string | null;
  slack_user_id: string | null;
  given_id: string | null;
  given_name: string | null;
};

const toLine = (row: Row): HistoryLine => ({
  seq: row.seq,
  at: row.at,
  action: row.action,
  actor:
    row.person_id === null
      ? undefined
      : { personId: row.person_id, name: row.name ?? '', slackUserId: row.slack_user_id ?? undefined },
  from: row.from_status ?? undefined,
  to: row.to_status ?? undefined,
  reason: row.reason ?? undefined,
  note: row.note ?? undefined,
  target: row.target ?? undefined,
  standIn: row.stand_in ?? undefined,
  given: row.given_id === null ? undefined : { personId: row.given_id, name: row.given_name ?? '' },
  until: row.until ?? undefined,
  link: row.link ?? undefined,
  author: row.author ?? undefined,
  changed: changesOf(row),
  ...settledFor(row),
});

const moneyOf = (minor: string | null, currency: string): Money | undefined =>
  minor === null ? undefined : { minor: BigInt(minor), currency };

/** Which sides come to something else than when it was found before; undefined where that was never. */
function changesOf(row: Row): HistoryLine['changed'] {
  const { currency, was_currency: before } = row;
  if (!row.is_found || currency === null || before === null) return undefined;
  const sides = [
    {
      side: 'expected',
      from: moneyOf(row.was_expected_minor, before),
      to: moneyOf(row.expected_minor, currency),
    },
    { side: 'actual', from: moneyOf(row.was_actual_minor, before), to: moneyOf(row.actual_minor, currency) },
  ] as const;
  return sides.filter(
    ({ from, to }) => from?.minor !== to?.minor || (from && from.currency !== to?.currency),
  );
}

function settledFor({ amount_minor: minor, currency }: Row): Pick<HistoryLine, 'amount' | 'settledFor'> {
  if (minor === null || currency === null) return {};
  const amount = { minor: BigInt(minor), currency };
  return { amount: formatMoney(amount), settledFor: amount };
}
