import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FaultSpec } from '../../../src/local-slack/faults.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { testDatabase } from '../../support/database.ts';
import { allIds, groupSizes, ordersWithoutInvoice, runFlood } from '../../support/flood.ts';
import { press, putRecords } from '../../support/ledger.ts';
import { CHANNEL, type Story, startStory } from '../../support/slack-story.ts';

const database = await testDatabase();
let story: Story;
let round = 0;

beforeAll(async () => {
  story = await startStory(database.url);
});

beforeEach(async () => {
  round += 1;
  await putRecords(story.sql, story.workspace, ordersWithoutInvoice(25, `R${round}`));
});

afterEach(() => {
  story.slack.faults.clear();
});

afterAll(async () => {
  await story?.stop();
});

/** Another flood, far enough from the one before to be one of its own; its group's id. */
async function flooded(): Promise<string> {
  await runFlood(story.sql, story.workspace, { later: round * 120_000 });
  await story.idle();
  const groups = await groupSizes(story.sql, story.workspace);
  return groups.at(-1)?.group_id ?? '';
}

const cardsOf = (groupId: string) =>
  story.slack.messages(CHANNEL).filter(({ metadata }) => metadata?.event_payload.group_id === groupId);

const claimed = async (order: number): Promise<void> => {
  const ids = await allIds(story.sql, story.workspace);
  const exception_id = ids.at(-order) ?? '';
  const claimedNow = await claim(story.sql, press(story.workspace, 'ana', { exception_id, version: 1 }));
  expect(claimedNow.ok).toBe(true);
};

const UNKNOWN_OUTCOMES: readonly (readonly [string, FaultSpec])[] = [
  ['the connection breaks after Slack stored it', { kind: 'drop_after_store' }],
  ['Slack answers 503 and stores nothing', { kind: 'status', status: 503 }],
  ['Slack stores it and says internal_error', { kind: 'error', error: 'internal_error', stored: true }],
];

test.each(UNKNOWN_OUTCOMES)('a group has exactly one card when %s', async (_words, fault) => {
  story.slack.faults.add({ ...fault, method: 'chat.postMessage', times: 1 });

  expect(cardsOf(await flooded())).toHaveLength(1);
});

test('a group’s card that was deleted in Slack is posted anew with the next change, once', async () => {
  const groupId = await flooded();
  const [card] = cardsOf(groupId);
  story.slack.admin.deleteMessage(CHANNEL, card?.ts ?? '');
  await claimed(1);
  await story.idle();

  expect(cardsOf(groupId)).toMatchObject([{ text: expect.stringContaining('Claimed: 1') }]);
});

test('the newest state stands in the end when the answer to a change was lost', async () => {
  const groupId = await flooded();
  story.slack.faults.add({ kind: 'drop_after_store', method: 'chat.update', times: 1 });
  await claimed(1);
  await story.idle();
  await claimed(2);
  await claimed(3);
  await story.idle();

  expect(cardsOf(groupId)).toMatchObject([
    { text: expect.stringContaining('Claimed: 3'), metadata: { event_payload: { revision: 4 } } },
  ]);
});

test('a layout that Slack refuses is sent as plain text, with the buttons', async () => {
  story.slack.faults.add({ kind: 'error', error: 'invalid_blocks', method: 'chat.postMessage', times: 1 });
  const [card] = cardsOf(await flooded());

  expect(card?.blocks?.map(({ type }) => type)).toEqual(['section', 'actions']);
});

test('a flood is one message in the channel', async () => {
  const before = story.slack.messages(CHANNEL).length;
  await flooded();

  expect(story.slack.messages(CHANNEL)).toHaveLength(before + 1);
});
