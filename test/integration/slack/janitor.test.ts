import { afterAll, beforeAll, expect, test } from 'vitest';
import { inWorkspace } from '../../../src/db/tx.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import type { SenderContext } from '../../../src/slack/sender/context.ts';
import { sweep } from '../../../src/slack/sender/janitor.ts';
import { webApiCaller } from '../../../src/slack/sender/web-api.ts';
import { readerOf } from '../../../src/slack/views/reader.ts';
import { testDatabase } from '../../support/database.ts';
import { BOT_TOKEN, CHANNEL, type Story, startStory } from '../../support/slack-story.ts';

const database = await testDatabase();
let story: Story;
let context: SenderContext;

beforeAll(async () => {
  story = await startStory(database.url);
  context = {
    sql: story.sql,
    workspaceId: story.workspace.workspaceId,
    call: webApiCaller({ token: BOT_TOKEN, apiUrl: story.slack.apiUrl, timeoutMs: 1_000 }),
    readFacts: async () => undefined,
    readGroup: async () => undefined,
    readAgenda: async () => undefined,
    reader: async () => readerOf('en'),
    botUserId: 'U0TIEOUT',
    timing: { timeoutMs: 1_000, settleMs: 0, paceMs: 0 },
    logger: createLogger({ level: 'silent' }),
  };
});

afterAll(async () => {
  await story?.stop();
});

const cardsOf = (exceptionId: string) =>
  story.slack
    .messages(CHANNEL)
    .filter((message) => message.metadata?.event_payload.exception_id === exceptionId);

async function posted(order: string): Promise<{ id: string; ts: string }> {
  const [id = ''] = await story.open(order);
  await story.idle();
  return { id, ts: cardsOf(id)[0]?.ts ?? '' };
}

/** What a post does that Slack stores long after anybody expected it. */
async function copyOf(exceptionId: string): Promise<string> {
  const [card] = cardsOf(exceptionId);
  const { text, blocks, metadata } = card ?? {};
  await context.call('chat.postMessage', { channel: CHANNEL, text, blocks, metadata });
  return cardsOf(exceptionId).at(-1)?.ts ?? '';
}

const inTx = <T>(work: Parameters<typeof inWorkspace<T>>[2]): Promise<T> =>
  inWorkspace(story.sql, story.workspace.workspaceId, work);

const placeOf = (exceptionId: string) =>
  inTx((tx) => tx`select ts, status from outbox where dedupe_key = ${`card:${exceptionId}`}`);

test('a second copy that came late is removed, and the first stays', async () => {
  const { id, ts } = await posted('PO-COPY');
  await copyOf(id);
  await sweep(context);
  expect(cardsOf(id).map((card) => card.ts)).toEqual([ts]);
  expect(await placeOf(id)).toEqual([{ ts, status: 'sent' }]);
});

test('when the record points at the second copy, it points at the first afterwards', async () => {
  const { id, ts } = await posted('PO-SECOND');
  const second = await copyOf(id);
  await inTx((tx) => tx`update outbox set ts = ${second} where dedupe_key = ${`card:${id}`}`);
  await sweep(context);
  expect(cardsOf(id).map((card) => card.ts)).toEqual([ts]);
  expect(await placeOf(id)).toEqual([{ ts, status: 'sent' }]);
});

test('while a sender works on a message its copies are left for the next look', async () => {
  const { id } = await posted('PO-BUSY');
  await copyOf(id);
  const lease = (until: string | null) =>
    inTx(
      (tx) => tx`
        update outbox set lease_token = ${until && id}, lease_until = ${until}, status = ${until ? 'sending' : 'sent'},
          last_attempt_at = now()
        where dedupe_key = ${`card:${id}`}`,
    );
  await lease('2999-01-01T00:00:00Z');
  await sweep(context);
  expect(cardsOf(id)).toHaveLength(2);
  await lease(null);
  await sweep(context);
  expect(cardsOf(id)).toHaveLength(1);
});

test('what names no message of the outbox is nobody’s copy', async () => {
  const { id } = await posted('PO-FOREIGN');
  const metadata = { event_type: 'tieout_card', event_payload: { outbox_id: 'not ours' } };
  const foreign = () => story.slack.messages(CHANNEL).filter((message) => message.text === 'foreign');
  await context.call('chat.postMessage', { channel: CHANNEL, text: 'foreign', metadata });
  await context.call('chat.postMessage', { channel: CHANNEL, text: 'foreign', metadata });
  await sweep(context);
  expect(foreign()).toHaveLength(2);
  expect(cardsOf(id)).toHaveLength(1);
});

test('a channel that was renamed is still reached', async () => {
  await posted('PO-BEFORE-RENAME');
  story.slack.admin.rename(CHANNEL, 'media-operations');
  const { ts } = await posted('PO-AFTER-RENAME');
  expect(ts).not.toBe('');
});
