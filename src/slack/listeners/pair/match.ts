import { toDocument } from '../../../core/explanation.ts';
import { accept } from '../../../core/result.ts';
import { matchByHand } from '../../../pipeline/pair/match-by-hand.ts';
import { type MatchPreview, previewMatch } from '../../../pipeline/pair/preview-match.ts';
import type { View } from '../../views/blocks.ts';
import { choicesOf, matchModal } from '../../views/pair.ts';
import { matchConfirmModal } from '../../views/pair-confirm.ts';
import type { ListenerContext } from '../context.ts';
import { explained, readExplained } from '../explained.ts';
import { openModal } from '../open-modal.ts';
import { onPress } from '../press.ts';
import { onSubmission, type Submission } from '../submission.ts';
import { pairDecided } from './decided.ts';

/** Match by hand: opens the form with what comes closest. */
export const onMatch = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, {
      action: 'match',
      render: async ({ facts }) => {
        const { reader } = press;
        const choices = choicesOf(await explained(context, facts), reader);
        return matchModal(facts, { choices, reader });
      },
    }),
  );

/** The documents that were ticked, and those that were searched for. */
export const chosenIn = ({ entries }: Submission): string[] => [
  ...new Set([...entries('with'), ...entries('search')]),
];

export const settingsOf = ({ reconciliations, organisation }: ListenerContext) => ({
  specs: reconciliations,
  organisation,
});

/** What was chosen: shows what it would come to, to be confirmed. Nothing is done yet. */
export const onMatchChosen = (context: ListenerContext) =>
  onSubmission(
    context,
    async (submission) => {
      const chosen = chosenIn(submission);
      const previewed = await previewMatch(
        context.sql,
        { ...submission, with: chosen, named: 'ids' },
        settingsOf(context),
      );
      return previewed.ok ? accept({ chosen, preview: previewed.value }) : previewed;
    },
    (previewed, submission) => confirmView(context, previewed, submission),
  );

async function confirmView(
  context: ListenerContext,
  { chosen, preview }: { chosen: readonly string[]; preview: MatchPreview },
  { exceptionId, reader }: Submission,
): Promise<View | undefined> {
  const details = await readExplained(context, exceptionId);
  if (!details) return undefined;
  const { sums, raises } = preview;
  const confirming = {
    with: chosen,
    documents: preview.members.map(toDocument),
    leaves: preview.leaves.map(toDocument),
    sums,
    raises,
    codes: context.organisation.resolutionCodes,
  };
  return matchConfirmModal(details.facts, confirming, reader);
}

/** Confirmed: the match is made. */
export const onMatchConfirmed = (context: ListenerContext) =>
  onSubmission(
    context,
    ({ entry, pointer, ...input }) =>
      matchByHand(
        context.sql,
        {
          ...input,
          with: pointer.with ?? [],
          named: 'ids',
          code: entry('code') ?? '',
          note: entry('note') ?? '',
          residual: entry('residual') === 'explained' ? 'explained' : 'stays',
          evidence: entry('evidence'),
        },
        settingsOf(context),
      ),
    pairDecided(context),
  );
