import type { CardFacts } from '../../core/card.ts';
import type { Document, Explanation, KeptApart } from '../../core/explanation.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { allows } from '../../core/lifecycle.ts';
import { type Block, button, input, LIMITS, plainText, section, type View } from './blocks.ts';
import { buttonValue } from './card.ts';
import { cutEscaped, plain, unescaped } from './escape.ts';
import { modalOf, summary, why } from './modal-parts.ts';
import { tellModal } from './modals.ts';
import type { Reader } from './reader.ts';
import { documentWords, likelyWords } from './why.ts';

/** So many documents are offered to tick; Slack takes ten. */
const TICKED = 10;

/** A document to choose, and what is said of it. */
export type Choice = { readonly document: Document; readonly about: string | undefined };

/** What can be decided about pairs now; who may is decided when it is pressed. */
export function pairButtons(facts: CardFacts, explanation: Explanation, { words }: Reader): Block[] {
  if (!allows(facts.status, 'match') || explanation.areRepeats) return [];
  const offered = [
    'match' as const,
    ...(explanation.paired ? (['unmatch'] as const) : []),
    'never' as const,
    ...(explanation.keptApart.length > 0 ? (['lift'] as const) : []),
  ];
  const value = buttonValue(facts);
  const elements = offered.map((action) => button(action, words.pair.buttons[action], { value }));
  return [{ type: 'actions', elements }];
}

/** What a person is likely to choose: what passes found to come close, then what is near; each once. */
export function choicesOf({ alone }: Explanation, reader: Reader): Choice[] {
  const found = new Map<string, Choice>();
  const add = (document: Document, about: string): void => {
    if (!found.has(document.recordId)) found.set(document.recordId, { document, about });
  };
  for (const { candidates } of alone) {
    for (const { document, weighing } of candidates) add(document, likelyWords(weighing, reader));
  }
  for (const { nearby } of alone) for (const document of nearby) add(document, reader.words.pair.match.near);
  return [...found.values()];
}

/** A document in a menu: plain text, as menus show it. */
export const documentLabel = (document: Document, reader: Reader): string =>
  plain(unescaped(documentWords(document, reader)), LIMITS.optionText);

const ticks = (choices: readonly Choice[], reader: Reader): Block => ({
  type: 'checkboxes',
  options: choices.slice(0, TICKED).map(({ document, about }) => ({
    text: plainText(documentLabel(document, reader)),
    value: document.recordId,
    ...(about === undefined ? {} : { description: plainText(plain(about, LIMITS.optionText)) }),
  })),
});

/** The form that asks which documents belong to an exception's. */
export function matchModal(
  facts: CardFacts,
  { choices, reader }: { choices: readonly Choice[]; reader: Reader },
): View {
  const words = reader.words.pair.match;
  const search = {
    type: 'multi_external_select',
    placeholder: plainText(words.chooseSearch),
    min_query_length: 2,
    max_selected_items: TICKED,
  };
  const isOnly = choices.length === 0;
  return modalOf(reader, {
    callbackId: 'match',
    title: words.title(exceptionLabel(facts.number)),
    submit: words.submit,
    metadata: buttonValue(facts),
    blocks: [
      summary(facts, reader),
      ...(isOnly
        ? []
        : [
            input('with', words.candidates, {
              optional: true,
              element: ticks(choices, reader),
              hint: words.candidatesHint,
            }),
          ]),
      input('search', isOnly ? words.onlySearch : words.search, {
        optional: !isOnly,
        element: search,
        hint: words.searchHint,
      }),
    ],
  });
}

/** The form that asks why a match is to be taken apart. */
export function unmatchModal(
  facts: CardFacts,
  { documents, reader }: { documents: readonly Document[]; reader: Reader },
): View {
  const words = reader.words.pair.unmatch;
  return modalOf(reader, {
    callbackId: 'unmatch',
    title: words.title(exceptionLabel(facts.number)),
    submit: words.submit,
    metadata: buttonValue(facts),
    blocks: [
      summary(facts, reader),
      ...(documents.length === 0 ? [] : [listed(words.matched, documents, reader)]),
      why(reader, words.reasonHint),
    ],
  });
}

const SHOWN = 20;

/** Documents under a title, as many as fit. */
export function listed(title: string, documents: readonly Document[], reader: Reader): Block {
  const lines = documents.slice(0, SHOWN).map((document) => `• ${documentWords(document, reader)}`);
  const more = documents.length > SHOWN ? [`… +${documents.length - SHOWN}`] : [];
  return section(cutEscaped([`*${title}*`, ...lines, ...more].join('\n'), LIMITS.section));
}

/** The form that asks which documents never belong to an exception's, and why. */
export function neverModal(
  facts: CardFacts,
  { choices, reader }: { choices: readonly Choice[]; reader: Reader },
): View {
  const words = reader.words.pair.never;
  const search = {
    type: 'multi_external_select',
    placeholder: plainText(reader.words.pair.match.chooseSearch),
    min_query_length: 2,
    max_selected_items: TICKED,
  };
  return modalOf(reader, {
    callbackId: 'never',
    title: words.title,
    submit: words.submit,
    metadata: buttonValue(facts),
    blocks: [
      summary(facts, reader),
      choices.length === 0
        ? input('search', words.which, { element: search, hint: reader.words.pair.match.searchHint })
        : input('with', words.which, { element: ticks(choices, reader) }),
      why(reader, words.reasonHint),
    ],
  });
}

/** The form that lets machines pair again what a person keeps apart. */
export function liftModal(
  facts: CardFacts,
  { keptApart, reader }: { keptApart: readonly KeptApart[]; reader: Reader },
): View {
  const words = reader.words.pair.lift;
  const found = new Map(
    keptApart.map(({ other }) => [other.recordId, { document: other, about: undefined }]),
  );
  if (found.size === 0) return tellModal(reader, { title: words.title, words: words.nothing });
  return modalOf(reader, {
    callbackId: 'lift',
    title: words.title,
    submit: words.submit,
    metadata: buttonValue(facts),
    blocks: [
      summary(facts, reader),
      input('with', words.which, { element: ticks([...found.values()], reader) }),
      why(reader, words.reasonHint),
    ],
  });
}
