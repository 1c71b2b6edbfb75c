import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { card, type TestWorkspace, TOKEN, testWorkspace } from './workspace.ts';

let at = 1_800_000_000_000;
let world: TestWorkspace;

beforeAll(async () => {
  world = await testWorkspace({ clock: () => at });
});
afterAll(() => world.stop());

describe('tokens and methods', () => {
  it('answers auth.test with the identity of the app', async () => {
    expect(await world.api('auth.test')).toMatchObject({
      ok: true,
      team_id: 'T1',
      user_id: 'U0APP',
      bot_id: 'B0APP',
    });
  });

  it.each([
    ['no token', {}, 'not_authed'],
    ['another token', { authorization: 'Bearer xoxb-other' }, 'invalid_auth'],
  ])('refuses %s', async (_, headers, error) => {
    const response = await fetch(`${world.slack.apiUrl}auth.test`, { method: 'POST', headers });
    expect([response.status, await response.json()]).toEqual([200, { ok: false, error }]);
  });

  it('takes the token as an argument', async () => {
    const response = await fetch(`${world.slack.apiUrl}auth.test?token=${TOKEN}`);
    expect(await response.json()).toMatchObject({ ok: true });
  });

  it('says unknown_method with status 200', async () => {
    expect(await world.api('chat.shout')).toMatchObject({ status: 200, ok: false, error: 'unknown_method' });
  });

  it('ignores a JSON body where Slack takes forms only, and misses the argument', async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ user: 'U1' });
    const response = await fetch(`${world.slack.apiUrl}users.info`, { method: 'POST', headers, body });
    expect(await response.json()).toMatchObject({ error: 'invalid_arguments' });
  });

  it('takes a JSON body for chat.postMessage', async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json; charset=utf-8' };
    const body = JSON.stringify({ channel: 'C1', text: 'by JSON', blocks: card });
    const response = await fetch(`${world.slack.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
    expect(await response.json()).toMatchObject({ ok: true, message: { text: 'by JSON' } });
  });
});

describe('posting', () => {
  it.each([
    ['id', 'C1', 'C1'],
    ['#name', '#media-ops', 'C1'],
    ['name', 'media-ops', 'C1'],
    ['person', 'U1', 'D1'],
  ])('posts to a channel by %s', async (_, channel, landed) => {
    expect(await world.api('chat.postMessage', { channel, text: 'hi' })).toMatchObject({
      ok: true,
      channel: landed,
    });
  });

  it.each([
    ['an unknown channel', { channel: 'C404', text: 'x' }, 'channel_not_found'],
    ['a channel without the app', { channel: 'C3', text: 'x' }, 'not_in_channel'],
    ['a private channel without the app', { channel: 'C4', text: 'x' }, 'channel_not_found'],
    ['a person who left', { channel: 'U3', text: 'x' }, 'channel_not_found'],
    ['nothing to say', { channel: 'C1' }, 'no_text'],
    ['blocks that are no JSON', { channel: 'C1', blocks: '[{' }, 'invalid_blocks_format'],
    [
      'metadata without a type',
      { channel: 'C1', text: 'x', metadata: { event_payload: {} } },
      'invalid_metadata_format',
    ],
    [
      'metadata that is too large',
      { channel: 'C1', text: 'x', metadata: { event_type: 'a', event_payload: { a: 'x'.repeat(8000) } } },
      'metadata_too_large',
    ],
    ['no channel', { text: 'x' }, 'invalid_arguments'],
  ])('refuses %s', async (_, args, error) => {
    expect(await world.api('chat.postMessage', args)).toMatchObject({ status: 200, ok: false, error });
  });

  it('points at the text that is one character too long', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }];
    expect(await world.api('chat.postMessage', { channel: 'C1', blocks })).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: {
        messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
      },
    });
  });

  it('gives every message its own growing ts while the clock stands still', async () => {
    const sent = await Promise.all(
      Array.from({ length: 20 }, () => world.api('chat.postMessage', { channel: 'C1', text: 'x' })),
    );
    const stamps = sent.map((answer) => String(answer.ts));
    expect(new Set(stamps).size).toBe(20);
    expect(stamps.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true);
  });

  it('cuts a text after 40,000 characters and says so', async () => {
    const answer = await world.api('chat.postMessage', { channel: 'C1', text: 'x'.repeat(40_001) });
    expect(answer.message.text).toHaveLength(40_000);
    expect(answer.response_metadata.warnings).toContain('message_truncated');
  });

  it('answers a reply to a deleted parent with a message of its own', async () => {
    const parent = await world.api('chat.postMessage', { channel: 'C1', text: 'parent' });
    const reply = await world.api('chat.postMessage', { channel: 'C1', text: 'r', thread_ts: parent.ts });
    await world.api('chat.delete', { channel: 'C1', ts: parent.ts });
    const late = await world.api('chat.postMessage', { channel: 'C1', text: 'late', thread_ts: parent.ts });
    expect(reply.message.thread_ts).toBe(parent.ts);
    expect(late.message.thread_ts).toBeUndefined();
  });

  it('answers 429 with Retry-After above the pace, and again posts after the wait', async () => {
    const paced = await testWorkspace({
      clock: () => at,
      limits: { postsPerSecondPerChannel: 1, postBurst: 2 },
    });
    const post = (channel: string) => paced.api('chat.postMessage', { channel, text: 'x' });
    const answers = [await post('C1'), await post('C1'), await post('C1'), await post('C2')];
    at += 1000;
    const later = await post('C1');
    await paced.stop();
    expect(answers.map((a) => [a.status, a.error ?? 'ok', a.retryAfter])).toEqual([
      [200, 'ok', null],
      [200, 'ok', null],
      [429, 'ratelimited', '1'],
      [200, 'ok', null],
    ]);
    expect(later.ok).toBe(true);
  });
});

describe('changing', () => {
  it('removes the blocks when only text is given, and keeps the metadata', async () => {
    const metadata = { event_type: 'tieout_card', event_payload: { id: 'a' } };
    const { ts } = await world.api('chat.postMessage', { channel: 'C1', text: 'a', blocks: card, metadata });
    const changed = await world.api('chat.update', { channel: 'C1', ts, text: 'b' });
    expect(changed.message).toMatchObject({ text: 'b', metadata, edited: { user: 'U0APP' } });
    expect(changed.message.blocks).toBeUndefined();
  });

  it.each([
    ['a message that is not there', { channel: 'C1', ts: '1.000000', text: 'x' }, 'message_not_found'],
    ['a channel by name', { channel: '#media-ops', ts: '1.000000', text: 'x' }, 'channel_not_found'],
  ])('refuses %s', async (_, args, error) => {
    expect(await world.api('chat.update', args)).toMatchObject({ ok: false, error });
  });

  it('takes an update of 4,000 characters and refuses one more', async () => {
    const { ts } = await world.api('chat.postMessage', { channel: 'C1', text: 'a' });
    expect(await world.api('chat.update', { channel: 'C1', ts, text: 'x'.repeat(4000) })).toMatchObject({
      ok: true,
    });
    expect(await world.api('chat.update', { channel: 'C1', ts, text: 'x'.repeat(4001) })).toMatchObject({
      error: 'msg_too_long',
    });
  });

  it('leaves what a person said to that person', async () => {
    const { ts } = world.slack.as('U1').say({ channel: 'C1', text: 'mine' });
    expect(await world.api('chat.update', { channel: 'C1', ts, text: 'x' })).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await world.api('chat.delete', { channel: 'C1', ts })).toMatchObject({
      error: 'cant_delete_message',
    });
  });

  it('calls an archived channel is_archived for a post and is_inactive for an update', async () => {
    const { ts } = await world.api('chat.postMessage', { channel: 'C2', text: 'a' });
    world.slack.admin.archive('finance');
    const post = await world.api('chat.postMessage', { channel: 'C2', text: 'a' });
    const update = await world.api('chat.update', { channel: 'C2', ts, text: 'b' });
    world.slack.admin.unarchive('finance');
    expect([post.error, update.error]).toEqual(['is_archived', 'is_inactive']);
  });
});

describe('ephemeral messages', () => {
  it('are kept for one person, out of the history', async () => {
    const answer = await world.api('chat.postEphemeral', { channel: 'C1', user: 'U1', text: 'psst' });
    const history = await world.api('conversations.history', { channel: 'C1' });
    expect(world.slack.ephemerals('U1').map((m) => m.ts)).toContain(answer.message_ts);
    expect(history.messages.map((m: { text: string }) => m.text)).not.toContain('psst');
  });

  it('are refused for a person outside the channel', async () => {
    expect(await world.api('chat.postEphemeral', { channel: 'C2', user: 'U1', text: 'x' })).toMatchObject({
      error: 'user_not_in_channel',
    });
  });
});

describe('history', () => {
  it('pages newest first without replies, and neither repeats nor skips when posts come between', async () => {
    world.slack.admin.addChannel({ id: 'C9', name: 'pages', members: ['U0APP', 'U1'] });
    for (const text of ['1', '2', '3', '4']) await world.api('chat.postMessage', { channel: 'C9', text });
    const first = await world.api('conversations.history', { channel: 'C9', limit: 2 });
    await world.api('chat.postMessage', { channel: 'C9', text: 'new' });
    const cursor = first.response_metadata.next_cursor;
    const second = await world.api('conversations.history', { channel: 'C9', limit: 2, cursor });
    const texts = [first, second].map((answer) => answer.messages.map((m: { text: string }) => m.text));
    expect(texts).toEqual([
      ['4', '3'],
      ['2', '1'],
    ]);
    expect([first.has_more, second.has_more]).toEqual([true, false]);
  });

  it('leaves out both ends of the window unless inclusive', async () => {
    world.slack.admin.addChannel({ id: 'C8', name: 'window', members: ['U0APP'] });
    const sent = [];
    for (const text of ['a', 'b', 'c'])
      sent.push(await world.api('chat.postMessage', { channel: 'C8', text }));
    const window = { channel: 'C8', oldest: sent[0]?.ts, latest: sent[2]?.ts };
    const open = await world.api('conversations.history', window);
    const closed = await world.api('conversations.history', { ...window, inclusive: true });
    expect([open.messages.length, closed.messages.length]).toEqual([1, 3]);
  });

  it('returns metadata only when asked, and counts replies on the parent', async () => {
    world.slack.admin.addChannel({ id: 'C7', name: 'threads', members: ['U0APP'] });
    const metadata = { event_type: 'card', event_payload: { id: '7' } };
    const parent = await world.api('chat.postMessage', { channel: 'C7', text: 'p', metadata });
    await world.api('chat.postMessage', { channel: 'C7', text: 'r', thread_ts: parent.ts });
    const without = await world.api('conversations.history', { channel: 'C7' });
    const withAll = await world.api('conversations.history', { channel: 'C7', include_all_metadata: true });
    const thread = await world.api('conversations.replies', { channel: 'C7', ts: parent.ts });
    expect(without.messages).toMatchObject([{ text: 'p', reply_count: 1, thread_ts: parent.ts }]);
    expect(without.messages[0].metadata).toBeUndefined();
    expect(withAll.messages[0].metadata).toEqual(metadata);
    expect(thread.messages.map((m: { text: string }) => m.text)).toEqual(['p', 'r']);
  });

  it.each([
    ['invalid_cursor', { channel: 'C1', cursor: 'nonsense' }],
    ['invalid_ts_oldest', { channel: 'C1', oldest: 'yesterday' }],
    ['not_in_channel', { channel: 'C3' }],
  ])('refuses with %s', async (error, args) => {
    expect(await world.api('conversations.history', args)).toMatchObject({ ok: false, error });
  });
});

describe('people and channels', () => {
  it('finds a person by e-mail whatever its case, and no one who left', async () => {
    expect(await world.api('users.lookupByEmail', { email: 'ana@ACME.test' })).toMatchObject({
      user: { id: 'U1' },
    });
    expect(await world.api('users.lookupByEmail', { email: 'old@acme.test' })).toMatchObject({
      error: 'users_not_found',
    });
  });

  it.each([
    ['users.info', { user: 'U404' }, 'user_not_found'],
    ['conversations.info', { channel: 'C4' }, 'channel_not_found'],
    ['conversations.open', { users: 'U404' }, 'user_not_found'],
    ['conversations.open', { users: 'U3' }, 'user_disabled'],
    ['usergroups.users.list', { usergroup: 'S404' }, 'no_such_subteam'],
  ])('%s refuses %j with %s', async (method, args, error) => {
    expect(await world.api(method, args)).toMatchObject({ ok: false, error });
  });

  it('pages through the channels that the app can see', async () => {
    const first = await world.api('conversations.list', {
      types: 'public_channel,private_channel',
      limit: 2,
    });
    const rest = await world.api('conversations.list', {
      types: 'public_channel,private_channel',
      cursor: first.response_metadata.next_cursor,
    });
    const ids = [...first.channels, ...rest.channels].map((channel: { id: string }) => channel.id);
    expect(ids).toEqual(expect.arrayContaining(['C1', 'C2', 'C3']));
    expect(ids).not.toContain('C4');
  });

  it('lets the app join a public channel', async () => {
    world.slack.admin.addChannel({ id: 'C6', name: 'open-door' });
    expect(await world.api('chat.postMessage', { channel: 'C6', text: 'x' })).toMatchObject({
      error: 'not_in_channel',
    });
    await world.api('conversations.join', { channel: 'C6' });
    expect(await world.api('chat.postMessage', { channel: 'C6', text: 'x' })).toMatchObject({ ok: true });
  });

  it('lists the people of a usergroup', async () => {
    expect(await world.api('usergroups.users.list', { usergroup: 'S1' })).toMatchObject({ users: ['U1'] });
  });

  it('refuses the same reaction twice', async () => {
    const { ts } = await world.api('chat.postMessage', { channel: 'C1', text: 'x' });
    const react = () => world.api('reactions.add', { channel: 'C1', timestamp: ts, name: 'eyes' });
    expect([(await react()).ok, (await react()).error]).toEqual([true, 'already_reacted']);
  });
});
