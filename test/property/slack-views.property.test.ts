import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LOCALES } from '../../src/core/locale.ts';
import { type NoticePayload, WITHDRAWN_BECAUSE } from '../../src/core/message.ts';
import { messageProblems, viewProblems } from '../../src/local-slack/blocks/surfaces.ts';
import type { Message } from '../../src/slack/views/blocks.ts';
import { renderCard, renderMinimalCard } from '../../src/slack/views/card.ts';
import { detailsModal } from '../../src/slack/views/details.ts';
import { clean, inert, plain } from '../../src/slack/views/escape.ts';
import { renderNotice, renderReply } from '../../src/slack/views/messages.ts';
import {
  declineModal,
  escalateModal,
  handOverModal,
  reopenModal,
  waitModal,
} from '../../src/slack/views/modals.ts';
import { readerOf } from '../../src/slack/views/reader.ts';
import { refusalWords } from '../../src/slack/views/refusals.ts';
import { resolveModal } from '../../src/slack/views/resolve-modal.ts';
import { cardFacts, historyLine, hostileText, memberLine } from '../support/hostile.ts';
import { explanationIn } from '../support/hostile-explanation.ts';
import { fillOf, textsFrom } from '../support/hostile-fill.ts';

/** Mentions, links and special commands that would be alive, other than the dates we write ourselves. */
const ALIVE = /<(?!!date\^\d+\^\{date_short_pretty\} \{time\}\|)[^\n]?/;
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b-\u200f]/u;

/** Every text anywhere in a payload; line feeds are ours. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value.replaceAll('\n', '')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function expectInert(payload: unknown): void {
  const texts = textsIn(payload);
  expect(texts.filter((text) => ALIVE.test(text))).toEqual([]);
  expect(texts.filter((text) => UNSEEN.test(text))).toEqual([]);
}

function expectPostable(message: Message): void {
  expect(messageProblems(message.blocks)).toEqual([]);
  expect(message.text.length).toBeGreaterThan(0);
  expect(message.text.length).toBeLessThanOrEqual(4_000);
  expectInert(message);
}

const RUNS = { numRuns: 300 };

/** Whoever reads: every language, and zones on both sides of the world. */
const readers = fc
  .tuple(fc.constantFrom(...LOCALES), fc.constantFrom('UTC', 'America/New_York', 'Pacific/Auckland'))
  .map(([locale, zone]) => readerOf(locale, zone));

const toCandidate = ({ key, name }: { key: string; name: string }, index: number) => ({
  key,
  name,
  isOwnTeam: index % 2 === 0,
});

test('a card stays within the limits and has nothing alive in it, whatever the sources say', () => {
  fc.assert(
    fc.property(cardFacts, readers, (facts, reader) => {
      expectPostable(renderCard(facts, reader));
      expectPostable(renderMinimalCard(facts, reader));
    }),
    RUNS,
  );
});

test('the details stay within the limits on every page', () => {
  const details = fc.record({
    facts: cardFacts,
    members: fc.array(memberLine, { maxLength: 60 }),
    history: fc.array(historyLine, { maxLength: 60 }),
    explanation: fc
      .tuple(fc.nat(), fc.array(hostileText, { minLength: 1, maxLength: 20 }))
      .map(([rendering, texts]) => explanationIn(fillOf(rendering, textsFrom(texts, rendering)))),
  });
  fc.assert(
    fc.property(details, fc.nat({ max: 6 }), readers, (shown, page, reader) => {
      const view = detailsModal(shown, { reader, page });
      expect(viewProblems(view, ['modal'])).toEqual([]);
      expectInert(view);
    }),
    { numRuns: 100 },
  );
});

const RESOLVING_FORM = {
  money: {
    reasonCodes: [],
    limits: undefined,
    approvals: { team: undefined, expireAfterMs: 1 },
    closedThrough: undefined,
  },
  person: { roles: [] },
  period: '2026-10',
  currentPeriod: '2026-11',
};

test('the forms stay within the limits, whatever codes, teams and people are called', () => {
  const code = fc.record({
    code: fc.stringMatching(/^[a-z_]{1,40}$/),
    label: hostileText,
    types: fc.constant([]),
    note: fc.constantFrom('required', 'optional'),
    amount: fc.constantFrom('required', 'optional'),
  });
  const codes = fc.uniqueArray(code, { selector: (item) => item.code, minLength: 1, maxLength: 120 });
  const team = fc.record({
    key: fc.stringMatching(/^[a-z_]{1,40}$/),
    name: hostileText,
    channel: fc.constant('#x'),
    members: fc.constant([]),
    lead: fc.constant(undefined),
  });
  const teams = fc.uniqueArray(team, { selector: (item) => item.key, minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(cardFacts, codes, teams, readers, (facts, known, owning, reader) => {
      for (const view of [
        resolveModal(facts, { ...RESOLVING_FORM, codes: known, reader }),
        resolveModal(facts, { ...RESOLVING_FORM, codes: [], reader }),
        escalateModal(facts, { organisation: { teams: owning, people: [] }, reader }),
        reopenModal(facts, reader),
        declineModal(facts, { version: 7, reader }),
        handOverModal(facts, { candidates: owning.map(toCandidate), reader }),
        handOverModal(facts, { candidates: [], reader }),
        waitModal(facts, { acting: { waitPausesSla: false }, reader }),
        waitModal(facts, { acting: { waitPausesSla: true }, reader }),
      ]) {
        expect(viewProblems(view, ['modal'])).toEqual([]);
        expectInert(view);
      }
    }),
    { numRuns: 100 },
  );
});

test('thread lines and notices stay within the limits', () => {
  const minor = fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }).map(String);
  const money = fc.record({ minor, currency: fc.constantFrom('USD', 'JPY') });
  const maybe = fc.option(hostileText);
  const exception = fc.record({
    id: fc.uuid(),
    version: fc.nat(),
    number: fc.nat(),
    type: hostileText,
    atStake: money,
    client: maybe,
    orderRef: maybe,
    owner: maybe,
    team: hostileText,
    dueAt: fc.constant('2026-11-22T07:00:00.000Z'),
  });
  const text = hostileText;
  const answerBy = fc.constant('2026-11-22T11:00:00.000Z');
  const line = fc.record({
    orderRef: maybe,
    difference: money,
    reason: text,
    client: maybe,
    periods: fc.array(text, { maxLength: 3 }),
  });
  const notice: fc.Arbitrary<NoticePayload> = fc.oneof(
    fc.record({ notice: fc.constant('escalated'), target: text, by: maybe, note: text, exception }),
    fc.record({ notice: fc.constant('offered'), note: text, answerBy, exception }),
    fc.record({ notice: fc.constant('taken_over'), by: text, exception }),
    fc.record({ notice: fc.constant('declined'), by: text, note: text, exception }),
    fc.record({ notice: fc.constant('offer_lapsed'), from: text, to: text, exception }),
    fc.record({
      notice: fc.constant('offer_withdrawn'),
      because: fc.constantFrom(...WITHDRAWN_BECAUSE),
      exception,
    }),
    fc.record({ notice: fc.constant('wait_over'), note: maybe, exception }),
    fc.record({
      notice: fc.constant('settled'),
      reconciliation: text,
      count: fc.nat(),
      total: fc.option(money),
      lines: fc.array(line, { maxLength: 15 }),
    }),
    fc.record({
      title: text,
      body: text,
      facts: fc.array(fc.record({ label: text, value: text }), { maxLength: 14 }),
      exception: fc.constant({ id: 'x', version: 1, isOffer: true }),
    }),
  );
  fc.assert(
    fc.property(historyLine, notice, readers, ({ seq: _, ...line }, payload, reader) => {
      expectPostable(renderReply(line, { reader }));
      expectPostable(renderNotice(payload, { reader }));
    }),
    RUNS,
  );
});

test('no refusal repeats a live mention', () => {
  fc.assert(
    fc.property(hostileText, readers, (text, reader) => {
      const since = new Date(0);
      for (const refusal of [
        { code: 'already_claimed', ownerName: text, since, isYou: false },
        { code: 'unknown_code', given: text, known: [text] },
        { code: 'evidence_unreadable', given: text },
        { code: 'already_offered', toName: text, until: since },
        { code: 'offer_not_yours', toName: text },
        { code: 'unknown_target', given: text },
        { code: 'stale_card', status: 'claimed', ownerName: text },
      ] as const)
        expectInert(refusalWords(refusal, reader));
    }),
    RUNS,
  );
});

test('escaped text fits its limit and reads back to a beginning of what was given', () => {
  const read = (text: string) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 10, max: 3_000 }), (text, limit) => {
      const shown = plain(text, limit);
      expect(shown.length).toBeLessThanOrEqual(limit);
      expect(inert(text, limit).length).toBeLessThanOrEqual(limit);
      const whole = clean(text) || '(blank)';
      expect(whole.startsWith(read(shown).replace(/…$/, ''))).toBe(true);
    }),
    RUNS,
  );
});
