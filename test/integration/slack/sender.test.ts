import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { enqueueNotice } from '../../../src/db/outbox/enqueue.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import type { FaultSpec } from '../../../src/local-slack/faults.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { testDatabase } from '../../support/database.ts';
import { CHANNEL, type Story, slackId, startStory } from '../../support/slack-story.ts';

const database = await testDatabase();
let story: Story;

beforeAll(async () => {
  story = await startStory(database.url);
});

afterEach(() => {
  story.slack.faults.clear();
});

afterAll(async () => {
  await story?.stop();
});

const cardsOf = (exceptionId: string) =>
  story.slack
    .messages(CHANNEL)
    .filter((message) => message.metadata?.event_payload.exception_id === exceptionId);

async function opened(order: string): Promise<string> {
  const [id = ''] = await story.open(order);
  return id;
}

const threadUnder = (card: string | undefined) =>
  story.slack.messages(CHANNEL).flatMap(({ threadTs, text }) => (threadTs === card ? [text] : []));

async function claimed(id: string): Promise<void> {
  const ts = cardsOf(id)[0]?.ts ?? '';
  await story.slack.press({ as: slackId('ana'), channel: CHANNEL, ts, actionId: 'claim' });
}

type Row = { status: string; attempts: number; last_error: string | null; sent_revision: number };

async function rowOf(exceptionId: string): Promise<Row | undefined> {
  const { workspaceId } = story.workspace;
  const [row] = await inWorkspace(
    story.sql,
    workspaceId,
    (tx) => tx<Row[]>`
      select status, attempts, last_error, sent_revision from outbox where dedupe_key = ${`card:${exceptionId}`}`,
  );
  return row;
}

const POST = 'chat.postMessage';
const UNKNOWN_OUTCOMES: readonly (readonly [string, FaultSpec])[] = [
  ['the connection breaks after Slack stored it', { kind: 'drop_after_store' }],
  ['Slack stores it and never answers', { kind: 'hang_after_store' }],
  ['Slack stores it and answers 500', { kind: 'status_after_store', status: 500 }],
  ['Slack answers 503 and stores nothing', { kind: 'status', status: 503 }],
  ['Slack answers a web page', { kind: 'html' }],
  ['Slack stores it and says internal_error', { kind: 'error', error: 'internal_error', stored: true }],
  ['Slack says fatal_error and stores nothing', { kind: 'error', error: 'fatal_error', stored: false }],
  ['the connection breaks, and the post arrives later', { kind: 'late_store', ms: 600 }],
];

test.each(UNKNOWN_OUTCOMES)('posts exactly one card when %s', async (_words, fault) => {
  const before = story.slack.messages(CHANNEL).length;
  story.slack.faults.add({ ...fault, method: POST, times: 1 });
  const id = await opened(`PO-${JSON.stringify(fault)}`);
  await story.idle();
  expect(cardsOf(id)).toHaveLength(1);
  expect(story.slack.messages(CHANNEL)).toHaveLength(before + 1);
  expect(await rowOf(id)).toMatchObject({ status: 'sent', sent_revision: 1 });
});

test('a thread line is found again after its answer was lost', async () => {
  const id = await opened('PO-REPLY-LOST');
  await story.idle();
  const ts = cardsOf(id)[0]?.ts;
  story.slack.faults.add({ kind: 'drop_after_store', method: POST, times: 1 });
  await claimed(id);
  await story.idle();
  expect(story.slack.messages(CHANNEL).filter((message) => message.threadTs === ts)).toHaveLength(1);
});

test('an update whose answer was lost ends with the card showing the newest state', async () => {
  const id = await opened('PO-UPDATE-LOST');
  await story.idle();
  story.slack.faults.add({ kind: 'drop_after_store', method: 'chat.update', times: 1 });
  await claimed(id);
  await story.idle();
  expect(cardsOf(id).map((card) => card.text)).toEqual([expect.stringContaining('Claimed by Ana Ruiz')]);
});

test('a rate limit parks its own channel and no other', async () => {
  story.slack.faults.add({
    kind: 'rate_limited',
    method: POST,
    channel: 'media-ops',
    retryAfter: 2,
    times: 1,
  });
  const id = await opened('PO-LIMITED');
  await story.slack.waitFor(() => story.slack.faults.list().length === 0, { what: 'the limit being met' });
  const { workspaceId } = story.workspace;
  const payload = { title: 'To finance', body: 'While the other channel rests', facts: [] };
  const notice = { workspaceId, dedupeKey: 'while-parked', address: 'team:finance', payload };
  await inWorkspace(story.sql, workspaceId, (tx) => enqueueNotice(tx, notice));
  const atFinance = () =>
    story.slack.messages('C0FINANCE').some((message) => message.text.includes('To finance'));
  await story.slack.waitFor(atFinance, { what: 'the notice in the other channel' });
  expect(cardsOf(id)).toHaveLength(0);
  await story.idle();
  expect(cardsOf(id)).toHaveLength(1);
  expect(await rowOf(id)).toMatchObject({ attempts: 1 });
});

test('a layout that Slack refuses is sent as plain text, with the buttons', async () => {
  story.slack.faults.add({ kind: 'error', error: 'invalid_blocks', method: POST, times: 1 });
  const id = await opened('PO-PLAIN');
  await story.idle();
  const [card] = cardsOf(id);
  expect(card?.blocks?.map((block) => block.type)).toEqual(['section', 'actions']);
  expect(card?.text).toContain('PO-PLAIN');
});

test('a card that somebody deleted is posted anew when it changes', async () => {
  const id = await opened('PO-DELETED');
  await story.idle();
  const [card] = cardsOf(id);
  story.slack.admin.deleteMessage(CHANNEL, card?.ts ?? '');
  await claimThroughDatabase(id);
  await story.idle();
  const [fresh] = cardsOf(id);
  expect(fresh?.ts).not.toBe(card?.ts);
  expect(fresh?.text).toContain('Claimed by Ana Ruiz');
  const replies = story.slack.messages(CHANNEL).filter((message) => message.threadTs === fresh?.ts);
  expect(replies.map((reply) => reply.text)).toEqual([
    expect.stringContaining('Ana Ruiz claimed it'),
    'The card was deleted in Slack, so here it is again.',
  ]);
});

test.each<[string, readonly FaultSpec[]]>([
  ['its answer is lost', [{ kind: 'status_after_store', status: 503, method: POST, times: 1 }]],
  ['it cannot be taken away at first', [{ kind: 'status', status: 500, method: 'chat.delete', times: 1 }]],
])(
  'a line that went into the channel because its card is deleted stands once, though %s',
  async (words, faults) => {
    const id = await opened(`PO-STRAY-${words}`);
    await story.idle();
    const [card] = cardsOf(id);
    const before = story.slack.messages(CHANNEL).length;
    story.slack.admin.deleteMessage(CHANNEL, card?.ts ?? '');
    // The card waits for its own answer, so that the line goes first.
    story.slack.faults.add({ kind: 'status', status: 500, method: 'chat.update', times: 1 });
    for (const fault of faults) story.slack.faults.add(fault);
    await claimThroughDatabase(id);
    await story.idle();
    const [fresh] = cardsOf(id);
    const said = story.slack.messages(CHANNEL).filter(({ text }) => text.startsWith('Ana Ruiz claimed it'));
    const ofThis = said.filter(({ threadTs }) => threadTs === fresh?.ts || threadTs === undefined);
    expect(ofThis.map(({ threadTs }) => threadTs)).toEqual([fresh?.ts]);
    // The card again, its line, and the line that says it was deleted.
    expect(story.slack.messages(CHANNEL)).toHaveLength(before + 2);
  },
);

test('a line whose answer was lost stands once, though its card is deleted before anybody looks', async () => {
  const id = await opened('PO-LOST-THEN-DELETED');
  await story.idle();
  const [card] = cardsOf(id);
  story.slack.faults.add({ kind: 'drop_after_store', method: POST, times: 1 });
  await claimThroughDatabase(id);
  const lines = () =>
    story.slack
      .messages(CHANNEL)
      .filter(({ threadTs, text }) => threadTs === card?.ts && text.includes('claimed it'));
  await story.slack.waitFor(() => lines().length === 1, { what: 'the line in the thread' });
  story.slack.admin.deleteMessage(CHANNEL, card?.ts ?? '');
  await stirred(id);
  await story.idle();
  const [fresh] = cardsOf(id);
  expect(fresh?.ts).not.toBe(card?.ts);
  const under = (ts: string | undefined) =>
    story.slack.messages(CHANNEL).filter(({ threadTs }) => threadTs === ts);
  expect(under(fresh?.ts).map(({ text }) => text)).toEqual([
    'The card was deleted in Slack, so here it is again.',
  ]);
  expect(lines()).toHaveLength(1);
});

/** The card has something new to show. */
async function stirred(exceptionId: string): Promise<void> {
  const { workspaceId } = story.workspace;
  await inWorkspace(
    story.sql,
    workspaceId,
    (tx) => tx`
      update outbox set sent_revision = 0, status = 'pending', next_attempt_at = now()
      where dedupe_key = ${`card:${exceptionId}`}`,
  );
  story.app.sender.wake();
}

async function claimThroughDatabase(exceptionId: string): Promise<void> {
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

test('what can never be delivered is given up at once, and is sent when it is wanted again', async () => {
  story.slack.faults.add({ kind: 'error', error: 'cant_update_message', method: POST, times: 1 });
  const id = await opened('PO-DEAD');
  await story.idle();
  expect(await rowOf(id)).toMatchObject({ status: 'dead', last_error: 'cant_update_message', attempts: 1 });
  expect(await story.app.sender.counts()).toMatchObject({ dead: 1 });
  await claimThroughDatabase(id);
  await story.idle();
  expect(cardsOf(id)[0]?.text).toContain('Claimed by Ana Ruiz');
});

test.each(['cant_update_message', 'edit_window_closed'])(
  'a card that Slack will not have changed (%s) is posted anew, and the old one taken away',
  async (error) => {
    const id = await opened(`PO-FIXED-${error}`);
    await story.idle();
    const [card] = cardsOf(id);
    story.slack.faults.add({ kind: 'error', error, method: 'chat.update', times: 1 });
    await claimThroughDatabase(id);
    await story.idle();
    const cards = cardsOf(id);
    expect(cards.map(({ text }) => text)).toEqual([expect.stringContaining('Claimed by Ana Ruiz')]);
    expect(cards[0]?.ts).not.toBe(card?.ts);
    expect(threadUnder(cards[0]?.ts)).toContainEqual(expect.stringContaining('did not let the app change'));
  },
);

test('a card of another bot, which can be neither changed nor taken away, is posted anew beside it', async () => {
  const id = await opened('PO-FOREIGN');
  await story.idle();
  const [card] = cardsOf(id);
  story.slack.faults.add({ kind: 'error', error: 'cant_update_message', method: 'chat.update', times: 1 });
  story.slack.faults.add({ kind: 'error', error: 'cant_delete_message', method: 'chat.delete', times: 1 });
  await claimThroughDatabase(id);
  await story.idle();
  const fresh = cardsOf(id).find(({ ts }) => ts !== card?.ts);
  expect(fresh?.text).toContain('Claimed by Ana Ruiz');
  expect(await rowOf(id)).toMatchObject({ status: 'sent' });
});

test('an update skips what stands already: claiming twice as fast shows the last state once', async () => {
  const id = await opened('PO-FAST');
  await story.idle();
  const updates = () => story.slack.calls().filter((call) => call.method === 'chat.update').length;
  const before = updates();
  story.slack.faults.add({ kind: 'latency', ms: 150, method: 'chat.update' });
  await claimThroughDatabase(id);
  await story.idle();
  story.app.sender.wake();
  await story.idle();
  expect(updates() - before).toBe(1);
});

test('three senders on one database post every card once, and each channel in order', async () => {
  const more = await Promise.all([1, 2].map(() => story.anotherSender()));
  const orders = Array.from({ length: 25 }, (_, index) => `PO-MANY-${String(index).padStart(2, '0')}`);
  const ids = await story.open(...orders);
  await story.idle();
  await Promise.all(more.map((sender) => sender.stop()));
  const shown = story.slack
    .messages(CHANNEL)
    .map((message) => message.metadata?.event_payload.exception_id)
    .filter((id) => ids.includes(String(id)));
  expect(shown).toEqual(ids);
});

test('a token that Slack refuses stops sending and loses nothing', async () => {
  story.slack.faults.add({ kind: 'error', error: 'token_revoked', method: POST, times: 1 });
  const id = await opened('PO-SHUT-OUT');
  await story.slack.waitFor(() => story.app.sender.isShutOut(), { what: 'the sender pausing' });
  expect(await rowOf(id)).toMatchObject({ status: 'pending', last_error: 'token_revoked' });
  expect(story.logLines.join('')).toContain('SLACK_BOT_TOKEN');
});
