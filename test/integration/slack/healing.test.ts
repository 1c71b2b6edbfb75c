import { afterEach, beforeEach, expect, test } from 'vitest';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { testDatabase } from '../../support/database.ts';
import {
  comesTo,
  directTo,
  inStory,
  keeping,
  LANE,
  liveCards,
  lookAfter,
  OVERFLOW,
  PATIENT,
  threadOf,
  withFallback,
} from '../../support/healing.ts';
import { RESOLVING } from '../../support/ledger.ts';
import { CHANNEL, type Story, startStory } from '../../support/slack-story.ts';

const database = await testDatabase();
let story: Story;

beforeEach(async () => {
  story = await startStory(database.url, { organisation: { delivery: PATIENT } });
  await withFallback(story);
});

afterEach(async () => {
  // The next test's workspace is installed in the same Slack team.
  await inStory(story, (tx) => tx`update workspace set slack_team_id = null`);
  await story?.stop();
});

async function posted(order: string): Promise<string> {
  const [id = ''] = await story.open(order);
  await story.idle();
  return id;
}

async function claimed(exceptionId: string): Promise<void> {
  await claimedOnly(exceptionId);
  await story.idle();
}

async function claimedOnly(exceptionId: string): Promise<void> {
  const { workspaceId, people } = story.workspace;
  const personId = people.ana ?? '';
  const acted = await claim(story.sql, {
    workspaceId,
    personId,
    exceptionId,
    version: 1,
    requestKey: exceptionId,
  });
  expect(acted.ok).toBe(true);
}

const laneOf = async () => {
  const [lane] = await inStory(story, (tx) => tx`select reason, stand_in from lane where address = ${LANE}`);
  return lane;
};

const channelsOf = (exceptionId: string): string[] =>
  liveCards(story, exceptionId).map(({ channel }) => channel);

test('in an archived channel a card moves to the fallback, says why it stands there, and goes home when it is unarchived', async () => {
  const id = await posted('PO-ARCHIVED');
  story.slack.admin.archive('media-ops');
  await claimed(id);
  expect(channelsOf(id)).toEqual([OVERFLOW]);
  const [standIn] = liveCards(story, id);
  expect(standIn?.text).toContain('Claimed by Ana Ruiz');
  expect(standIn?.text).toContain('#media-ops takes no messages: it is archived');
  expect(await laneOf()).toMatchObject({ reason: 'archived', stand_in: '#overflow' });

  story.slack.admin.unarchive('media-ops');
  await comesTo(story, () => channelsOf(id), [CHANNEL]);
  expect(liveCards(story, id)[0]?.text).not.toContain('takes no messages');
  expect(await laneOf()).toMatchObject({ reason: null, stand_in: null });
  const left = story.slack.messages(OVERFLOW).filter(({ threadTs }) => threadTs === undefined);
  expect(left.map(({ text }) => text)).toEqual([`This card has moved to <#${CHANNEL}>.`]);
});

test('a line whose answer was lost stands once, though its card goes elsewhere before anybody looks', async () => {
  const id = await posted('PO-LOST-LINE');
  const claims = () =>
    [CHANNEL, OVERFLOW]
      .flatMap((channel) => story.slack.messages(channel))
      .filter(({ threadTs, text }) => threadTs !== undefined && text.includes('claimed it'));
  story.slack.faults.add({ kind: 'drop_after_store', method: 'chat.postMessage', times: 1 });
  await claimedOnly(id);
  await story.slack.waitFor(() => claims().length === 1, { what: 'the line in the thread' });
  story.slack.admin.archive('media-ops');
  await comesTo(story, () => channelsOf(id), [OVERFLOW]);
  expect(claims()).toHaveLength(1);
});

test('an archived channel is noticed within a minute, though nothing changes', async () => {
  const id = await posted('PO-QUIET');
  story.slack.admin.archive('media-ops');
  await comesTo(story, () => channelsOf(id), [OVERFLOW]);
});

test('the lead is told once that the channel is lost, and once that it is back, however many cards there are', async () => {
  const ids = await story.open('PO-1', 'PO-2', 'PO-3');
  await story.idle();
  story.slack.admin.remove('media-ops');
  for (const id of ids) await claimed(id);
  await lookAfter(story);
  const told = () => directTo(story, 'olga').map(({ text }) => text.split('\n')[0]);
  expect(told()).toEqual(['The channel of Media Ops takes no messages']);
  story.slack.admin.invite('media-ops');
  await comesTo(story, () => ids.map(channelsOf), [[CHANNEL], [CHANNEL], [CHANNEL]]);
  expect(told()).toEqual([
    'The channel of Media Ops takes no messages',
    'The channel of Media Ops takes messages again',
  ]);
});

test('a card that comes back takes the message again that it had, so its thread goes on', async () => {
  const id = await posted('PO-BACK');
  const [before] = liveCards(story, id);
  story.slack.admin.remove('media-ops');
  await claimed(id);
  expect(channelsOf(id)).toEqual([OVERFLOW]);
  story.slack.admin.invite('media-ops');
  await comesTo(story, () => channelsOf(id), [CHANNEL]);
  const [after] = liveCards(story, id);
  expect(after?.ts).toBe(before?.ts);
  expect(after?.text).toContain('Claimed by Ana Ruiz');
});

test('the thread says where the card was before, and why', async () => {
  const id = await posted('PO-THREAD');
  story.slack.admin.remove('media-ops');
  await claimed(id);
  const [card] = liveCards(story, id);
  expect(card && threadOf(story, card)).toEqual(
    expect.arrayContaining([
      expect.stringContaining(`The card was in <#${CHANNEL}> before; there, the app is not in it.`),
    ]),
  );
});

test('with the fallback gone too the lead gets the card directly', async () => {
  story.slack.admin.archive('media-ops');
  story.slack.admin.archive('overflow');
  const id = await posted('PO-DIRECT');
  expect(channelsOf(id)).toEqual(['D_OLGA']);
});

test('with nowhere to post, cards wait, are counted, and are sent when a channel works', async () => {
  await inStory(story, (tx) => tx`update team set fallback = '{}', lead_id = null`);
  story.slack.admin.archive('media-ops');
  const id = await posted('PO-PARKED');
  expect(await story.app.sender.counts()).toMatchObject({ waiting: 0, parked: 1, dead: 0 });
  expect(await laneOf()).toMatchObject({ reason: 'archived', stand_in: null });
  story.slack.admin.unarchive('media-ops');
  await comesTo(story, () => channelsOf(id), [CHANNEL]);
  expect(await story.app.sender.counts()).toMatchObject({ waiting: 0, parked: 0, dead: 0 });
});

test('a parked channel is tried by one question, however many messages wait for it', async () => {
  await inStory(story, (tx) => tx`update team set fallback = '{}', lead_id = null`);
  story.slack.admin.archive('media-ops');
  await story.open(...Array.from({ length: 30 }, (_, index) => `PO-WAIT-${index}`));
  await story.idle();
  const before = story.slack.calls().length;
  await lookAfter(story);
  await lookAfter(story);
  expect(story.slack.calls().length - before).toBeLessThanOrEqual(6);
});

test('a deleted card is posted anew within a minute, once, and its thread says so', async () => {
  const id = await posted('PO-DELETED');
  const kept = await posted('PO-KEPT');
  const [before] = liveCards(story, id);
  story.slack.admin.deleteMessage(CHANNEL, before?.ts ?? '');
  await comesTo(story, () => liveCards(story, id).map(({ ts }) => ts !== before?.ts), [true]);
  await lookAfter(story);
  const [card, ...others] = liveCards(story, id);
  expect(others).toEqual([]);
  expect(card?.ts).not.toBe(before?.ts);
  expect(card && threadOf(story, card)).toEqual(['The card was deleted in Slack, so here it is again.']);
  expect(channelsOf(kept)).toEqual([CHANNEL]);
});

test('a deleted card with replies, which leaves a tombstone, is posted anew too', async () => {
  const id = await posted('PO-TOMB');
  await claimed(id);
  const [before] = liveCards(story, id);
  story.slack.admin.deleteMessage(CHANNEL, before?.ts ?? '');
  await comesTo(story, () => channelsOf(id), [CHANNEL]);
});

test('cards of what is settled are not brought back', async () => {
  const id = await posted('PO-SETTLED');
  await settle(id);
  const [card] = liveCards(story, id);
  story.slack.admin.deleteMessage(CHANNEL, card?.ts ?? '');
  await lookAfter(story);
  expect(channelsOf(id)).toEqual([]);
});

async function settle(exceptionId: string): Promise<void> {
  await claimed(exceptionId);
  const { workspaceId, people } = story.workspace;
  const input = {
    workspaceId,
    personId: people.ana ?? '',
    exceptionId,
    version: 2,
    requestKey: `settle-${exceptionId}`,
    code: 'accepted',
    note: '',
    amount: '',
  };
  expect((await resolve(story.sql, input, RESOLVING)).ok).toBe(true);
  await story.idle();
}

test('a rate limit met while looking through a channel puts off the next look', async () => {
  await posted('PO-LIMIT');
  story.slack.faults.add({ kind: 'rate_limited', method: 'conversations.info', retryAfter: 120, times: 1 });
  await lookAfter(story);
  const [lane] = await inStory(
    story,
    (tx) =>
      tx`select patrol_at > now() + interval '100 seconds' as is_later from lane where address = ${LANE}`,
  );
  expect(lane).toEqual({ is_later: true });
});

test('a copy that came late to a channel that was given up is removed', async () => {
  const id = await posted('PO-STRAY');
  const other = await posted('PO-OTHER');
  const [card] = liveCards(story, id);
  story.slack.admin.remove('media-ops');
  await claimed(id);
  await claimed(other);
  story.slack.admin.invite('media-ops');
  await inStory(story, (tx) => tx`delete from remnant`);
  const { text, blocks, metadata } = card ?? {};
  await keeping(story).call('chat.postMessage', { channel: CHANNEL, text, blocks, metadata });
  await comesTo(story, () => channelsOf(id), [CHANNEL]);
});
