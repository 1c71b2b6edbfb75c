import { STATUSES } from '../../src/core/lifecycle.ts';
import { SEVERITIES } from '../../src/core/severity.ts';
import { choicesOf, liftModal, matchModal, neverModal, unmatchModal } from '../../src/slack/views/pair.ts';
import { matchConfirmModal, pairDoneModal } from '../../src/slack/views/pair-confirm.ts';
import type { Reader } from '../../src/slack/views/reader.ts';
import { documentIn, explanationIn } from './hostile-explanation.ts';
import { codesIn, factsIn, typeIn } from './hostile-facts.ts';
import type { Fill } from './hostile-fill.ts';
import type { Render } from './hostile-surfaces.ts';

const choicesIn = (fill: Fill, reader: Reader) => choicesOf(explanationIn(fill), reader);
const HOW = ['open', 'update', 'reopen', 'clear'] as const;

/** What asks which documents belong together, and says what came of it. */
export const PAIRS = {
  'pair#matchModal': (fill, reader) =>
    matchModal(factsIn(fill), { choices: fill.yes() ? choicesIn(fill, reader) : [], reader }),
  'pair#neverModal': (fill, reader) =>
    neverModal(factsIn(fill), { choices: fill.yes() ? choicesIn(fill, reader) : [], reader }),
  'pair#unmatchModal': (fill, reader) =>
    unmatchModal(factsIn(fill), { documents: fill.many(60, () => documentIn(fill)), reader }),
  'pair#liftModal': (fill, reader) =>
    liftModal(factsIn(fill), { keptApart: explanationIn(fill).keptApart, reader }),
  'pair-confirm#matchConfirmModal': (fill, reader) =>
    matchConfirmModal(
      factsIn(fill),
      {
        with: fill.many(20, fill.id),
        documents: fill.many(60, () => documentIn(fill)),
        sums: {
          expected: fill.yes() ? fill.money() : undefined,
          actual: fill.yes() ? fill.money() : undefined,
        },
        raises: fill.yes() ? { type: typeIn(fill), severity: fill.pick(SEVERITIES) } : undefined,
        leaves: fill.many(20, () => documentIn(fill)),
        codes: codesIn(fill),
      },
      reader,
    ),
  'pair-confirm#pairDoneModal': (fill, reader) =>
    pairDoneModal(
      {
        number: 1 + fill.whole(999_999_999),
        status: fill.pick(STATUSES),
        also: fill.many(60, () => ({ number: fill.whole(9_999), how: fill.pick(HOW) })),
      },
      reader,
    ),
} as const satisfies Readonly<Record<string, Render>>;
