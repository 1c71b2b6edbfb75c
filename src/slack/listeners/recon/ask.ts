import { keepable } from '../../../core/act.ts';
import { parseReconCommand, type ReconCommand } from '../../../core/recon-command.ts';
import { inWorkspace } from '../../../db/tx.ts';
import { readViewer } from '../../../pipeline/report/viewer.sql.ts';
import { identify } from '../../guard/identify.ts';
import { learnReadingSoon } from '../../guard/learn-reading.ts';
import type { Reader } from '../../views/reader.ts';
import { typedWords, words } from '../../views/recon-answer.ts';
import { refusedCommand } from '../../views/recon-help.ts';
import { refusalWords } from '../../views/refusals.ts';
import type { ListenerContext } from '../context.ts';
import { withReference } from '../refused.ts';
import { answerTo } from './answers.ts';
import type { Answer } from './asking.ts';
import { answerOffRecord, isOnRecord, refusedOffRecord } from './off-record.ts';

export type Asked = {
  readonly slackUserId: string;
  readonly text: string;
  readonly page: number;
  /** Told as soon as it is known who asks. */
  readonly known?: (reader: Reader) => void;
};

/** The answer to what a Slack user typed, as far as they may see it now; who they are is asked first. */
export async function ask(context: ListenerContext, asked: Asked): Promise<Answer> {
  const identity = await identify(context, asked.slackUserId);
  const { reader } = identity;
  asked.known?.(reader);
  if (!identity.ok) {
    const { slackUserId } = asked;
    context.noteDenied({ why: identity.why, slackUserId, slackTeamId: context.teamId, wanted: '/recon' });
    const about = { reader, command: '/recon', userId: asked.slackUserId };
    return { message: words(withReference(context, identity.words, about)) };
  }
  if (identity.isUnread) learnReadingSoon(context, asked.slackUserId);
  const parsed = parseReconCommand(keepable(asked.text));
  if (!parsed.ok) return { message: typedWords(refusedCommand(parsed.refusal, reader)) };
  return await answer(context, parsed.value, { ...asked, personId: identity.personId, reader });
}

type AskedByPerson = Asked & { readonly personId: string; readonly reader: Reader };

async function answer(
  context: ListenerContext,
  command: ReconCommand,
  asked: AskedByPerson,
): Promise<Answer> {
  const { sql, workspaceId, organisation, reconciliations } = context;
  const { text, page, reader } = asked;
  const answered = await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      const viewer = await readViewer(tx, workspaceId, asked.personId);
      if (!viewer?.isActive) return { message: words(refusalWords({ code: 'inactive_person' }, reader)) };
      if (!isOnRecord(command)) {
        const refused = refusedOffRecord(command, viewer, reader);
        return refused && { message: refused };
      }
      const now = new Date();
      const asking = { tx, workspaceId, viewer, reader, now, text, page, organisation, reconciliations };
      return await answerTo(command, asking);
    },
    { snapshot: true },
  );
  return answered ?? { message: await answerOffRecord(context, command, reader) };
}
