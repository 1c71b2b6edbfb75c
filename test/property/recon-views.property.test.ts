import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STATUSES } from '../../src/core/lifecycle.ts';
import { LOCALES } from '../../src/core/locale.ts';
import { parseReconCommand } from '../../src/core/recon-command.ts';
import { SEVERITIES } from '../../src/core/severity.ts';
import { CARDINALITIES, SIDES } from '../../src/core/spec.ts';
import type { WorkPage, WorkRow } from '../../src/core/work.ts';
import { messageProblems, viewProblems } from '../../src/local-slack/blocks/surfaces.ts';
import type { Message } from '../../src/slack/views/blocks.ts';
import { inert } from '../../src/slack/views/escape.ts';
import { homeView, homeWords } from '../../src/slack/views/home.ts';
import { readerOf } from '../../src/slack/views/reader.ts';
import { typedWords } from '../../src/slack/views/recon-answer.ts';
import { doctorAnswer } from '../../src/slack/views/recon-doctor.ts';
import { helpAnswer, refusedCommand } from '../../src/slack/views/recon-help.ts';
import { listAnswer } from '../../src/slack/views/recon-list.ts';
import { auditAnswer, quarantineAnswer, runAnswer } from '../../src/slack/views/recon-operations.ts';
import { orderAnswer, ownersAnswer, unknownOrder } from '../../src/slack/views/recon-order.ts';
import { rulesAnswer, unknownRules } from '../../src/slack/views/recon-rules.ts';
import { slaAnswer } from '../../src/slack/views/recon-sla.ts';
import { statusAnswer } from '../../src/slack/views/recon-status.ts';
import { cardFacts, hostileText } from '../support/hostile.ts';
import { aSpec, expression, ORGANISATION } from '../support/ledger.ts';

/** Mentions, links and special commands that would be alive, other than the dates we write ourselves. */
const ALIVE = /<(?!!date\^\d+\^\{date_short_pretty\} \{time\}\|)[^\n]?/;
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b-\u200f]/u;
const RUNS = { numRuns: 150 };
/** One after the other for every run. */
const reader = fc.constantFrom(...LOCALES).map((locale) => readerOf(locale, 'Europe/Berlin'));

/** Every text that is shown; a button's value is for us alone, and line feeds are ours. */
function shownIn(value: unknown): string[] {
  if (typeof value === 'string') return [value.replaceAll('\n', '')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === 'value' ? [] : shownIn(part)));
}

function expectInert(payload: unknown): void {
  const texts = shownIn(payload);
  expect(texts.filter((text) => ALIVE.test(text))).toEqual([]);
  expect(texts.filter((text) => UNSEEN.test(text))).toEqual([]);
}

function expectPostable(message: Message): void {
  expect(messageProblems(message.blocks)).toEqual([]);
  expect(message.text.length).toBeGreaterThan(0);
  expect(message.text.length).toBeLessThanOrEqual(4_000);
  expectInert(message);
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const money = fc.record({
  minor: fc.bigInt({ min: 0n, max: 10n ** 19n }),
  currency: fc.constantFrom('USD', 'JPY', 'KWD', 'CLF'),
});
const instant = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const status = fc.constantFrom(...STATUSES);

const row: fc.Arbitrary<WorkRow> = fc.record({
  exceptionId: fc.uuid(),
  number: fc.integer({ min: 1, max: 999_999_999 }),
  version: fc.integer({ min: 1, max: 2_147_483_647 }),
  type: hostileText,
  status,
  level: fc.nat(),
  team: hostileText,
  owner: maybe(hostileText),
  client: maybe(hostileText),
  orderRef: maybe(hostileText),
  atStake: money,
  dueAt: instant,
  isOverdue: fc.boolean(),
});

const pageOf = (rows: fc.Arbitrary<readonly WorkRow[]>): fc.Arbitrary<WorkPage> =>
  fc.record({
    rows,
    page: fc.nat({ max: 3 }),
    pages: fc.integer({ min: 1, max: 5 }),
    total: fc.integer({ min: 0, max: 2_000_000 }),
    overdue: fc.nat(),
    money: fc.array(money, { maxLength: 30 }),
  });

const NO_HOLDS = { rows: [], page: 0, pages: 1, total: 0, money: [], whole: 0 };

/** Both lists of a Home: no exception is in two of them, nor twice in one. */
const twoPages = fc
  .uniqueArray(row, { maxLength: 20, selector: ({ exceptionId }) => exceptionId })
  .chain((rows) =>
    fc.record({
      mine: pageOf(fc.constant(rows.slice(0, 10))),
      unclaimed: pageOf(fc.constant(rows.slice(10))),
    }),
  );

test('a list stays within the limits and has nothing alive in it, whatever the sources say', () => {
  const asked = fc.record({
    title: hostileText,
    command: fc.oneof(fc.constant('\u0000'.repeat(300)), fc.string({ unit: 'binary', maxLength: 300 })),
    nothing: hostileText.filter((text) => /\w/.test(text)),
  });
  fc.assert(
    fc.property(twoPages, asked, reader, ({ mine }, what, who) => {
      expectPostable(listAnswer(mine, what, who));
    }),
    RUNS,
  );
});

test('a Home stays within the limits and has nothing alive in it', () => {
  const viewer = fc.record({
    personId: fc.uuid(),
    key: fc.constant('ana'),
    name: hostileText,
    isActive: fc.constant(true),
    roles: fc.constant([]),
    teams: fc.array(hostileText, { maxLength: 30 }),
    slackLocale: fc.constant(null),
    slackZone: fc.constant(null),
  });
  fc.assert(
    fc.property(twoPages, viewer, instant, reader, (pages, who, updatedAt, to) => {
      const view = homeView({ viewer: who, ...pages, holds: NO_HOLDS }, { reader: to, updatedAt });
      expect(viewProblems(view, ['home'])).toEqual([]);
      expectInert(view);
    }),
    RUNS,
  );
});

test('a Home of words takes any words that were made inert', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const view = homeWords(`I do not know you: ${inert(text, 3_500)}`);
      expect(viewProblems(view, ['home'])).toEqual([]);
      expectInert(view);
    }),
    RUNS,
  );
});

test('status stays within the limits, however many teams and types there are', () => {
  const count = fc.record({
    team: hostileText,
    type: hostileText,
    status,
    count: fc.nat(),
    overdue: fc.nat(),
    atStake: money,
  });
  fc.assert(
    fc.property(fc.array(count, { maxLength: 90 }), hostileText, reader, (counts, scope, who) => {
      expectPostable(statusAnswer(counts, scope, who));
    }),
    RUNS,
  );
});

test('the answers about an order stay within the limits', () => {
  const document = fc.record({
    feed: hostileText,
    sourceRef: hostileText,
    amount: money,
    occurredOn: hostileText,
    matchedAs: maybe(hostileText),
  });
  const documents = fc.array(document, { maxLength: 30 });
  const exceptions = fc.array(cardFacts, { maxLength: 25 });
  const others = fc.array(hostileText, { maxLength: 30 });
  fc.assert(
    fc.property(
      hostileText,
      fc.record({ documents, exceptions }),
      others,
      fc.boolean(),
      reader,
      (ref, order, elsewhere, isKnown, who) => {
        expectPostable(orderAnswer(ref, order, who));
        expectPostable(ownersAnswer(ref, { ...order, elsewhere, isKnown }, who));
        expectPostable(unknownOrder(ref, elsewhere, who));
      },
    ),
    RUNS,
  );
});

test('the answers about runs, trail and quarantine stay within the limits', () => {
  const run = fc.record({
    reconciliation: hostileText,
    mode: hostileText,
    status: hostileText,
    cutoffAt: instant,
    startedAt: instant,
    finishedAt: maybe(instant),
    problem: maybe(hostileText),
    counts: fc.dictionary(fc.constantFrom('open', 'expected', '__proto__', 'x'), fc.nat()),
  });
  const trail = fc.record({
    seq: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    hash: hostileText,
    anchor: maybe(
      fc.record({ seq: fc.bigInt({ min: 0n, max: 10n ** 15n }), at: instant, place: hostileText }),
    ),
  });
  const counted = fc.record({ feed: hostileText, reason: hostileText, count: fc.nat() });
  const kept = fc.record({
    feed: hostileText,
    delivery: hostileText,
    line: fc.nat(),
    reason: hostileText,
    detail: hostileText,
  });
  fc.assert(
    fc.property(
      fc.array(run, { maxLength: 30 }),
      trail,
      instant,
      fc.array(counted, { maxLength: 40 }),
      maybe(fc.array(kept, { maxLength: 9 })),
      reader,
      (runs, state, now, counts, newest, who) => {
        expectPostable(runAnswer(runs, who));
        expectPostable(auditAnswer(state, now, who));
        expectPostable(quarantineAnswer(counts, newest, who));
      },
    ),
    RUNS,
  );
});

test('due times stay within the limits, however many owners there are', () => {
  const count = fc.record({
    team: hostileText,
    owner: maybe(hostileText),
    overdue: fc.nat(),
    dueSoon: fc.nat(),
    money: fc.array(money, { maxLength: 30 }),
    dueAt: instant,
  });
  fc.assert(
    fc.property(
      fc.array(count, { maxLength: 40 }),
      twoPages,
      hostileText,
      reader,
      (counts, pages, scope, who) => {
        const asked = { shown: pages.mine, now: new Date(0), until: new Date(0), scope, command: 'sla' };
        expectPostable(slaAnswer({ counts, ...asked }, who));
      },
    ),
    RUNS,
  );
});

test('rules stay within the limits, whatever the configuration calls its things', () => {
  const severity = fc.constantFrom(...SEVERITIES);
  const side = fc.record({ feed: hostileText, amount: hostileText, date: hostileText });
  const names = fc.array(hostileText, { maxLength: 9 });
  const duplicate = fc.record({ side: fc.constantFrom(...SIDES), same: names, raise: hostileText, severity });
  const pass = fc.record({
    kind: fc.constant('exact' as const),
    name: hostileText,
    expected: names,
    actual: names,
    cardinality: fc.constantFrom(...CARDINALITIES),
  });
  const rule = fc.record({
    id: hostileText,
    expect: fc.constant(expression('abs(diff) <= max(5.00, 2% of expected)')),
    // biome-ignore lint/suspicious/noThenProperty: the word of the spec
    then: fc.constantFrom('auto_resolve' as const, undefined),
    else: maybe(severity),
    reason: hostileText,
    notify: maybe(hostileText),
  });
  const missing = maybe(fc.record({ afterDays: fc.nat(), raise: hostileText, severity }));
  const book = fc.record({
    spec: fc
      .record({
        key: hostileText,
        describes: hostileText,
        compareIn: hostileText,
        expected: side,
        actual: side,
        duplicates: fc.array(duplicate, { maxLength: 9 }),
        find: fc.array(pass, { maxLength: 9 }),
        verify: fc.array(rule, { maxLength: 9 }),
        missing: fc.record({ expected: missing, actual: missing }),
      })
      .map((part) => aSpec(part)),
    version: maybe(fc.record({ number: fc.nat(), recordedAt: instant })),
  });
  fc.assert(
    fc.property(fc.array(book, { maxLength: 5 }), hostileText, reader, (books, typed, who) => {
      expectPostable(rulesAnswer(books, ORGANISATION, who));
      expectPostable(unknownRules({ typed, near: undefined, known: [typed] }, who));
    }),
    RUNS,
  );
});

test('what the doctor says stays within the limits', () => {
  const look = fc.record({
    check: hostileText,
    state: fc.constantFrom('ok', 'skipped', 'failed'),
    detail: hostileText,
    fix: maybe(hostileText),
  });
  const letter = fc.record({
    kind: fc.oneof(fc.constantFrom('card', 'group', 'reply', 'notice', 'digest'), hostileText),
    label: maybe(fc.constant('EX-1042')),
    address: hostileText,
    reason: hostileText,
    attempts: fc.nat(),
    at: instant,
  });
  const checks = fc.array(look, { maxLength: 30 });
  fc.assert(
    fc.property(
      checks,
      fc.array(letter, { maxLength: 30 }),
      fc.nat(),
      reader,
      (found, letters, dead, who) => {
        expectPostable(doctorAnswer({ checks: found, letters, dead }, who));
      },
    ),
    RUNS,
  );
});

test.each(LOCALES)('help is within the limits and names every verb (%s)', (locale) => {
  const help = helpAnswer(readerOf(locale));
  expectPostable(help);
  expect(help.text.match(/^\/recon [a-z-]+/gm)).toHaveLength(15);
});

test('whatever is typed is understood or refused in words that can be shown', () => {
  const typed = fc.oneof(
    hostileText,
    fc
      .tuple(fc.constantFrom('list', 'show', 'order', 'status', 'quarantine', 'rules', 'report'), hostileText)
      .map((parts) => parts.join(' ')),
    fc
      .tuple(
        fc.constantFrom('status', 'type', 'team', 'owner', 'order', 'amount', 'max', 'constructor'),
        hostileText,
      )
      .map(([key, value]) => `list ${key}:${value}`),
  );
  fc.assert(
    fc.property(typed, reader, (text, who) => {
      const parsed = parseReconCommand(text);
      const said = parsed.ok ? 'understood' : refusedCommand(parsed.refusal, who);
      expectPostable(typedWords(said));
    }),
    { numRuns: 1_000 },
  );
});
