import { type ActFacts, readNote, rejected } from '../../core/act.ts';
import type { Proposal } from '../../core/adjust.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import type { Tx } from '../../db/tx.ts';
import { type Acted, type ActInput, act } from './act.ts';
import { decideProposal } from './decide-proposal.sql.ts';
import { newestProposal } from './open-proposal.sql.ts';
import { personName } from './person-name.sql.ts';
import { tellPeople } from './tell-person.ts';
import { type TickInput, tick } from './tick.ts';

export type RejectInput = ActInput & { readonly reason: string };

/** Does not let a proposal go, for a stated reason; its exception is claimed again. Its own proposer withdraws it so. */
export const reject = (
  sql: Sql,
  input: RejectInput,
  now: Date = new Date(),
): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'reject',
    audited: 'exception.reject',
    decide: async (facts, tx) => {
      const read = readNote(input.reason);
      if (!read.ok) return read;
      const note = read.value;
      if (note === undefined) return refuse({ code: 'reason_required' });
      const proposal = await newestProposal(tx, input);
      if (!proposal) return refuse({ code: 'not_found' });
      if (proposal.state !== 'open') return refuse({ code: 'proposal_over', how: proposal.state });
      const { workspaceId, personId } = input;
      const isOwn = proposal.proposedBy.personId === personId;
      const state = isOwn ? 'withdrawn' : 'rejected';
      return accept({
        next: rejected(facts),
        reason: isOwn ? 'PROPOSAL_WITHDRAWN' : 'PROPOSAL_REJECTED',
        note,
        data: { target: proposal.proposedBy.name, proposed_by: proposal.proposedBy.personId },
        also: async (transaction, seq) => {
          const { proposalId } = proposal;
          await decideProposal(transaction, { workspaceId, proposalId, state, personId, note, now, seq });
          const by = await personName(transaction, workspaceId, personId);
          const happening = { notice: 'rejected', by, note } as const;
          const personIds = concerned(proposal, facts).filter((id) => id !== personId);
          await tellPeople(transaction, { ...input, seq }, { personIds, happening });
        },
      });
    },
  });

const concerned = ({ proposedBy }: Proposal, { owner }: Pick<ActFacts, 'owner'>): string[] => [
  ...new Set([proposedBy.personId, ...(owner ? [owner.personId] : [])]),
];

/** Ends a proposal that nobody decided in time, and tells whoever made it. Returns whether there was one. */
export const lapseProposal = (sql: Sql, input: TickInput, now: Date): Promise<boolean> =>
  tick(sql, input, {
    audited: 'exception.reject',
    decide: async (seen, tx) => {
      const proposal = await newestProposal(tx, input);
      if (seen.status !== 'awaiting_approval' || proposal?.state !== 'open' || proposal.expiresAt > now)
        return undefined;
      const { proposalId } = proposal;
      const { workspaceId } = input;
      return {
        next: rejected(seen),
        reason: 'PROPOSAL_LAPSED',
        data: { target: proposal.proposedBy.name, proposed_by: proposal.proposedBy.personId },
        also: async (transaction: Tx, seq: bigint) => {
          const nobody = { personId: undefined, note: undefined };
          await decideProposal(transaction, {
            workspaceId,
            proposalId,
            state: 'lapsed',
            ...nobody,
            now,
            seq,
          });
          const happening = { notice: 'proposal_lapsed' } as const;
          await tellPeople(
            transaction,
            { ...input, seq },
            { personIds: concerned(proposal, seen), happening },
          );
        },
      };
    },
  });
