import { z } from 'zod';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { shownProposal } from '../../pipeline/report/shown-proposal.sql.ts';
import { renderProposal } from '../views/proposal.ts';
import type { Composed } from './compose.ts';
import type { SenderContext } from './context.ts';

const payloadShape = z.object({ money: z.literal('proposal'), proposal_id: z.uuid() });

export const isProposal = (payload: unknown): boolean => payloadShape.safeParse(payload).success;

/** The message about a proposal as it is now; it changes in place with what is decided. Undefined when there is none. */
export async function composeProposal(context: SenderContext, leased: Leased): Promise<Composed | undefined> {
  const { sql, workspaceId } = context;
  const { outboxId } = leased;
  const shown = await inWorkspace(sql, workspaceId, (tx) => shownProposal(tx, { workspaceId, outboxId }));
  if (!shown) return undefined;
  const { facts, revision } = shown;
  const full = renderProposal(facts, await context.reader(leased.address));
  return {
    full,
    minimal: { text: full.text, blocks: full.blocks.filter(({ type }) => type === 'actions') },
    metadata: {
      event_type: 'tieout_proposal',
      event_payload: { outbox_id: outboxId, proposal_id: facts.proposalId, revision },
    },
    revision,
    card: `proposal:${outboxId}`,
  };
}
