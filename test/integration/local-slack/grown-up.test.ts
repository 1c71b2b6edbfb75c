import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { card, type Json, modal, plain, type TestWorkspace, testWorkspace } from './workspace.ts';

let workspace: TestWorkspace;
afterEach(async () => await workspace?.stop());

/** The last event or interaction of a type that the app got. */
const received = (type: string): Json | undefined => {
  const found = workspace.app.received.findLast(
    ({ payload }) => payload.type === type || (payload.event as Json | undefined)?.type === type,
  )?.payload;
  return (found?.event as Json | undefined) ?? found;
};
const told = (type: string) => expect.poll(() => received(type));

describe('what the token may do', () => {
  test('a call without its scope is refused with what is needed and what is there', async () => {
    workspace = await testWorkspace({ app: { scopes: ['chat:write', 'users:read'] } });
    expect(await workspace.api('conversations.history', { channel: 'C1' })).toMatchObject({
      ok: false,
      error: 'missing_scope',
      needed: 'channels:history',
      provided: 'chat:write,users:read',
    });
    expect(
      await workspace.api('conversations.list', { types: 'private_channel,public_channel' }),
    ).toMatchObject({
      needed: 'groups:read,channels:read',
    });
    expect(await workspace.api('conversations.open', { users: 'U1,U2' })).toMatchObject({
      needed: 'mpim:write',
    });
  });

  test('the e-mail address of a person needs a scope of its own', async () => {
    workspace = await testWorkspace({ app: { scopes: ['users:read'] } });
    const { user } = await workspace.api('users.info', { user: 'U1' });
    expect(user.profile).not.toHaveProperty('email');
    expect(user.is_email_confirmed).toBe(true);
  });

  test('a revoked token is refused until the app is installed again, and the app is told', async () => {
    workspace = await testWorkspace({ app: { events: ['tokens_revoked', 'app_uninstalled'] } });
    workspace.slack.admin.revoke();
    expect(await workspace.api('auth.test')).toMatchObject({ error: 'token_revoked' });
    await told('tokens_revoked').toMatchObject({ tokens: { oauth: [], bot: ['U0APP'] } });
    workspace.slack.admin.revoke({ uninstall: true });
    expect(await workspace.api('auth.test')).toMatchObject({ error: 'account_inactive' });
    await told('app_uninstalled').toBeDefined();
    workspace.slack.admin.restore();
    expect(await workspace.api('auth.test')).toMatchObject({ ok: true });
  });
});

test('a method called more often than its tier allows is turned away for as long as it takes', async () => {
  let now = 1_700_000_000_000;
  workspace = await testWorkspace({ limits: { tierScale: 0.1 }, clock: () => now });
  const info = () => workspace.api('conversations.info', { channel: 'C1' });
  const first = await Promise.all([1, 2, 3, 4, 5].map(info));
  expect(first.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
  expect(await info()).toMatchObject({ status: 429, error: 'ratelimited', retryAfter: '12' });
  expect(await workspace.api('users.info', { user: 'U1' })).toMatchObject({ ok: true });
  now += 12_000;
  expect(await info()).toMatchObject({ ok: true });
});

test('a history page is never longer than the workspace allows', async () => {
  workspace = await testWorkspace({ limits: { historyPage: 2 } });
  for (const text of ['one', 'two', 'three']) workspace.slack.as('U1').say({ channel: 'C1', text });
  const page = await workspace.api('conversations.history', { channel: 'C1', limit: 200 });
  expect(page.messages).toHaveLength(2);
  expect(page.has_more).toBe(true);
  const rest = await workspace.api('conversations.history', {
    channel: 'C1',
    cursor: page.response_metadata.next_cursor,
  });
  expect(rest.messages).toMatchObject([{ text: 'one' }]);
});

describe('files', () => {
  test('a file goes up in three steps, and is shared with its comment in a thread', async () => {
    workspace = await testWorkspace();
    const { api, slack } = workspace;
    const { ts } = await api('chat.postMessage', { channel: 'C1', text: 'Report' });
    const bytes = 'a,b\n1,2\n';
    const ticket = await api('files.getUploadURLExternal', { filename: 'week.csv', length: bytes.length });
    expect((await fetch(ticket.upload_url, { method: 'POST', body: bytes })).status).toBe(200);
    expect(
      await api('files.completeUploadExternal', {
        files: [{ id: ticket.file_id, title: 'Week' }],
        channel_id: 'C1',
        thread_ts: ts,
        initial_comment: 'Here it is',
      }),
    ).toMatchObject({ ok: true, files: [{ id: ticket.file_id, title: 'Week' }] });
    const { messages } = await api('conversations.replies', { channel: 'C1', ts });
    expect(messages[1]).toMatchObject({ text: 'Here it is', files: [{ name: 'week.csv', size: 8 }] });
    const file = await fetch(messages[1].files[0].url_private);
    expect([file.headers.get('content-type'), await file.text()]).toEqual(['text/csv', bytes]);
    expect(slack.messages('C1')).toHaveLength(2);
  });

  test('bytes that were not announced are refused, and nothing is shared', async () => {
    workspace = await testWorkspace();
    const ticket = await workspace.api('files.getUploadURLExternal', { filename: 'x.csv', length: 5 });
    expect((await fetch(ticket.upload_url, { method: 'POST', body: 'too many' })).status).toBe(400);
    const files = [{ id: ticket.file_id }];
    expect(await workspace.api('files.completeUploadExternal', { files, channel_id: 'C1' })).toMatchObject({
      error: 'file_not_found',
    });
    expect(await workspace.api('files.getUploadURLExternal', { filename: 'x', length: 0 })).toMatchObject({
      error: 'missing_argument',
    });
  });
});

test('a group conversation is opened once for the same people, and posts reach it', async () => {
  workspace = await testWorkspace({ app: { events: ['message.mpim'] } });
  const { api, slack } = workspace;
  const opened = await api('conversations.open', { users: 'U1,U2' });
  expect(await api('conversations.open', { users: 'U2,U1' })).toMatchObject({
    already_open: true,
    channel: opened.channel,
  });
  const channel = opened.channel.id;
  expect(await api('chat.postMessage', { channel, text: 'Both of you' })).toMatchObject({ ok: true });
  expect(await api('conversations.info', { channel })).toMatchObject({ channel: { is_mpim: true } });
  slack.as('U1').say({ channel, text: 'Hello' });
  await told('message').toMatchObject({ channel_type: 'mpim', text: 'Hello' });
});

test('a menu with searched options asks the app for them', async () => {
  workspace = await testWorkspace();
  const { api, slack, app } = workspace;
  const element = { type: 'external_select', action_id: 'order', min_query_length: 0 };
  const { ts } = await api('chat.postMessage', {
    channel: 'C1',
    text: 'Which?',
    blocks: [{ type: 'actions', block_id: 'row', elements: [element] }],
  });
  app.answer({
    body: { option_groups: [{ label: plain('Open'), options: [{ text: plain('PO-1'), value: '1' }] }] },
  });
  const found = await slack.as('U1').suggest({ channel: 'C1', ts, actionId: 'order', query: 'po' });
  expect(found.suggestions).toEqual([{ value: '1', text: 'PO-1', group: 'Open' }]);
  expect(received('block_suggestion')).toMatchObject({
    action_id: 'order',
    block_id: 'row',
    value: 'po',
    container: { type: 'message', channel_id: 'C1' },
  });
  app.answer({ body: 'nonsense' });
  expect(await slack.as('U1').suggest({ channel: 'C1', ts, actionId: 'order', query: 'po' })).toMatchObject({
    suggestions: [],
    notice: 'The results could not be loaded.',
  });
});

describe('shortcuts', () => {
  const shortcuts = [
    { name: 'Keep', callbackId: 'keep', kind: 'message' as const },
    { name: 'New', callbackId: 'new', kind: 'global' as const },
  ];

  test('one on a message brings the message, a trigger and an address for the answer', async () => {
    workspace = await testWorkspace({ app: { shortcuts } });
    const { slack, api } = workspace;
    const parent = slack.as('U2').say({ channel: 'C1', text: 'Parent' });
    const reply = slack.as('U2').say({ channel: 'C1', text: 'Reply', threadTs: parent.ts });
    await slack.as('U1').shortcut({ callbackId: 'keep', channel: 'C1', ts: reply.ts });
    const action = received('message_action') ?? {};
    expect(action).toMatchObject({
      callback_id: 'keep',
      message_ts: reply.ts,
      message: { text: 'Reply', user: 'U2', thread_ts: parent.ts },
      user: { id: 'U1' },
    });
    await fetch(action.response_url, { method: 'POST', body: JSON.stringify({ text: 'Kept' }) });
    expect(slack.ephemerals('U1')).toMatchObject([{ text: 'Kept', threadTs: parent.ts }]);
    const trigger = action.trigger_id;
    expect(await api('views.open', { trigger_id: trigger, view: modal() })).toMatchObject({ ok: true });
    expect(await api('views.open', { trigger_id: trigger, view: modal() })).toMatchObject({
      error: 'exchanged_trigger_id',
    });
  });

  test('one from anywhere brings only who used it; one that the app has not is impossible', async () => {
    workspace = await testWorkspace({ app: { shortcuts } });
    await workspace.slack.as('U1').shortcut({ callbackId: 'new' });
    expect(received('shortcut')).toMatchObject({ callback_id: 'new', user: { id: 'U1' } });
    await expect(workspace.slack.as('U1').shortcut({ callbackId: 'keep' })).rejects.toThrow(
      'no global shortcut',
    );
  });
});

describe('events', () => {
  const events = [
    'app_mention',
    'message.channels',
    'channel_left',
    'member_left_channel',
    'user_change',
    'channel_rename',
    'channel_archive',
  ];

  test('a mention of the app is told in a channel that it is in, and nowhere else', async () => {
    workspace = await testWorkspace({ app: { events } });
    const { slack, app } = workspace;
    slack.as('U1').say({ channel: 'C3', text: '<@U0APP> not here' });
    const parent = slack.as('U1').say({ channel: 'C1', text: 'Look' });
    slack.as('U1').say({ channel: 'C1', text: '<@U0APP> please', threadTs: parent.ts });
    await told('app_mention').toMatchObject({ user: 'U1', channel: 'C1', thread_ts: parent.ts });
    expect(app.received.filter(({ body }) => body.includes('not here'))).toEqual([]);
  });

  test('changed and deleted messages are told with what they were', async () => {
    workspace = await testWorkspace({ app: { events } });
    const { api, slack } = workspace;
    const { ts } = await api('chat.postMessage', { channel: 'C1', text: 'Card', blocks: card });
    await told('message').toMatchObject({ text: 'Card', bot_id: expect.any(String) });
    await api('chat.update', { channel: 'C1', ts, text: 'Card 2' });
    await told('message').toMatchObject({
      subtype: 'message_changed',
      message: { text: 'Card 2' },
      previous_message: { text: 'Card' },
    });
    slack.admin.deleteMessage('C1', ts);
    await told('message').toMatchObject({
      subtype: 'message_deleted',
      deleted_ts: ts,
      previous_message: { text: 'Card 2' },
    });
  });

  test('the app is told that it was taken out, and of people who changed', async () => {
    workspace = await testWorkspace({ app: { events } });
    const { slack, api } = workspace;
    slack.admin.remove('media-ops');
    await told('channel_left').toMatchObject({ channel: 'C1' });
    await told('member_left_channel').toMatchObject({ user: 'U0APP', channel: 'C1' });
    slack.admin.changeUser('U1', { locale: 'de-DE', tz: 'Europe/Berlin' });
    await told('user_change').toMatchObject({ user: { id: 'U1', locale: 'de-DE' } });
    expect(await api('users.info', { user: 'U1', include_locale: true })).toMatchObject({
      user: { locale: 'de-DE', tz: 'Europe/Berlin' },
    });
    expect((await api('users.info', { user: 'U1' })).user).not.toHaveProperty('locale');
  });
});

test('administrators act by the page’s own interface too', async () => {
  workspace = await testWorkspace();
  const { slack, api } = workspace;
  const ask = async (name: string, body: object) =>
    (
      await fetch(`${slack.url}local/admin/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json();
  expect(await ask('rename', { channel: 'C1', name: 'buying' })).toEqual({ ok: true });
  expect(await api('conversations.info', { channel: 'C1' })).toMatchObject({ channel: { name: 'buying' } });
  expect(await ask('explode', {})).toMatchObject({ error: expect.stringContaining('not "explode"') });
  expect(await ask('archive', {})).toMatchObject({ error: expect.stringContaining('"channel"') });
});

test('a fault can be any answer, with its headers, before or after the call took effect', async () => {
  workspace = await testWorkspace();
  const { slack } = workspace;
  slack.faults.add({
    kind: 'answer',
    method: 'chat.postMessage',
    status: 302,
    headers: { location: 'http://elsewhere.example/' },
    body: 'moved',
    stored: true,
    times: 1,
  });
  const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: 'Bearer xoxb-local', 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'C1', text: 'Stored' }),
  });
  expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://elsewhere.example/']);
  expect(slack.messages('C1')).toMatchObject([{ text: 'Stored' }]);
});

const SPEC = resolve(process.env.TIEOUT_SHARED_DATA ?? '../shared/data', 'slack-spec', 'methods');

/** Calls that each method refuses, with the error that it gives. */
const REFUSED: readonly (readonly [string, object])[] = [
  ['chat.postMessage', { channel: 'C9', text: 'x' }],
  ['chat.postMessage', { channel: 'C1' }],
  ['chat.postMessage', { channel: 'C3', text: 'x' }],
  ['chat.postMessage', { channel: 'C1', text: 'x', blocks: '{' }],
  ['chat.update', { channel: 'C1', ts: '1.2', text: 'x' }],
  ['chat.delete', { channel: 'C1', ts: '1.2' }],
  ['chat.postEphemeral', { channel: 'C1', user: 'U9', text: 'x' }],
  ['chat.getPermalink', { channel: 'C1', message_ts: '1.2' }],
  ['conversations.info', { channel: 'C9' }],
  ['conversations.history', { channel: 'C1', cursor: 'no' }],
  ['conversations.history', { channel: 'C1', oldest: 'no' }],
  ['conversations.list', { types: 'no' }],
  ['conversations.open', { users: 'U3' }],
  ['conversations.open', { users: '' }],
  ['conversations.join', { channel: 'C9' }],
  ['conversations.replies', { channel: 'C1', ts: '1.2' }],
  ['files.getUploadURLExternal', { filename: 'x', length: 0 }],
  ['files.completeUploadExternal', { files: [{ id: 'F9' }] }],
  ['reactions.add', { channel: 'C1', name: 'eyes', timestamp: '1.2' }],
  ['users.info', { user: 'U9' }],
  ['users.lookupByEmail', { email: 'nobody@acme.test' }],
  ['usergroups.users.list', { usergroup: 'S9' }],
  ['views.open', { trigger_id: 'no', view: modal() }],
  ['views.update', { view_id: 'V9', view: modal() }],
  ['views.publish', { user_id: 'U9', view: { type: 'home', blocks: [] } }],
];

test.skipIf(!existsSync(SPEC))(
  'every refusal is one that Slack documents for the method (not run without TIEOUT_SHARED_DATA)',
  async () => {
    workspace = await testWorkspace();
    const given = await Promise.all(
      REFUSED.map(async ([method, args]) => {
        const { error } = await workspace.api(method, args as Json);
        const { errors } = JSON.parse(readFileSync(resolve(SPEC, `${method}.json`), 'utf8'));
        return { method, error, isDocumented: error in { ...errors, invalid_arguments: true } };
      }),
    );
    expect(given.filter(({ isDocumented }) => !isDocumented)).toEqual([]);
  },
);
