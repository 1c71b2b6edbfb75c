import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BULK_ACTIONS, CHOSEN_ACTIONS } from '../../src/core/bulk.ts';
import { sumOf } from '../../src/core/group.ts';
import { STATUSES } from '../../src/core/lifecycle.ts';
import { LOCALES } from '../../src/core/locale.ts';
import { messageProblems, viewProblems } from '../../src/local-slack/blocks/surfaces.ts';
import { readListState } from '../../src/slack/guard/bulk-pointer.ts';
import type { Message, View } from '../../src/slack/views/blocks.ts';
import { confirmView } from '../../src/slack/views/bulk-confirm.ts';
import { chooseView, groupListView } from '../../src/slack/views/bulk-list.ts';
import { renderBulkNotice } from '../../src/slack/views/bulk-notice.ts';
import { writeListState } from '../../src/slack/views/bulk-pointer.ts';
import { bulkFaultView, resultView, workingView } from '../../src/slack/views/bulk-result.ts';
import { minimalGroup, renderGroup } from '../../src/slack/views/group.ts';
import { moneyFor, readerOf } from '../../src/slack/views/reader.ts';
import { hostileText } from '../support/hostile.ts';

/** Mentions, links and special commands that would be alive, other than the dates we write ourselves. */
const ALIVE = /<(?!!date\^\d+\^\{date_short_pretty\} \{time\}\|)[^\n]?/;
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b-\u200f]/u;

/** Every text anywhere in a payload but what only we read; line feeds are ours. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value.replaceAll('\n', '')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'private_metadata' || key === 'initial_value' ? [] : textsIn(inner),
  );
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

function expectShowable(view: View): void {
  expect(viewProblems(view, ['modal'])).toEqual([]);
  expectInert(view);
}

const readers = fc.constantFrom(...LOCALES).map((locale) => readerOf(locale));
const money = fc.record({
  minor: fc.bigInt({ min: 1n, max: 10n ** 15n }), // without money there is no amount to name
  currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
});
const instant = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
const person = fc.record({ personId: fc.uuid(), name: hostileText });
const item = fc.record({
  exceptionId: fc.uuid(),
  number: fc.integer({ min: 1, max: 999_999_999 }),
  version: fc.integer({ min: 1, max: 1_000 }),
  status: fc.constantFrom(...STATUSES),
  owner: fc.option(person, { nil: undefined }),
  client: fc.option(hostileText, { nil: undefined }),
  orderRef: fc.option(hostileText, { nil: undefined }),
  atStake: money,
  dueAt: instant,
});
const items = fc.uniqueArray(item, { maxLength: 130, selector: ({ number }) => number });
const sum = fc.record({ count: fc.nat(), money: fc.array(money, { maxLength: 6 }) });
const group = fc.record({
  groupId: fc.uuid(),
  revision: fc.integer({ min: 1, max: 1_000_000 }),
  type: hostileText,
  team: fc.record({ key: fc.constant('team'), name: hostileText }),
  openedAt: instant,
  tally: fc
    .array(fc.tuple(sum, fc.constantFrom(...STATUSES)), { maxLength: 6 })
    .map((all) => all.map(([each, status]) => ({ ...each, status }))),
  owners: fc.array(fc.record({ name: hostileText, count: fc.nat() }), { maxLength: 5 }),
  ownerCount: fc.nat({ max: 50 }),
  top: fc.array(item, { maxLength: 5 }),
  firstDueAt: fc.option(instant, { nil: undefined }),
});
const state = fc.record({
  groupId: fc.uuid(),
  page: fc.nat({ max: 5 }),
  text: hostileText.map((text) => text.slice(0, 100)),
  min: hostileText.map((text) => text.slice(0, 20)),
  ticked: fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 200 }),
});
const codes = [
  { code: 'accepted', label: 'Accepted', types: [], note: 'optional', amount: 'optional' },
  { code: 'written_off', label: 'Written off', types: [], note: 'required', amount: 'required' },
] as const;
const RUNS = { numRuns: 150 };

test('a group’s card stays within the limits and has nothing alive in it, whatever the sources say', () => {
  fc.assert(
    fc.property(group, readers, (facts, reader) => {
      const message = renderGroup(facts, reader);
      expectPostable(message);
      expectPostable(minimalGroup(message));
    }),
    RUNS,
  );
});

test('the fallback text of a group has its count, its money and its largest, in every language', () => {
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 4 }), readers, (all, reader) => {
      const open = all.map((each) => ({
        ...each,
        status: 'open' as const,
        client: 'Acme',
        orderRef: 'PO-7',
      }));
      const { text } = renderGroup(
        {
          groupId: 'g',
          revision: 1,
          type: 'missing_invoice',
          team: { key: 'media', name: 'Media Ops' },
          openedAt: new Date(0),
          tally: [{ status: 'open', ...sumOf(open) }],
          owners: [],
          ownerCount: 0,
          top: open,
          firstDueAt: new Date(0),
        },
        reader,
      );
      expect(text).toContain(`${open.length} × `);
      for (const amount of sumOf(open).money) expect(text).toContain(moneyFor(amount, reader));
      for (const { number } of open) expect(text).toContain(`EX-${number}`);
      expect(text).toContain('Media Ops');
    }),
    RUNS,
  );
});

test('a group’s list stays within the limits on every page, to look and to choose', () => {
  fc.assert(
    fc.property(items, state, readers, (all, at, reader) => {
      expectShowable(groupListView(all, { state: { ...at, action: 'list' }, reader }));
      for (const action of CHOSEN_ACTIONS)
        expectShowable(chooseView(all, { state: { ...at, action }, reader }));
    }),
    { numRuns: 60 },
  );
});

test('a list’s form remembers where somebody is', () => {
  fc.assert(
    fc.property(state, (at) => {
      const ticked = [...new Set(at.ticked)].sort((a, b) => a - b);
      expect(readListState(writeListState({ ...at, action: 'claim' }))).toEqual({
        ...at,
        ticked,
        action: 'claim',
      });
    }),
    RUNS,
  );
});

test('the forms that ask to confirm, and what answers them, stay within the limits', () => {
  const colleagues = fc.array(
    fc.record({ key: fc.constant('ben'), name: hostileText, isOwnTeam: fc.boolean() }),
    {
      maxLength: 120,
    },
  );
  const asked = fc.record({
    bulkId: fc.uuid(),
    type: hostileText,
    teamName: hostileText,
    items,
    colleagues,
    personId: fc.uuid(),
  });
  const action = fc.constantFrom(...BULK_ACTIONS);
  fc.assert(
    fc.property(asked, action, readers, (given, what, reader) => {
      expectShowable(confirmView({ ...given, action: what, codes }, reader));
      const results = given.items.map((each, index) => ({
        ...each,
        outcome:
          index % 3 === 0
            ? ({ ok: true } as const)
            : ({
                ok: false,
                refusal: {
                  code: 'already_claimed',
                  ownerName: each.owner?.name ?? '',
                  since: each.dueAt,
                  isYou: false,
                },
              } as const),
      }));
      expectShowable(resultView({ action: what, items: results }, reader));
      expectShowable(workingView(given.items.length, reader));
      expectShowable(bulkFaultView('0a1b2c3d', reader));
    }),
    { numRuns: 60 },
  );
});

test('what a bulk action tells others stays within the limits and has nothing alive in it', () => {
  const bulk = fc.record({
    id: fc.uuid(),
    what: fc.constantFrom('offered', 'withdrawn', 'taken', 'declined', 'done'),
    type: hostileText,
    byName: hostileText,
    count: fc.nat(),
    money: fc.array(
      money.map(({ minor, currency }) => ({ minor: minor.toString(), currency })),
      { maxLength: 4 },
    ),
    note: fc.option(hostileText, { nil: null }),
    until: fc.option(
      instant.map((at) => at.toISOString()),
      { nil: null },
    ),
    refused: fc.nat(),
  });
  fc.assert(
    fc.property(bulk, readers, (told, reader) => expectPostable(renderBulkNotice({ bulk: told }, reader))),
    RUNS,
  );
});
