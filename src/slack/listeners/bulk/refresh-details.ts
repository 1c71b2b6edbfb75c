import type { AllMiddlewareArgs, AnyMiddlewareArgs, BlockAction } from '@slack/bolt';
import { readPointer } from '../../guard/pointer.ts';
import { detailsModal } from '../../views/details.ts';
import type { ListenerContext } from '../context.ts';
import { readExplained } from '../explained.ts';
import { answerKnown } from '../known-person.ts';

/** Buttons that act at once; the others open a form over the details. */
const ACTS = /^(?:claim|unclaim|resume)$/;

/** After a press in the details of an exception, shows them anew: nothing else there says that it went through. */
export const refreshDetails =
  (context: ListenerContext) =>
  async ({ next, body }: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await next();
    if (!isPress(body) || body.view?.callback_id !== 'details') return;
    const { id, hash } = body.view;
    const [action] = body.actions;
    const pointer = readPointer(action && 'value' in action ? action.value : undefined);
    if (!action || !pointer || !ACTS.test(action.action_id)) return;
    await answerKnown(
      context,
      { slackUserId: body.user.id, about: { refreshes: 'details' } },
      async ({ reader }) => {
        const details = await readExplained(context, pointer.exceptionId);
        if (!details) return;
        await context.call('views.update', { view_id: id, hash, view: detailsModal(details, { reader }) });
      },
    );
  };

const isPress = (body: object): body is BlockAction => 'type' in body && body.type === 'block_actions';
