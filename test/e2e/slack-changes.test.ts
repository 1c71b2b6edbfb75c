import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { healthRoutes } from '../../src/http/health.ts';
import { createLogger } from '../../src/observe/logger.ts';
import { claim } from '../../src/pipeline/act/claim.ts';
import { testDatabase } from '../support/database.ts';
import { liveCards, OVERFLOW, PATIENT, withFallback } from '../support/healing.ts';
import { CHANNEL, type Story, slackId, startStory, TRANSPORTS } from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
let story: Story;

const posted = async (order: string): Promise<string> => {
  const [id = ''] = await story.open(order);
  await story.idle();
  return id;
};

const standsIn = (exceptionId: string, channel: string) =>
  story.slack.waitFor(
    () =>
      liveCards(story, exceptionId)
        .map((card) => card.channel)
        .join() === channel,
    { what: `the card standing in ${channel}, and nowhere else`, within: 20_000 },
  );

// Everything here is told by Slack's events; nobody looks, and no minute passes.
describe.each(TRANSPORTS)('over $transport, when Slack changes under it', ({ transport }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { transport, organisation: { delivery: PATIENT } });
    await withFallback(story);
  });

  afterAll(async () => {
    await story?.stop();
  });

  test('the cards of an archived channel go to the fallback, and home when it is unarchived', {
    timeout: 60_000,
  }, async () => {
    const id = await posted('PO-ARCHIVED');
    story.slack.admin.archive('media-ops');
    await standsIn(id, OVERFLOW);
    story.slack.admin.unarchive('media-ops');
    await standsIn(id, CHANNEL);
  });

  test('so do those of a channel that the app is taken out of, and invited to again', {
    timeout: 60_000,
  }, async () => {
    const id = await posted('PO-REMOVED');
    story.slack.admin.remove('media-ops');
    await standsIn(id, OVERFLOW);
    story.slack.admin.invite('media-ops');
    await standsIn(id, CHANNEL);
  });

  test('what somebody claimed goes back to the team when their account is deactivated', async () => {
    const exceptionId = await posted('PO-LEFT');
    const { workspaceId, people } = story.workspace;
    const input = { workspaceId, personId: people.ben ?? '', exceptionId, version: 1, requestKey: 'left' };
    expect((await claim(story.sql, input)).ok).toBe(true);
    story.slack.admin.deactivate(slackId('ben'));
    await expect
      .poll(() => story.factsOf(exceptionId), { timeout: 10_000 })
      .toMatchObject({ status: 'open' });
  });

  test('it is ready while Slack can reach it', async () => {
    const { sender, isConnected } = story.app;
    const site = healthRoutes({
      sql: story.sql,
      sender,
      isConnected,
      logger: createLogger({ level: 'silent' }),
    });
    expect((await site.request('/readyz')).status).toBe(200);
    const lost = healthRoutes({
      sql: story.sql,
      sender,
      isConnected: () => false,
      logger: createLogger({ level: 'silent' }),
    });
    expect((await lost.request('/readyz')).status).toBe(503);
  });
});
