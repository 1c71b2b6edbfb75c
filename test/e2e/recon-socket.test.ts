import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { CHANNEL, type Story, slackId, startStory } from '../support/slack-story.ts';

const database = await testDatabase();
let story: Story;

beforeAll(async () => {
  story = await startStory(database.url, { transport: 'socket' });
  await story.open('PO-S1');
  await story.idle();
});

afterAll(async () => {
  await story?.stop();
});

const ana = () => story.slack.as(slackId('ana'));
const shown = (): string => JSON.stringify(story.slack.homeOf(slackId('ana'))?.blocks ?? []);

test('/recon is answered over Socket Mode as over HTTP', async () => {
  await ana().slash({ channel: CHANNEL, command: '/recon', text: 'order PO-S1' });
  const answer = await story.slack.waitFor(() => story.slack.ephemerals(slackId('ana')).at(-1), {
    what: 'the answer',
  });
  expect(answer.text).toContain('invoices actual-PO-S1: $1,100.00');
  expect(answer.blocks).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'header' })]));
});

test('a command that is none of ours is still answered', async () => {
  await ana().slash({ channel: CHANNEL, command: '/reconcile' });
  await story.slack.waitFor(
    () => story.slack.ephemerals(slackId('ana')).at(-1)?.text.includes('There is no command'),
    { what: 'the answer' },
  );
});

test('Home opens over Socket Mode, and arrives although Slack refused it at first', async () => {
  story.slack.faults.add({ kind: 'error', error: 'internal_error', method: 'views.publish', times: 1 });
  await ana().openHome();
  await story.slack.waitFor(() => shown().includes('PO-S1'), { what: 'the Home', within: 15_000 });
});
