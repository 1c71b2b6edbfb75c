import { afterAll, beforeAll, expect, test } from 'vitest';
import { inWorkspace } from '../../src/db/tx.ts';
import { testDatabase } from '../support/database.ts';
import { CHANNEL, type Story, sendPress, slackId, startStory, TEAM } from '../support/slack-story.ts';

const database = await testDatabase();
let story: Story;
let ids: string[];
const NUMBERS = Array.from({ length: 12 }, (_, index) => `PO-R${String(index).padStart(2, '0')}`);

beforeAll(async () => {
  story = await startStory(database.url);
  ids = await story.open(...NUMBERS);
  await story.idle();
});

afterAll(async () => {
  await story?.stop();
});

const newest = (who: string) => story.slack.ephemerals(slackId(who)).at(-1);

/** Types the command in a channel and returns what only that person sees. */
async function ask(who: string, text: string, channel = CHANNEL) {
  const before = newest(who)?.ts;
  const result = await story.slack.as(slackId(who)).slash({ channel, command: '/recon', text });
  expect(result).toMatchObject({ status: 200 });
  const answer = newest(who);
  expect(answer?.ts).not.toBe(before);
  return { ts: answer?.ts ?? '', text: answer?.text ?? '', blocks: JSON.stringify(answer?.blocks ?? []) };
}

const firstId = (): string => ids[0] ?? '';
const numberOf = async (id: string): Promise<string> => `EX-${(await story.factsOf(id)).number}`;

test('help is the answer to no word, and names every verb', async () => {
  expect((await ask('ana', '')).text).toContain('/recon who-owns PO-1042');
  expect((await ask('ana', 'help')).text).toContain('/recon quarantine');
});

test('a mistyped verb is answered with the one that was meant', async () => {
  expect((await ask('ana', 'stauts')).text).toContain('did you mean "status"?');
});

test('status counts what the person sees, in number and money', async () => {
  const { text } = await ask('ana', 'status');
  expect(text).toContain('12 exceptions, $1,200.00 at stake');
  expect(text).toContain('in Media Ops and what you own');
  expect(text).toContain('Amount differs, open: 12, $1,200.00');
});

test('a member of no team sees nothing, an ops lead sees all', async () => {
  expect((await ask('guest', 'status')).text).toContain('Nothing is open in what you own');
  expect((await ask('guest', 'list')).text).toContain('Nothing matches');
  expect((await ask('guest', `show ${await numberOf(firstId())}`)).text).toContain('that you can see');
  expect((await ask('guest', 'order PO-R00')).text).toContain('Nothing here that you can see');
  expect((await ask('olga', 'list')).text).toContain('12 exceptions');
});

test('a list is ten at a time, and its pages turn in place', async () => {
  const first = await ask('ana', 'list status:open');
  expect(first.text).not.toContain('PO-R11');
  expect(first.text).toContain('page 1 of 2');
  const turned = await story.slack.press({
    as: slackId('ana'),
    channel: CHANNEL,
    ts: first.ts,
    actionId: 'recon_page_1',
  });
  expect(turned).toMatchObject({ status: 200 });
  await story.slack.waitFor(() => newest('ana')?.text.includes('page 2 of 2'), { what: 'the second page' });
  expect(newest('ana')?.ts).toBe(first.ts);
  expect(newest('ana')?.text).toContain('PO-R11');
});

test('a list is narrowed by client and amount, and says which filter it does not know', async () => {
  expect((await ask('ana', 'list client:acme min:100 max:100')).text).toContain('12 exceptions');
  expect((await ask('ana', 'list min:100.01')).text).toContain('Nothing matches');
  expect((await ask('ana', 'list amount:50..100 order:po-r0 owner:nobody')).text).toContain('10 exceptions');
  expect((await ask('ana', 'list client:amce')).text).toContain('You see nothing of a client "amce"');
  expect((await ask('ana', 'list clint:acme')).text).toContain('did you mean "client"?');
  expect((await ask('ana', 'list type:amount_difers')).text).toContain('did you mean "amount_differs"?');
  expect((await ask('ana', 'list acme "media ops" nobody po-r0')).text).toContain('10 exceptions');
  expect((await ask('ana', 'list media_opps')).text).toContain('did you mean "media_ops"?');
});

test('an exception is shown with its buttons, and claiming it there shows the new owner there', async () => {
  const id = firstId();
  const shown = await ask('ana', `show ${await numberOf(id)}`);
  expect(shown.text).toContain('$100.00 more than expected');
  const pressed = { as: slackId('ana'), channel: CHANNEL, ts: shown.ts, actionId: 'claim' };
  expect(await story.slack.press(pressed)).toMatchObject({ status: 200 });
  await story.slack.waitFor(() => newest('ana')?.text.includes('Claimed by Ana Ruiz'), {
    what: 'the claimed card',
  });
  expect(newest('ana')?.ts).toBe(shown.ts);
  expect((await ask('ana', 'mine')).text).toContain('PO-R00');
  expect((await ask('ben', 'who-owns PO-R00')).text).toContain('Ana Ruiz, Media Ops');
});

test('an order is shown with its documents; nobody needs to own what is settled', async () => {
  const { text } = await ask('ben', 'order PO-R05');
  expect(text).toContain('orders expected-PO-R05: $1,000.00');
  expect(text).toContain('invoices actual-PO-R05: $1,100.00');
  expect((await ask('ben', 'who-owns PO-R05')).text).toContain('nobody yet; it is for Media Ops');
  expect((await ask('guest', 'who-owns PO-R05')).text).toContain('With another team: Media Ops');
  expect((await ask('olga', 'order po-r0')).text).toContain('Did you mean PO-R00');
  expect((await ask('ben', 'who-owns PO-NONE')).text).toContain('Nothing here that you can see');
});

test('the latest run, the trail and the quarantine are told', async () => {
  const ran = await ask('ana', 'run');
  expect(ran.text).toContain('applied, started');
  expect(ran.text).toContain('12 expected records, 12 actual records');
  expect(ran.text).toContain('12 exceptions opened');
  expect((await ask('ana', 'audit')).text).toContain('No copy of its end has left the database yet');
  expect((await ask('ana', 'quarantine')).text).toContain('Nothing is kept out');
});

test('somebody unknown is told how to be added, and a switched-off account is told so', async () => {
  expect((await ask('zoe', 'status')).text).toContain('I do not know you here');
  const { sql, workspace } = story;
  await inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx`update person set is_active = false where key = 'ben'`,
  );
  expect((await ask('ben', 'list')).text).toContain('switched off');
});

const typed = (changes: Record<string, string>) =>
  sendPress(
    story.url,
    new URLSearchParams({
      command: '/recon',
      text: 'status',
      team_id: TEAM,
      api_app_id: 'A0TIEOUT',
      user_id: slackId('olga'),
      channel_id: 'D0123',
      channel_name: 'directmessage',
      trigger_id: '1.2.3',
      response_url: 'https://hooks.slack.com/commands/1',
      ...changes,
    }).toString(),
  );

test('answers come, for the person alone, in a direct message and in a private channel without the app', async () => {
  const direct = await typed({});
  expect(await direct.json()).toMatchObject({
    response_type: 'ephemeral',
    text: expect.stringContaining('12 exceptions'),
  });
  const inPrivate = await typed({
    channel_id: 'G0123',
    channel_name: 'privategroup',
    text: 'list min:&lt;5',
  });
  expect(await inPrivate.json()).toMatchObject({
    response_type: 'ephemeral',
    text: expect.stringContaining('is no amount'),
  });
});

test('what no database can hold is answered like any other text', async () => {
  const answered = await typed({ text: 'list client:\u0000' });
  expect(await answered.json()).toMatchObject({ text: expect.stringContaining('nothing of a client') });
});

test('a command of another team or another app reaches nothing', async () => {
  expect((await typed({ team_id: 'T_OTHER' })).status).toBe(403);
  expect((await typed({ api_app_id: 'A_OTHER' })).status).toBe(403);
});

test('nothing of a client’s name is alive in an answer', async () => {
  const { text, blocks } = await ask('olga', 'list');
  expect(text).toContain('Acme');
  expect(text + blocks).not.toContain('<!channel>');
});
