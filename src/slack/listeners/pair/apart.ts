import type { Document } from '../../../core/explanation.ts';
import { liftApart, neverTogether } from '../../../pipeline/pair/never-together.ts';
import { ownDocuments } from '../../../pipeline/pair/own-documents.ts';
import { unmatch } from '../../../pipeline/pair/unmatch.ts';
import { type Choice, choicesOf, liftModal, neverModal, unmatchModal } from '../../views/pair.ts';
import type { ListenerContext } from '../context.ts';
import { explained } from '../explained.ts';
import { openModal } from '../open-modal.ts';
import { onPress } from '../press.ts';
import { onSubmission } from '../submission.ts';
import { pairDecided } from './decided.ts';
import { chosenIn, settingsOf } from './match.ts';

const documentsOf = (context: ListenerContext, exceptionId: string): Promise<Document[]> =>
  ownDocuments(context.sql, {
    workspaceId: context.workspaceId,
    exceptionId,
    specs: context.reconciliations,
  });

/** Take apart: opens the form. */
export const onUnmatch = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, {
      action: 'unmatch',
      render: async ({ facts }) =>
        unmatchModal(facts, {
          documents: await documentsOf(context, facts.exceptionId),
          reader: press.reader,
        }),
    }),
  );

/** The form to take apart, sent. */
export const onUnmatchSubmitted = (context: ListenerContext) =>
  onSubmission(
    context,
    ({ entry, ...input }) =>
      unmatch(context.sql, { ...input, note: entry('reason') ?? '' }, settingsOf(context)),
    pairDecided(context),
  );

/** Never together: opens the form, with what is matched, or with what comes closest. */
export const onNever = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, {
      action: 'never',
      render: async ({ facts }) => {
        const { reader } = press;
        const explanation = await explained(context, facts);
        const choices = explanation.paired
          ? facing(await documentsOf(context, facts.exceptionId))
          : choicesOf(explanation, reader);
        return neverModal(facts, { choices, reader });
      },
    }),
  );

/** Of what is matched, the side that there is more of: one of several may be wrong. */
function facing(documents: readonly Document[]): Choice[] {
  const actual = documents.filter(({ side }) => side === 'actual');
  const expected = documents.filter(({ side }) => side === 'expected');
  const more = expected.length > actual.length ? expected : actual;
  return more.map((document) => ({ document, about: undefined }));
}

/** The form to keep apart, sent. */
export const onNeverSubmitted = (context: ListenerContext) =>
  onSubmission(
    context,
    (submission) => {
      const { entry } = submission;
      const said = { with: chosenIn(submission), named: 'ids', note: entry('reason') ?? '' } as const;
      return neverTogether(context.sql, { ...submission, ...said }, settingsOf(context));
    },
    pairDecided(context),
  );

/** Allow again: opens the form with what is kept apart. */
export const onLift = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, {
      action: 'lift',
      render: async ({ facts }) => {
        const { keptApart } = await explained(context, facts);
        return liftModal(facts, { keptApart, reader: press.reader });
      },
    }),
  );

/** The form to allow again, sent. */
export const onLiftSubmitted = (context: ListenerContext) =>
  onSubmission(
    context,
    (submission) => {
      const { entry } = submission;
      const said = { with: chosenIn(submission), named: 'ids', note: entry('reason') ?? '' } as const;
      return liftApart(context.sql, { ...submission, ...said }, settingsOf(context));
    },
    pairDecided(context),
  );
