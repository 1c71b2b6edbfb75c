import type { AuditFact } from '../../core/audit.ts';
import type { MoneySettings } from '../../core/organisation.ts';
import { newId } from '../../db/new-id.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { insertProposal, type NewProposal } from './insert-proposal.sql.ts';

type Asked = {
  readonly workspaceId: string;
  readonly proposalId: string;
  /** The team that is asked where the configuration names none; nobody is where there is no such team either. */
  readonly team: string | undefined;
};

/** Asks those who may decide, in the channel the configuration names; the message changes with what they decide. */
export async function askForDecision(
  tx: Tx,
  { workspaceId, proposalId, team }: Asked,
  { approvals }: { approvals: MoneySettings['approvals'] },
): Promise<void> {
  const address = approvals.team ?? team;
  if (address === undefined) return;
  await enqueueNotice(tx, {
    workspaceId,
    dedupeKey: `proposal:${proposalId}`,
    address: `team:${address}`,
    payload: { money: 'proposal', proposal_id: proposalId },
  });
}

/** Whoever made the proposal is told what became of it. */
export const tellProposer = (
  tx: Tx,
  { workspaceId, proposalId, personId }: { workspaceId: string; proposalId: string; personId: string },
): Promise<void> =>
  enqueueNotice(tx, {
    workspaceId,
    dedupeKey: `proposal-told:${proposalId}`,
    address: `person:${personId}`,
    payload: { money: 'proposal', proposal_id: proposalId },
  });

type Making = Omit<NewProposal, 'proposalId' | 'seq'> & {
  readonly team: string | undefined;
  readonly requestKey: string;
  /** What the trail says of it beyond its kind. */
  readonly data: AuditFact['data'];
};

/** Makes a proposal that leaves everything as it is until somebody else decides. Returns its id. */
export async function propose(
  tx: Tx,
  { team, data, requestKey, ...made }: Making,
  settings: { approvals: MoneySettings['approvals'] },
): Promise<string> {
  const proposalId = newId();
  const { workspaceId, kind, personId, expiresAt } = made;
  const [seq] = await appendAudit(tx, {
    workspaceId,
    facts: [
      {
        action: 'proposal.made',
        entity: 'proposal',
        entityId: proposalId,
        actor: { kind: 'person', id: personId },
        requestKey,
        reason: made.reasonCode,
        note: made.note,
        data: { kind, expires_at: expiresAt.toISOString(), ...data },
      },
    ],
  });
  if (seq === undefined) throw new Error('a proposal was made without an event');
  await insertProposal(tx, { ...made, proposalId, seq });
  await askForDecision(tx, { workspaceId, proposalId, team }, settings);
  return proposalId;
}
