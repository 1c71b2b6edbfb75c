import fc from 'fast-check';
import { expect, test } from 'vitest';
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
  resolveModal,
  waitModal,
} from '../../src/slack/views/modals.ts';
import { refusalWords } from '../../src/slack/views/refusals.ts';
import { cardFacts, historyLine, hostileText, memberLine } from '../support/hostile.ts';

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

test('a card stays within the limits and has nothing alive in it, whatever the sources say', () => {
  fc.assert(
    fc.property(cardFacts, (facts) => {
      expectPostable(renderCard(facts));
      expectPostable(renderMinimalCard(facts));
    }),
    RUNS,
  );
});

test('the details stay within the limits on every page', () => {
  const details = fc.record({
    facts: cardFacts,
    members: fc.array(memberLine, { maxLength: 60 }),
    history: fc.array(historyLine, { maxLength: 60 }),
  });
  fc.assert(
    fc.property(details, fc.nat({ max: 6 }), (shown, page) => {
      const view = detailsModal(shown, page);
      expect(viewProblems(view, ['modal'])).toEqual([]);
      expectInert(view);
    }),
    { numRuns: 100 },
  );
});

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
    fc.property(cardFacts, codes, teams, (facts, known, owning) => {
      for (const view of [
        resolveModal(facts, known),
        escalateModal(facts, { teams: owning, people: [] }),
        reopenModal(facts),
        declineModal(facts, 7),
        handOverModal(
          facts,
          owning.map(({ key, name }, index) => ({ key, name, isOwnTeam: index % 2 === 0 })),
        ),
        waitModal(facts, { waitPausesSla: false, handOverTimeoutMs: 1 }),
      ]) {
        expect(viewProblems(view, ['modal'])).toEqual([]);
        expectInert(view);
      }
    }),
    { numRuns: 100 },
  );
});

test('thread lines and notices stay within the limits', () => {
  const notice = fc.record({
    title: hostileText,
    body: hostileText,
    facts: fc.array(fc.record({ label: hostileText, value: hostileText }), { maxLength: 14 }),
  });
  fc.assert(
    fc.property(historyLine, notice, ({ seq: _, ...line }, payload) => {
      expectPostable(renderReply(line));
      expectPostable(renderNotice(payload));
      expectPostable(renderNotice({ ...payload, exception: { id: 'x', version: 1, isOffer: true } }));
    }),
    RUNS,
  );
});

test('no refusal repeats a live mention', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expectInert(
        refusalWords({ code: 'already_claimed', ownerName: text, since: new Date(0), isYou: false }),
      );
      expectInert(refusalWords({ code: 'unknown_code', given: text, known: [text] }));
      expectInert(refusalWords({ code: 'amount_unreadable', detail: text }));
      expectInert(refusalWords({ code: 'already_offered', toName: text, until: new Date(0) }));
      expectInert(refusalWords({ code: 'offer_not_yours', toName: text }));
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
