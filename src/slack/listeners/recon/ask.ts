import { keepable } from '../../../core/act.ts';
import { parseReconCommand, type ReconCommand } from '../../../core/recon-command.ts';
import { inWorkspace } from '../../../db/tx.ts';
import { readViewer } from '../../../pipeline/report/viewer.sql.ts';
import { identify } from '../../guard/identify.ts';
import type { Message } from '../../views/blocks.ts';
import { inert } from '../../views/escape.ts';
import { words } from '../../views/recon-answer.ts';
import { refusalWords } from '../../views/refusals.ts';
import type { ListenerContext } from '../context.ts';
import { answerTo } from './answers.ts';

type Asked = { readonly slackUserId: string; readonly text: string; readonly page: number };

/** The answer to what a Slack user typed, as far as they may see it now; who they are is asked first. */
export async function ask(context: ListenerContext, { slackUserId, text, page }: Asked): Promise<Message> {
  const identity = await identify(context, slackUserId);
  if (!identity.ok) return words(identity.words);
  const parsed = parseReconCommand(keepable(text));
  if (!parsed.ok) return words(inert(parsed.refusal.detail, 1_500));
  return await read(context, { command: parsed.value, personId: identity.personId, text, page });
}

async function read(
  { sql, workspaceId, organisation }: ListenerContext,
  asked: { command: ReconCommand; personId: string; text: string; page: number },
): Promise<Message> {
  return await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      const viewer = await readViewer(tx, workspaceId, asked.personId);
      if (!viewer?.isActive) return words(refusalWords({ code: 'inactive_person' }));
      const { text, page } = asked;
      const { playbooks } = organisation;
      return await answerTo(asked.command, {
        tx,
        workspaceId,
        viewer,
        now: new Date(),
        text,
        page,
        playbooks,
      });
    },
    { snapshot: true },
  );
}
