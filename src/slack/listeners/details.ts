import { Fault } from '../../core/fault.ts';
import { detailsModal } from '../views/details.ts';
import { playbookModal } from '../views/playbook.ts';
import type { ListenerContext } from './context.ts';
import { explained, readExplained } from './explained.ts';
import { openModal } from './open-modal.ts';
import { onPress, refusedPress } from './press.ts';

/** Details: both sides, why they are paired or not, and the whole history, in a modal. */
export const onDetails = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, {
      action: 'details',
      render: async (details) =>
        detailsModal({ ...details, explanation: await explained(context, details.facts) }, press),
    }),
  );

/** What to do about its type, in a modal. */
export const onPlaybook = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, {
      action: 'details',
      render: ({ facts }) => playbookModal(facts, press.reader),
    }),
  );

/** Another page of the details. */
export const onDetailsPage = (context: ListenerContext) =>
  onPress(context, async (press) => {
    const details = await readExplained(context, press.exceptionId);
    if (!details) return refusedPress(context, press, { code: 'not_found' });
    const { reader, pointer } = press;
    const view = detailsModal(details, { reader, page: pointer.page ?? 0 });
    const updated = await context.call('views.update', { view_id: press.viewId, view });
    if (updated.kind === 'done') return undefined;
    throw new Fault('slack_refused', `views.update for details: ${updated.kind}. Press again.`);
  });
