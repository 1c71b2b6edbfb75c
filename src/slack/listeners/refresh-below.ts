import { detailsModal } from '../views/details.ts';
import type { ListenerContext } from './context.ts';
import { readExplained } from './explained.ts';
import type { Submission } from './submission.ts';

/** Forms about one exception, which open over its Details and nothing else. */
const OVER_DETAILS: ReadonlySet<string> = new Set([
  'resolve',
  'escalate',
  'hand_over',
  'wait',
  'reopen',
  'reject',
]);

/**
 * The Details that a form was opened over show what it did once it closes; else they would offer what was just done. Nobody
 * waits for it, and details that were closed meanwhile stay closed.
 */
export async function refreshBelow(
  context: ListenerContext,
  form: string,
  { exceptionId, reader, belowId }: Pick<Submission, 'exceptionId' | 'reader' | 'belowId'>,
): Promise<void> {
  if (belowId === undefined || !OVER_DETAILS.has(form)) return;
  try {
    const details = await readExplained(context, exceptionId);
    if (!details) return;
    await context.call('views.update', { view_id: belowId, view: detailsModal(details, { reader }) });
  } catch (error) {
    context.logger.warn({ err: error, exceptionId }, 'the details below a form could not be shown anew');
  }
}
