import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HistoryLine } from '../../src/core/card.ts';
import { historyOf } from '../../src/db/cards/history.sql.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { testDatabase } from '../support/database.ts';
import { openFlood } from '../support/flood.ts';
import {
  BOT_USER,
  CHANNEL,
  type Story,
  slackId,
  startStory,
  TEAM,
  TRANSPORTS,
} from '../support/slack-story.ts';

const databases = { http: await testDatabase(), socket: await testDatabase() };
let story: Story;

async function posted(order: string): Promise<{ id: string; ts: string; label: string }> {
  const [id = ''] = await story.open(order);
  await story.idle();
  const { number } = await story.factsOf(id);
  const card = story.slack
    .messages(CHANNEL)
    .find((message) => message.metadata?.event_payload.exception_id === id && !message.threadTs);
  return { id, ts: card?.ts ?? '', label: `EX-${number}` };
}

async function notesOf(id: string): Promise<HistoryLine[]> {
  const { workspaceId } = story.workspace;
  const histories = await inWorkspace(story.sql, workspaceId, (tx) => historyOf(tx, workspaceId, [id]));
  return (histories.get(id) ?? []).filter(({ action }) => action === 'exception.note');
}

async function idOf(order: string): Promise<string> {
  const [row] = await inWorkspace(
    story.sql,
    story.workspace.workspaceId,
    (tx) => tx<{ exception_id: string }[]>`select exception_id from exception where order_ref = ${order}`,
  );
  return row?.exception_id ?? '';
}

const told = (who: string, part: string) =>
  story.slack.waitFor(() => story.slack.ephemerals(slackId(who)).at(-1)?.text?.includes(part), {
    what: `${who} being told "${part}"`,
  });
const linesOf = (ts: string) => story.slack.messages(CHANNEL).filter((message) => message.threadTs === ts);
const viewOf = (who: string) =>
  (story.slack.openViewOf(slackId(who))?.blocks ?? []).map((block) => JSON.stringify(block)).join('\n');

describe.each(TRANSPORTS)('over $transport', ({ transport }) => {
  beforeAll(async () => {
    story = await startStory(databases[transport].url, { transport });
  });

  afterAll(async () => {
    await story?.stop();
  });

  test('a reply in the thread that mentions the app is kept as a note, and its writer is told there', async () => {
    const { id, ts, label } = await posted('PO-NOTE');
    const ana = story.slack.as(slackId('ana'));
    await story.slack.press({ as: slackId('ana'), channel: CHANNEL, ts, actionId: 'claim' });
    ana.say({ channel: CHANNEL, threadTs: ts, text: `<@${BOT_USER}> <@${slackId('ana')}> called: 5 &lt; 6` });
    await told('ana', `Kept as a note on ${label}`);

    expect(story.slack.ephemerals(slackId('ana')).at(-1)?.threadTs).toBe(ts);
    expect(await notesOf(id)).toMatchObject([
      {
        actor: { name: 'Ana Ruiz' },
        note: '@Ana Ruiz called: 5 < 6',
        link: expect.stringMatching(/^http/),
        author: undefined,
      },
    ]);
    await story.slack.press({ as: slackId('ben'), channel: CHANNEL, ts, actionId: 'details' });
    expect(viewOf('ben')).toContain('Ana Ruiz noted (“@Ana Ruiz called: 5 &lt; 6”)');
  });

  test('a mention outside a thread, or without words, is answered with what to do', async () => {
    const { id, ts } = await posted('PO-EMPTY');
    const ben = story.slack.as(slackId('ben'));
    ben.say({ channel: CHANNEL, text: `<@${BOT_USER}> please note this` });
    await told('ben', 'in the thread of its card');
    ben.say({ channel: CHANNEL, threadTs: ts, text: `<@${BOT_USER}>` });
    await told('ben', 'There is nothing to keep');
    expect(await notesOf(id)).toEqual([]);
  });

  test('what cannot be kept whole is not kept at all', async () => {
    const { id, ts } = await posted('PO-LONG');
    const text = `<@${BOT_USER}> ${'x'.repeat(3_001)}`;
    story.slack.as(slackId('ana')).say({ channel: CHANNEL, threadTs: ts, text });
    await told('ana', '3000 characters at most');
    expect(await notesOf(id)).toEqual([]);
  });

  test('a long note stands whole in the details', async () => {
    const { id, ts } = await posted('PO-WHOLE');
    const end = 'and this is its end';
    const text = `<@${BOT_USER}> ${'word '.repeat(400)}${end}`;
    story.slack.as(slackId('ana')).say({ channel: CHANNEL, threadTs: ts, text });
    await told('ana', 'Kept as a note');
    expect(await notesOf(id)).toHaveLength(1);
    await story.slack.press({ as: slackId('ana'), channel: CHANNEL, ts, actionId: 'details' });
    expect(viewOf('ana')).toContain(end);
  });

  test('somebody else’s reply is kept from its menu, once, with who wrote it', async () => {
    const { id, ts, label } = await posted('PO-MENU');
    const reply = story.slack
      .as(slackId('ben'))
      .say({ channel: CHANNEL, threadTs: ts, text: 'Acme pays on Friday' });
    const ana = story.slack.as(slackId('ana'));
    const keep = () => ana.shortcut({ callbackId: 'keep_note', channel: CHANNEL, ts: reply.ts });
    expect(await keep()).toMatchObject({ status: 200 });
    await told('ana', `Kept as a note on ${label}`);
    await keep();
    await told('ana', 'is a note on');
    expect(await notesOf(id)).toMatchObject([
      { actor: { name: 'Ana Ruiz' }, author: 'Ben Okafor', note: 'Acme pays on Friday' },
    ]);
  });

  test('a message elsewhere is kept through a form that searches the exception', async () => {
    const { id, ts, label } = await posted('PO-ELSEWHERE');
    const message = story.slack
      .as(slackId('olga'))
      .say({ channel: 'C0FINANCE', text: 'The credit is booked' });
    const ana = story.slack.as(slackId('ana'));
    await ana.shortcut({ callbackId: 'keep_note', channel: 'C0FINANCE', ts: message.ts });
    expect(viewOf('ana')).toContain('Written by Olga Novak');
    const { suggestions } = await ana.suggest({
      actionId: 'value',
      blockId: 'exception',
      query: 'elsewhere',
    });
    expect(suggestions).toEqual([{ value: id, text: expect.stringContaining(label) }]);

    const note = 'The credit is booked';
    expect(await ana.submit({ values: { exception: id, note: ' ' } })).toMatchObject({
      end: 'errors',
      errors: { note: expect.stringContaining('nothing to keep') },
    });
    await ana.submit({ values: { exception: id, note } });
    expect(viewOf('ana')).toContain(`Kept as a note on ${label}`);
    expect(await notesOf(id)).toMatchObject([
      { actor: { name: 'Ana Ruiz' }, author: 'Olga Novak', note: 'The credit is booked' },
    ]);
    await story.idle();
    expect(linesOf(ts).at(-1)?.text).toContain('Ana Ruiz noted (“The credit is booked”, by Olga Novak)');
    await ana.close();
  });

  test('words that were changed in the form are nobody’s but the keeper’s', async () => {
    const { id } = await posted('PO-CHANGED');
    const message = story.slack.as(slackId('olga')).say({ channel: 'C0FINANCE', text: 'I agree' });
    const ana = story.slack.as(slackId('ana'));
    await ana.shortcut({ callbackId: 'keep_note', channel: 'C0FINANCE', ts: message.ts });
    await ana.suggest({ actionId: 'value', blockId: 'exception', query: 'changed' });
    await ana.submit({ values: { exception: id, note: 'I agree to pay everything' } });
    expect(await notesOf(id)).toMatchObject([{ author: undefined, note: 'I agree to pay everything' }]);
    await ana.close();
  });

  test('the search offers nobody what they may not see, and takes nothing else', async () => {
    const { id, label } = await posted('PO-HIDDEN');
    const message = story.slack.as(slackId('guest')).say({ channel: 'C0FINANCE', text: 'Hello' });
    const guest = story.slack.as(slackId('guest'));
    await guest.shortcut({ callbackId: 'keep_note', channel: 'C0FINANCE', ts: message.ts });
    const { suggestions } = await guest.suggest({ actionId: 'value', blockId: 'exception', query: label });
    expect(suggestions).toEqual([]);
    const metadata = { v: 1, channel: 'C0FINANCE', ts: message.ts, author: null, sha256: '0'.repeat(64) };
    const chosen = { type: 'external_select', selected_option: { value: id } };
    const { status } = await story.slack.forge({
      type: 'view_submission',
      team: { id: TEAM },
      user: { id: slackId('guest'), team_id: TEAM },
      api_app_id: 'A0TIEOUT',
      view: {
        id: 'V1',
        callback_id: 'keep_note',
        private_metadata: JSON.stringify(metadata),
        blocks: [],
        state: { values: { exception: { value: chosen }, note: { value: { value: 'mine' } } } },
      },
    });
    expect(status).toBe(200);
    expect(await notesOf(id)).toEqual([]);
    await guest.close();
  });

  test('a message of the app itself is no note', async () => {
    const { id, ts } = await posted('PO-OWN');
    await story.slack.as(slackId('ana')).shortcut({ callbackId: 'keep_note', channel: CHANNEL, ts });
    await told('ana', 'a message of mine');
    expect(await notesOf(id)).toEqual([]);
  });

  test('in the thread of a group, the number says which exception is meant', async () => {
    const alone = await posted('PO-ALONE');
    await openFlood(story.sql, story.workspace, 25);
    await story.idle();
    const id = await idOf('PO-0007');
    const group = story.slack
      .messages(CHANNEL)
      .find(({ metadata }) => metadata?.event_type === 'tieout_group');
    const { number } = await story.factsOf(id);
    const say = (text: string) =>
      story.slack
        .as(slackId('ana'))
        .say({ channel: CHANNEL, threadTs: group?.ts ?? '', text: `<@${BOT_USER}> ${text}` });

    say('the vendor is silent');
    await told('ana', 'with the number of the one you mean');
    say(`${alone.label} is fine`);
    await told('ana', `${alone.label} does not belong to this thread`);
    say(`ex-${number}: the vendor is silent`);
    await told('ana', `Kept as a note on EX-${number}`);
    expect(await notesOf(id)).toMatchObject([{ note: `ex-${number}: the vendor is silent` }]);
    expect(await notesOf(alone.id)).toEqual([]);
  });
});
