import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/db/client.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { healthRoutes } from '../../src/http/health.ts';
import { startHttp } from '../../src/http/server.ts';
import { createLogger } from '../../src/observe/logger.ts';
import { testDatabase } from '../support/database.ts';
import {
  CHANNEL,
  pointerTo,
  pressPayload,
  type Story,
  slackId,
  startStory,
  TEAM,
  TRANSPORTS,
} from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
let story: Story;

async function posted(order: string): Promise<{ id: string; ts: string }> {
  const [id = ''] = await story.open(order);
  await story.idle();
  const card = story.slack
    .messages(CHANNEL)
    .find((message) => message.metadata?.event_payload.exception_id === id);
  return { id, ts: card?.ts ?? '' };
}

const ana = slackId('ana');
const wordsToAna = () => story.slack.ephemerals(ana).at(-1)?.text ?? '';

describe.each(TRANSPORTS)('over $transport', ({ transport, failed }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { transport });
  });

  afterAll(async () => {
    await story?.stop();
  });

  test('a press that cannot be kept fails aloud, and the words carry a reference that is in the log', async () => {
    const { id, ts } = await posted('PO-LOCKED');
    const holder = connect({ url: databases[transport].url, role: 'people', max: 1 });
    const { workspaceId } = story.workspace;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let locked = () => {};
    const isLocked = new Promise<void>((resolve) => {
      locked = resolve;
    });
    const lock = inWorkspace(holder, workspaceId, async (tx) => {
      await tx`select from exception where exception_id = ${id} for update`;
      locked();
      await held;
    });
    await isLocked;

    const answer = await story.slack.press({ as: ana, channel: CHANNEL, ts, actionId: 'claim' });
    expect(answer).toMatchObject(failed);
    await story.slack.waitFor(() => wordsToAna().includes('reference'), { what: 'the words' });
    const [, reference = 'none'] = /reference ([0-9a-f]{8})/.exec(wordsToAna()) ?? [];
    expect(story.logLines.filter((line) => line.includes(reference))).toHaveLength(1);
    release();
    await lock;
    await holder.end();

    expect(await story.factsOf(id)).toMatchObject({ status: 'open', version: 1 });
    expect(await story.slack.press({ as: ana, channel: CHANNEL, ts, actionId: 'claim' })).toMatchObject({
      status: 200,
    });
    expect(await story.factsOf(id)).toMatchObject({ status: 'claimed' });
  });

  test.each([
    ['leads elsewhere', () => 'http://169.254.169.254/latest/meta-data/'],
    ['only looks like one of Slack', () => 'https://hooks.slack.com.evil.example/x'],
    ['is used up', () => `${story.slack.url}actions/${TEAM}/unknown`],
    ['is no address', () => 'not an address'],
  ])('when the answer address %s, the person is told by another way', async (what, responseUrl) => {
    const { id } = await posted(`PO-${what}`);
    const before = story.slack.ephemerals(slackId('guest')).length;
    const action = { action_id: 'claim', value: pointerTo(id, 1) };
    const body = pressPayload(action, { user: 'guest', responseUrl: responseUrl() });
    expect((await story.slack.forge(body)).status).toBe(200);
    await story.slack.waitFor(() => story.slack.ephemerals(slackId('guest')).length === before + 1, {
      what: 'the words',
    });
    expect(story.slack.ephemerals(slackId('guest')).at(-1)?.text).toContain('You may not claim this');
    expect(story.slack.calls().at(-1)).toMatchObject({ method: 'chat.postEphemeral', ok: true });
  });

  test('a form whose trigger is too old says so', async () => {
    const { ts } = await posted('PO-LATE');
    await story.slack.press({ as: ana, channel: CHANNEL, ts, actionId: 'claim' });
    await story.idle();
    story.slack.faults.add({ kind: 'error', error: 'expired_trigger_id', method: 'views.open', times: 1 });
    await story.slack.press({ as: ana, channel: CHANNEL, ts, actionId: 'resolve' });
    await story.slack.waitFor(() => wordsToAna().includes('Press the button again'), { what: 'the words' });
  });

  test('readiness tells of the database, of Slack, and counts what waits and what was given up', async () => {
    const logger = createLogger({ level: 'silent' });
    const site = healthRoutes({ sql: story.sql, sender: story.app.sender, logger });
    const http = await startHttp({ port: 0, host: '127.0.0.1', slack: story.app.requestListener, site });
    const ask = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${http.port}${path}`);
      return { status: answer.status, body: await answer.json() };
    };
    expect(await ask('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await ask('/readyz')).toMatchObject({
      status: 200,
      body: {
        status: 'ready',
        checks: { database: { ok: true }, slack: { ok: true } },
        outbox: { waiting: 0, dead: 0 },
      },
    });
    await http.stop();
  });

  test('without its database it is alive and not ready, and a press fails aloud', async () => {
    const { ts } = await posted('PO-DOWN');
    await story.sql.end({ timeout: 1 });
    const site = healthRoutes({
      sql: story.sql,
      sender: story.app.sender,
      logger: createLogger({ level: 'silent' }),
    });
    expect((await site.request('/healthz')).status).toBe(200);
    expect((await site.request('/readyz')).status).toBe(503);
    const answer = await story.slack.press({ as: ana, channel: CHANNEL, ts, actionId: 'claim' });
    expect(answer).toMatchObject(failed);
    await story.slack.waitFor(() => wordsToAna().includes('Nothing was changed'), { what: 'the words' });
  });
});
