import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HistoryLine } from '../../src/core/card.ts';
import { LOCALES } from '../../src/core/locale.ts';
import { messageProblems, viewProblems } from '../../src/local-slack/blocks/surfaces.ts';
import { readableText } from '../../src/slack/listeners/note/readable-text.ts';
import { detailsModal } from '../../src/slack/views/details.ts';
import { richly } from '../../src/slack/views/instants.ts';
import { actionLabel, renderAnswered, renderConfirm, renderVouch } from '../../src/slack/views/link.ts';
import { loadingModal } from '../../src/slack/views/loading.ts';
import { noteModal } from '../../src/slack/views/note.ts';
import { readerOf } from '../../src/slack/views/reader.ts';
import { historyWords } from '../../src/slack/views/words.ts';
import { cardFacts, historyLine, hostileText } from '../support/hostile.ts';
import { NOTHING_EXPLAINED } from '../support/hostile-explanation.ts';

/** What is alive, other than dates, and links to an https address that show a host. */
const ALIVE = /<(?!!date\^\d+\^|https:\/\/[^<>|\s]+\|[^<>|]+>)[^\n]?/;

const RUNS = { numRuns: 300 };
const ID = '0190a1b2-0000-7000-8000-000000000001';
const readers = fc.constantFrom(...LOCALES).map((locale) => readerOf(locale));
const until = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2027-01-01T00:00:00Z'),
  noInvalidDate: true,
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
const alive = (payload: unknown): string[] => textsIn(payload).filter((text) => ALIVE.test(text));

test('the question to an admin is postable and inert, whatever a stranger calls themselves', () => {
  const questions = fc.record({
    requestId: fc.constant(ID),
    slackName: hostileText,
    actionId: fc.oneof(fc.constant('hand_over_accept'), hostileText),
    label: hostileText,
    until,
  });
  fc.assert(
    fc.property(questions, readers, (question, reader) => {
      const message = renderVouch(question, reader);
      expect(messageProblems(message.blocks)).toEqual([]);
      expect(alive(message)).toEqual([]);
      expect(message.text).toContain(actionLabel(question.actionId, reader));
    }),
    RUNS,
  );
});

test('the question to the user is postable and inert, and carries the token in its button alone', () => {
  const token = 'k3Y-'.repeat(11).slice(0, 43);
  const confirmations = fc.record({
    requestId: fc.constant(ID),
    token: fc.constant(token),
    adminName: hostileText,
    personName: hostileText,
    until,
  });
  fc.assert(
    fc.property(confirmations, readers, (confirmation, reader) => {
      const message = renderConfirm(confirmation, reader);
      expect(messageProblems(message.blocks)).toEqual([]);
      expect(alive(message)).toEqual([]);
      expect(textsIn(message).filter((text) => text.includes(token))).toEqual([
        JSON.stringify({ v: 1, request: ID, token }),
      ]);
      expect(messageProblems(renderAnswered(reader.words.link.linked('Ana')).blocks)).toEqual([]);
    }),
    RUNS,
  );
});

test('the form for a note opens, whatever the message says and whoever wrote it', () => {
  const drafts = fc.record({
    text: hostileText
      .map((text) => readableText(text, new Map()).slice(0, 3_000))
      .filter((text) => text !== ''),
    author: fc.option(hostileText, { nil: undefined }),
    metadata: fc.constant('{}'),
  });
  fc.assert(
    fc.property(drafts, readers, (draft, reader) => {
      expect(viewProblems(noteModal(draft, reader), ['modal'])).toEqual([]);
      expect(viewProblems(loadingModal(reader), ['modal'])).toEqual([]);
    }),
    RUNS,
  );
});

const addresses = fc.oneof(
  hostileText,
  fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['https', 'http'] }),
  hostileText.map((text) => `https://vendor.example/${text}`),
  hostileText.map((text) => `https://${text}.example/`),
);

test('the address of evidence or of a message is a link to https, or text', () => {
  fc.assert(
    fc.property(historyLine, addresses, hostileText, readers, (line, link, author, reader) => {
      const shown: HistoryLine = { ...line, action: 'exception.note', link, author };
      expect(alive(historyWords(shown, richly(reader)))).toEqual([]);
    }),
    RUNS,
  );
});

test('long notes keep the details within their limits', () => {
  const notes = fc.string({
    unit: fc.constantFrom('a', '&', '<', '*', ' ', '👩‍👩‍👧', '_'),
    minLength: 601,
    maxLength: 3_000,
  });
  fc.assert(
    fc.property(cardFacts, historyLine, notes, readers, (facts, line, note, reader) => {
      const history = [{ ...line, action: 'exception.note', note }];
      const view = detailsModal({ facts, members: [], history, explanation: NOTHING_EXPLAINED }, { reader });
      expect(viewProblems(view, ['modal'])).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
