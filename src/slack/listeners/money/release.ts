import { inWorkspace } from '../../../db/tx.ts';
import { holdNow } from '../../../pipeline/act/hold-now.sql.ts';
import { proposeRelease, whyNotRelease } from '../../../pipeline/act/propose-release.ts';
import { holdById } from '../../../pipeline/report/hold-by-id.sql.ts';
import { releaseAskedModal, releaseModal } from '../../views/release-modal.ts';
import type { ListenerContext } from '../context.ts';
import { openWhenRead, type Prepared } from '../open-modal.ts';
import { onPress, type Press } from '../press.ts';
import { refusedWords } from '../refused.ts';
import { onSubmission } from '../submission.ts';

/** Release payment: the form that asks for it, or words why this person cannot. */
export const onRelease = (context: ListenerContext) =>
  onPress(context, (press) =>
    openWhenRead(context, press, { name: 'hold_release', prepared: prepare(context, press) }),
  );

async function prepare(context: ListenerContext, press: Press): Promise<Prepared> {
  const { sql, workspaceId, organisation } = context;
  const { personId, exceptionId: holdId, reader } = press;
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const now = await holdNow(tx, { workspaceId, hold: holdId });
    const input = { workspaceId, personId, hold: holdId };
    const refusal = await whyNotRelease(tx, { input, hold: now });
    if (refusal) return { ok: false, words: refusedWords(context, refusal, { reader, holdId }) };
    const hold = await holdById(tx, { workspaceId, holdId });
    if (!hold) throw new Error(`hold ${holdId} vanished while its form was made`);
    const { reasonCodes } = organisation.money;
    return { ok: true, view: releaseModal(hold, { reasonCodes, reader }) };
  });
}

/** The form, sent: somebody else is asked, and whoever asked is told so, as they may not be where that is posted. */
export const onReleaseSubmitted = (context: ListenerContext) =>
  onSubmission(
    context,
    ({ workspaceId, personId, requestKey, exceptionId: hold, entry }) =>
      proposeRelease(
        context.sql,
        {
          ...{ workspaceId, personId, requestKey, hold },
          reason: entry('reason'),
          note: entry('note') ?? '',
          evidence: entry('evidence'),
        },
        context.organisation,
      ),
    async ({ label, decideUntil }, { reader }) =>
      releaseAskedModal({ label, until: new Date(decideUntil) }, reader),
  );
