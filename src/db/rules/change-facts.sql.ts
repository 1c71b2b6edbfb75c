import { z } from 'zod';
import {
  openSeats,
  type RuleChangeFacts,
  type RuleChangeState,
  SEATS,
  type Seat,
} from '../../core/rule-change.ts';
import type { SpecDifference } from '../../core/spec-difference.ts';
import type { Tx } from '../tx.ts';

type Wanted = {
  readonly workspaceId: string;
  /** One of them; undefined: all. */
  readonly changeId?: string;
  readonly isPending?: true;
  readonly limit?: number;
};

/** Changes of rules as they are now, the newest first, with who agreed and who still could. */
export async function readRuleChanges(
  tx: Tx,
  { workspaceId, changeId, isPending = undefined, limit = 100 }: Wanted,
): Promise<RuleChangeFacts[]> {
  const rows = await tx<Row[]>`
    select c.change_id, r.key as reconciliation, c.state, c.from_version, c.to_version, r.active_version, v.sha256,
           c.proposed_by, b.name as author, c.reason, c.difference, c.proposed_at, c.expires_at,
           c.decided_at, d.name as decider, c.decision_note,
           coalesce((select json_agg(json_build_object('seat', a.seat, 'personId', a.person_id, 'name', p.name,
                                                       'at', a.approved_at, 'note', a.note) order by a.seq)
                     from rule_approval a
                     join person p on p.workspace_id = a.workspace_id and p.person_id = a.person_id
                     where a.workspace_id = c.workspace_id and a.change_id = c.change_id), '[]') as approvals,
           coalesce((select json_agg(json_build_object('seat', g.role, 'name', p.name) order by p.name, p.key)
                     from role_grant g
                     join person p on p.workspace_id = g.workspace_id and p.person_id = g.person_id
                     where g.workspace_id = c.workspace_id and g.role = any(${SEATS as unknown as string[]}::text[])
                       and p.is_active and p.left_at is null and p.person_id <> c.proposed_by
                       and not exists (select from rule_approval a
                                       where a.workspace_id = c.workspace_id and a.change_id = c.change_id
                                         and a.person_id = p.person_id)), '[]') as holders
    from rule_change c
    join reconciliation r on r.workspace_id = c.workspace_id and r.reconciliation_id = c.reconciliation_id
    join spec_version v on v.workspace_id = c.workspace_id and v.reconciliation_id = c.reconciliation_id
      and v.version = c.to_version
    join person b on b.workspace_id = c.workspace_id and b.person_id = c.proposed_by
    left join person d on d.workspace_id = c.workspace_id and d.person_id = c.decided_by
    where c.workspace_id = ${workspaceId}
      and (${changeId ?? null}::uuid is null or c.change_id = ${changeId ?? null}::uuid)
      and (${isPending ?? false}::boolean is false or c.state = 'pending')
    order by c.proposed_at desc, c.change_id
    limit ${limit}`;
  return rows.map(toFacts);
}

type Row = {
  change_id: string;
  reconciliation: string;
  state: RuleChangeState;
  from_version: number;
  to_version: number;
  active_version: number | null;
  sha256: string;
  proposed_by: string;
  author: string;
  reason: string;
  difference: SpecDifference;
  proposed_at: Date;
  expires_at: Date;
  decided_at: Date | null;
  decider: string | null;
  decision_note: string | null;
  approvals: unknown;
  holders: unknown;
};

const approvalsShape = z.array(
  z.object({
    seat: z.enum(SEATS),
    personId: z.string(),
    name: z.string(),
    at: z.string(),
    note: z.string().nullable(),
  }),
);
const holdersShape = z.array(z.object({ seat: z.enum(SEATS), name: z.string() }));

function toFacts(row: Row): RuleChangeFacts {
  const approvals = approvalsShape
    .parse(row.approvals)
    .map(({ at, note, ...one }) => ({ ...one, at: new Date(at), note: note ?? undefined }));
  const holders = holdersShape.parse(row.holders);
  const open = openSeats({ approvals });
  const holdersOf = (seat: Seat): readonly string[] =>
    open.includes(seat) ? holders.filter((one) => one.seat === seat).map(({ name }) => name) : [];
  return {
    changeId: row.change_id,
    reconciliation: row.reconciliation,
    state: row.state,
    from: row.from_version,
    to: row.to_version,
    active: row.active_version ?? undefined,
    author: { personId: row.proposed_by, name: row.author },
    reason: row.reason,
    difference: row.difference,
    proposedAt: row.proposed_at,
    sha256: row.sha256,
    expiresAt: row.expires_at,
    decided: row.decided_at === null ? undefined : { byName: row.decider ?? undefined, at: row.decided_at },
    note: row.decision_note ?? undefined,
    approvals,
    holders: {
      data_owner: holdersOf('data_owner'),
      ops_lead: holdersOf('ops_lead'),
      governance: holdersOf('governance'),
    },
  };
}
