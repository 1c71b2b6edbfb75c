import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { input, LIMITS, type View } from './blocks.ts';
import { plain } from './escape.ts';
import { modalOf, privateMetadata, summary } from './modal-parts.ts';
import { type Candidate, colleagueGroups, receiverMenu, tellModal } from './modals.ts';
import type { Reader } from './reader.ts';

/** The form in which the triage meeting gives an exception to somebody. */
export function assignModal(
  facts: CardFacts,
  { candidates, reader }: { candidates: readonly Candidate[]; reader: Reader },
): View {
  const words = reader.words.triage;
  const title = words.assignTitle(exceptionLabel(facts.number));
  const groups = colleagueGroups(facts, { candidates, reader });
  if (groups.every(({ options }) => options.length === 0))
    return tellModal(reader, { title, words: words.nobodyToTake });
  return modalOf(reader, {
    callbackId: 'assign',
    title,
    submit: words.assignSubmit,
    metadata: privateMetadata(facts),
    blocks: [
      summary(facts, reader),
      input('person', words.person, { element: receiverMenu(words.choosePerson, groups) }),
      input('note', words.note, {
        optional: true,
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
      }),
    ],
  });
}

/** The form in which the triage meeting says what a rule should say. */
export function ruleChangeModal(facts: CardFacts, reader: Reader): View {
  const words = reader.words.triage;
  return modalOf(reader, {
    callbackId: 'rule_change',
    title: words.ruleTitle(exceptionLabel(facts.number)),
    submit: words.ruleSubmit,
    metadata: privateMetadata(facts),
    blocks: [
      summary(facts, reader),
      input('note', words.ruleNote, {
        element: { type: 'plain_text_input', multiline: true, max_length: LIMITS.note },
        hint: plain(words.ruleHint, 500),
      }),
    ],
  });
}
