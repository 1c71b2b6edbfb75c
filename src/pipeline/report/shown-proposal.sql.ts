import type { ProposalState } from '../../core/adjust.ts';
import type { ProposalFacts, ProposalKind } from '../../core/proposal.ts';
import type { Tx } from '../../db/tx.ts';

/** The proposal that a message shows, as it is now, and the revision that the message is to have. */
export async function shownProposal(
  tx: Tx,
  { workspaceId, outboxId }: { workspaceId: string; outboxId: string },
): Promise<{ facts: ProposalFacts; revision: number } | undefined> {
  const [row] = await tx<(Row & { wanted_revision: number })[]>`
    select o.wanted_revision, ${columns(tx)}
    from outbox o
    join proposal p on p.workspace_id = o.workspace_id and p.proposal_id = (o.payload ->> 'proposal_id')::uuid
    ${joins(tx)}
    where o.workspace_id = ${workspaceId} and o.outbox_id = ${outboxId}`;
  return row && { facts: toFacts(row), revision: row.wanted_revision };
}

/** The proposal as it is now; undefined when there is none. */
export async function proposalFacts(
  tx: Tx,
  { workspaceId, proposalId }: { workspaceId: string; proposalId: string },
): Promise<ProposalFacts | undefined> {
  const [row] = await tx<Row[]>`
    select ${columns(tx)}
    from proposal p
    ${joins(tx)}
    where p.workspace_id = ${workspaceId} and p.proposal_id = ${proposalId}`;
  return row && toFacts(row);
}

/** What is read of proposal `p`, with what it is about and the people behind it. */
const columns = (tx: Tx) => tx`
  p.proposal_id, p.kind, p.state, p.reason_code, p.note, p.evidence,
  coalesce(p.amount_minor, h.amount_minor) as amount_minor, coalesce(p.currency, h.currency) as currency,
  p.original_period, p.expires_at, p.decided_at, p.decision_note, b.name as proposer, d.name as decider,
  e.exception_id, e.number as exception_number, e.version as exception_version, e.type as exception_type,
  coalesce(h.client, e.client) as client, coalesce(h.order_ref, e.order_ref) as order_ref,
  coalesce(h.payee, e.payee) as payee, h.number as hold_number, a.number as entry_number`;

const joins = (tx: Tx) => tx`
  join person b on b.workspace_id = p.workspace_id and b.person_id = p.proposed_by
  left join person d on d.workspace_id = p.workspace_id and d.person_id = p.decided_by
  left join exception e on e.workspace_id = p.workspace_id and e.exception_id = p.exception_id
  left join hold h on h.workspace_id = p.workspace_id and h.hold_id = p.hold_id
  left join adjustment a on a.workspace_id = p.workspace_id and a.adjustment_id = p.reverses`;

type Row = {
  proposal_id: string;
  kind: ProposalKind;
  state: ProposalState;
  reason_code: string;
  note: string | null;
  evidence: string | null;
  amount_minor: bigint | null;
  currency: string | null;
  original_period: string | null;
  expires_at: Date;
  decided_at: Date | null;
  decision_note: string | null;
  proposer: string;
  decider: string | null;
  exception_id: string | null;
  exception_number: number;
  exception_version: number;
  exception_type: string;
  client: string | null;
  order_ref: string | null;
  payee: string | null;
  hold_number: bigint | null;
  entry_number: bigint | null;
};

const toFacts = (row: Row): ProposalFacts => ({
  proposalId: row.proposal_id,
  kind: row.kind,
  state: row.state,
  reasonCode: row.reason_code,
  note: row.note ?? undefined,
  evidence: row.evidence ?? undefined,
  amount:
    row.amount_minor === null || row.currency === null
      ? undefined
      : { minor: row.amount_minor, currency: row.currency },
  originalPeriod: row.original_period ?? undefined,
  byName: row.proposer,
  expiresAt: row.expires_at,
  decided:
    row.decided_at === null
      ? undefined
      : { byName: row.decider ?? undefined, at: row.decided_at, note: row.decision_note ?? undefined },
  exception:
    row.exception_id === null
      ? undefined
      : {
          id: row.exception_id,
          number: row.exception_number,
          version: row.exception_version,
          type: row.exception_type,
        },
  client: row.client ?? undefined,
  orderRef: row.order_ref ?? undefined,
  payee: row.payee ?? undefined,
  holdNumber: row.hold_number ?? undefined,
  entryNumber: row.entry_number ?? undefined,
});
