import { z } from 'zod';
import type { RuleChangeNotice } from '../../core/message.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { wantedRevision } from '../../db/outbox/wanted-revision.sql.ts';
import { readRuleChanges } from '../../db/rules/change-facts.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { renderRuleChange, renderRuleOver } from '../views/rule-change.ts';
import type { Composed } from './compose.ts';
import type { SenderContext } from './context.ts';

const payloadShape = z.object({
  rule: z.enum(['change', 'over']),
  change_id: z.uuid(),
}) satisfies z.ZodType<RuleChangeNotice>;

export const isRuleChange = (payload: unknown): boolean => payloadShape.safeParse(payload).success;

const RENDER = { change: renderRuleChange, over: renderRuleOver } as const;

/** The message about the change of a rule as it is now; it changes in place with each approval. Undefined when there is none. */
export async function composeRuleChange(
  context: SenderContext,
  leased: Leased,
): Promise<Composed | undefined> {
  const { sql, workspaceId } = context;
  const { outboxId } = leased;
  const { rule, change_id: changeId } = payloadShape.parse(leased.payload);
  const shown = await inWorkspace(sql, workspaceId, async (tx) => {
    // First: what is read after it is at least as new as the revision says.
    const revision = await wantedRevision(tx, { workspaceId, outboxId });
    const [facts] = await readRuleChanges(tx, { workspaceId, changeId });
    return facts && { facts, revision };
  });
  if (!shown) return undefined;
  const { facts, revision } = shown;
  const full = RENDER[rule](facts, await context.reader(leased.address));
  return {
    full,
    minimal: { text: full.text, blocks: full.blocks.filter(({ type }) => type === 'actions') },
    metadata: {
      event_type: 'tieout_rule_change',
      event_payload: { outbox_id: outboxId, change_id: changeId, revision },
    },
    revision,
    card: `rule:${outboxId}`,
  };
}
