import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { CHANNEL, type Story, slackId, startStory } from '../support/slack-story.ts';

const database = await testDatabase();
let story: Story;

beforeAll(async () => {
  story = await startStory(database.url, { transport: 'socket' });
});

afterAll(async () => {
  await story?.stop();
});

const twoConnections = () =>
  story.slack.waitFor(() => story.slack.connections() === 2, {
    what: 'two open connections',
    within: 15_000,
  });

beforeEach(twoConnections);

async function posted(order: string): Promise<{ id: string; claim: () => Promise<unknown> }> {
  const [id = ''] = await story.open(order);
  await story.idle();
  const card = story.slack
    .messages(CHANNEL)
    .find((message) => message.metadata?.event_payload.exception_id === id);
  const press = { as: slackId('ana'), channel: CHANNEL, ts: card?.ts ?? '', actionId: 'claim' };
  return { id, claim: () => story.slack.press(press) };
}

test.each([
  ['breaks', 'socket_cut'],
  ['is asked to come again', 'socket_refresh'],
] as const)('a press whose connection %s right then claims once and is acknowledged', async (_, kind) => {
  const { id, claim } = await posted(`PO-${kind}`);
  story.slack.faults.add({ kind, times: 1 });
  expect(await claim()).toMatchObject({ status: 200 });
  expect(await story.factsOf(id)).toMatchObject({ status: 'claimed', owner: { name: 'Ana Ruiz' } });
  expect(await story.auditOf(id, 'exception.claim')).toBe(1);
});

test('a press made while every connection is away waits for the first to come back', async () => {
  const { id, claim } = await posted('PO-AWAY');
  expect(story.slack.admin.disconnect('warning')).toBe(2);
  expect(await claim()).toMatchObject({ status: 200 });
  expect(await story.auditOf(id, 'exception.claim')).toBe(1);
});

test('a press that is brought again after its answer was lost changes nothing a second time', async () => {
  const { id, claim } = await posted('PO-AGAIN');
  story.slack.faults.add({ kind: 'socket_cut', times: 2 });
  expect(await claim()).toMatchObject({ status: 200 });
  expect(await story.auditOf(id, 'exception.claim')).toBe(1);
});

test('while Slack opens no connection it keeps trying, and serves when Slack does', async () => {
  story.slack.faults.add({
    kind: 'error',
    error: 'internal_error',
    method: 'apps.connections.open',
    times: 2,
  });
  story.slack.admin.disconnect();
  await story.slack.waitFor(() => story.slack.faults.list().length === 0, {
    what: 'two refused attempts',
    within: 15_000,
  });
  await twoConnections();
  const { id, claim } = await posted('PO-LATER');
  expect(await claim()).toMatchObject({ status: 200 });
  expect(await story.factsOf(id)).toMatchObject({ status: 'claimed' });
});

test('a command and a button that nobody knows are answered', async () => {
  const ana = story.slack.as(slackId('ana'));
  expect(await ana.slash({ channel: CHANNEL, command: '/nothing' })).toMatchObject({
    status: 200,
    body: expect.stringContaining('There is no command'),
  });
});

test('once stopped it holds no connection', async () => {
  await story.app.stop();
  expect(story.slack.connections()).toBe(0);
});
