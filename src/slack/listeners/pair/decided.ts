import type { Paired } from '../../../pipeline/pair/pair.ts';
import type { View } from '../../views/blocks.ts';
import { detailsModal } from '../../views/details.ts';
import { pairDoneModal } from '../../views/pair-confirm.ts';
import type { ListenerContext } from '../context.ts';
import { readExplained } from '../explained.ts';
import type { Submission } from '../submission.ts';

/** After a decision about pairs: says what became of it, and shows the details below anew. */
export const pairDecided =
  (context: ListenerContext) =>
  async (
    { status, also }: Paired,
    { exceptionId, reader, belowId }: Submission,
  ): Promise<View | undefined> => {
    const details = await readExplained(context, exceptionId);
    if (!details) return undefined;
    // Nobody waits for it: the answer says what was done, and details that were closed meanwhile stay closed.
    if (belowId !== undefined) {
      void context.call('views.update', { view_id: belowId, view: detailsModal(details, { reader }) });
    }
    return pairDoneModal({ number: details.facts.number, status, also }, reader);
  };
