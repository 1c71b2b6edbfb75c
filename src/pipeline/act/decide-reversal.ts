import { checkApproval } from '../../core/adjust.ts';
import { entryLabel } from '../../core/proposal.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Tx } from '../../db/tx.ts';
import { decideProposal } from './decide-proposal.sql.ts';
import { entryOf } from './entry.sql.ts';
import type { AnyProposal } from './lock-proposal.sql.ts';
import { bookReversal } from './reverse.ts';

type Deciding = {
  readonly workspaceId: string;
  readonly personId: string;
  readonly proposal: AnyProposal;
  readonly zone: string;
  readonly now: Date;
  /** Puts the decision on the trail and returns its number. */
  readonly decided: () => Promise<bigint>;
};

/** Books the reversal that was asked for. Returns why not, with nothing written. */
export async function carryOutReversal(tx: Tx, deciding: Deciding): Promise<Refusal | undefined> {
  const { workspaceId, personId, proposal, zone, now, decided } = deciding;
  const refusal = checkApproval(proposal, { personId, now });
  if (refusal) return refusal;
  const { proposalId, reasonCode, note, proposedBy, reverses = '' } = proposal;
  const entry = await entryOf(tx, { workspaceId, entry: reverses });
  if (!entry) throw new Error(`proposal ${proposalId} is about no entry`);
  if (entry.isReversed) return { code: 'entry_reversed', label: entryLabel(entry.number), isReversal: false };
  const actor = { kind: 'person', id: personId } as const;
  const people = { madeBy: proposedBy.personId, approvedBy: personId, limitMinor: undefined, actor };
  const before = async (): Promise<void> => {
    const said = { workspaceId, proposalId, state: 'approved', personId, note: undefined, now } as const;
    await decideProposal(tx, { ...said, seq: await decided() });
  };
  const about = { workspaceId, entry, proposalId, reasonCode, note, zone, now };
  const booked = await bookReversal(tx, { ...about, ...people, before });
  return typeof booked === 'bigint' ? undefined : booked;
}
