import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { card, modal, plain, type Received, SECRET, type TestWorkspace, testWorkspace } from './workspace.ts';

let at: number;
let world: TestWorkspace;
let ts: string;

const lastPayload = () => world.app.received.at(-1)?.payload ?? {};
const press = (actionId = 'claim', as = 'U1') => world.slack.press({ as, channel: 'C1', ts, actionId });

beforeEach(async () => {
  at = Date.now();
  world = await testWorkspace({ clock: () => at, ackMs: 900, retryDelaysMs: [0, 10, 20] });
  ts = (await world.api('chat.postMessage', { channel: 'C1', text: 'card', blocks: card })).ts;
});
afterEach(() => world.stop());

async function openModal(view: object = modal()): Promise<void> {
  await press();
  const opened = await world.api('views.open', { trigger_id: lastPayload().trigger_id, view });
  expect(opened).toMatchObject({ ok: true });
}

describe('a press', () => {
  it('is delivered signed over the timestamp and the raw body', async () => {
    await press();
    const { headers, body } = world.app.received.at(-1) as Received;
    const timestamp = headers['x-slack-request-timestamp'];
    const expected = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${expected}`);
    expect(Number(timestamp)).toBe(Math.floor(at / 1000));
  });

  it('carries what Slack sends', async () => {
    expect(await press()).toMatchObject({ status: 200, body: '' });
    expect(lastPayload()).toMatchObject({
      type: 'block_actions',
      user: { id: 'U1', username: 'ana', name: 'ana', team_id: 'T1' },
      api_app_id: 'A1',
      container: { type: 'message', message_ts: ts, channel_id: 'C1', is_ephemeral: false },
      team: { id: 'T1', domain: 'acme' },
      enterprise: null,
      is_enterprise_install: false,
      channel: { id: 'C1', name: 'media-ops' },
      message: { ts, text: 'card' },
      state: { values: {} },
      actions: [{ action_id: 'claim', block_id: 'row', type: 'button', value: 'ex-1', text: plain('claim') }],
    });
  });

  it.each([
    ['an error of the app', { status: 500 }, 500],
    ['an answer after the window', { afterMs: 1_500 }, 0],
  ])('shows the person that the app failed on %s', async (_, reply, status) => {
    world.app.answer(reply);
    expect(await press()).toMatchObject({ status, notice: 'This app is not responding.' });
    expect(world.slack.notices('U1')).toMatchObject([{ channel: 'C1', ts }]);
  });

  it('shows the same when nothing listens', async () => {
    world.slack.setRequestUrl('http://127.0.0.1:9/slack/events');
    expect(await press()).toMatchObject({ status: 0, notice: 'This app is not responding.' });
  });

  it('names what can be pressed when the test presses something else', async () => {
    await expect(press('nonsense')).rejects.toThrow('there is: claim, resolve');
  });

  it('works for fifty people at once, each once', async () => {
    const people = Array.from({ length: 50 }, (_, index) => `U5${index}`);
    for (const id of people) {
      world.slack.admin.addUser({ id, handle: id, realName: id, email: `${id}@acme.test`, tz: 'UTC' });
    }
    const results = await Promise.all(people.map((as) => press('claim', as)));
    const pressed = world.app.received.map(({ payload }) => (payload.user as { id: string }).id);
    expect(results.every((result) => result.status === 200)).toBe(true);
    expect(pressed.toSorted()).toEqual(people.toSorted());
  });

  it('can be made on an ephemeral message, which is not sent along', async () => {
    const { message_ts } = await world.api('chat.postEphemeral', {
      channel: 'C1',
      user: 'U1',
      text: 'x',
      blocks: card,
    });
    await world.slack.press({ as: 'U1', channel: 'C1', ts: message_ts, actionId: 'claim' });
    expect(lastPayload()).toMatchObject({ container: { is_ephemeral: true } });
    expect(lastPayload().message).toBeUndefined();
  });
});

describe('a trigger_id', () => {
  const open = () => world.api('views.open', { trigger_id: lastPayload().trigger_id, view: modal() });

  it('opens one view only', async () => {
    await press();
    expect([(await open()).ok, (await open()).error]).toEqual([true, 'exchanged_trigger_id']);
  });

  it('is good for three seconds and no longer', async () => {
    await press();
    at += 3000;
    expect((await open()).ok).toBe(true);
    await press();
    at += 3001;
    expect((await open()).error).toBe('expired_trigger_id');
  });

  it('is refused when it was never given out', async () => {
    const answer = await world.api('views.open', { trigger_id: '1.2.abc', view: modal() });
    expect(answer.error).toBe('invalid_trigger_id');
  });

  it('stays usable after a view that Slack refuses', async () => {
    await press();
    const refused = await world.api('views.open', {
      trigger_id: lastPayload().trigger_id,
      view: { type: 'modal' },
    });
    expect(refused).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: expect.arrayContaining(['[ERROR] missing required field: title [json-pointer:/view]']),
      },
    });
    expect((await open()).ok).toBe(true);
  });
});

describe('a modal', () => {
  it('sends what was filled in, in state.values', async () => {
    await openModal();
    const result = await world.slack.submit({ as: 'U1', values: { note: 'done' } });
    expect(result).toMatchObject({ status: 200, end: 'closed' });
    expect(lastPayload()).toMatchObject({
      type: 'view_submission',
      view: {
        callback_id: 'resolve',
        state: { values: { note: { value: { type: 'plain_text_input', value: 'done' } } } },
      },
    });
    expect(world.slack.openViewOf('U1')).toBeUndefined();
  });

  it('is not sent while a required field is empty, unless the test insists', async () => {
    await openModal();
    const before = world.app.received.length;
    expect(await world.slack.submit({ as: 'U1' })).toMatchObject({
      end: 'stopped',
      errors: { note: 'Please complete this required field.' },
    });
    expect(world.app.received).toHaveLength(before);
    expect(await world.slack.submit({ as: 'U1', unchecked: true })).toMatchObject({ end: 'closed' });
  });

  it.each([
    ['errors', { response_action: 'errors', errors: { note: 'Too short.' } }, 'errors'],
    ['update', { response_action: 'update', view: modal({ callback_id: 'next' }) }, 'updated'],
    ['push', { response_action: 'push', view: modal({ callback_id: 'next' }) }, 'pushed'],
    ['clear', { response_action: 'clear' }, 'cleared'],
    ['nothing', '', 'closed'],
  ])('follows the answer "%s"', async (_, body, end) => {
    await openModal();
    world.app.answer({ body });
    expect(await world.slack.submit({ as: 'U1', values: { note: 'x' } })).toMatchObject({ end });
  });

  it.each([
    ['an error for a block that is not there', { response_action: 'errors', errors: { code: 'x' } }, 'code'],
    ['a view that Slack refuses', { response_action: 'update', view: { type: 'modal' } }, 'title'],
    ['an unknown response_action', { response_action: 'shut' }, 'shut'],
    ['a text', 'ok', 'empty or JSON'],
  ])('reports %s and stays open', async (_, body, detail) => {
    await openModal();
    world.app.answer({ body });
    const result = await world.slack.submit({ as: 'U1', values: { note: 'x' } });
    expect(result).toMatchObject({ end: 'kept', notice: 'We had some trouble connecting. Try again?' });
    expect(world.slack.notices('U1').at(-1)?.detail).toContain(detail);
    expect(world.slack.openViewOf('U1')).toBeDefined();
  });

  it('stacks three views and refuses a fourth', async () => {
    await openModal();
    const answers = [];
    world.app.answer({ body: { response_action: 'push', view: modal() } });
    answers.push(await world.slack.submit({ as: 'U1', values: { note: 'x' } }));
    answers.push(await world.slack.submit({ as: 'U1', values: { note: 'x' } }));
    answers.push(await world.slack.submit({ as: 'U1', values: { note: 'x' } }));
    expect(answers.map((answer) => answer.end)).toEqual(['pushed', 'pushed', 'kept']);
    world.app.answer({});
    await world.slack.press({ as: 'U1', channel: 'C1', ts, actionId: 'claim' });
    const pushed = await world.api('views.push', { trigger_id: lastPayload().trigger_id, view: modal() });
    expect(pushed.error).toBe('push_limit_reached');
  });

  it('is updated by id with the right hash only', async () => {
    await openModal();
    const view = world.slack.openViewOf('U1');
    const update = (hash: string | undefined) =>
      world.api('views.update', { view_id: view?.id, hash, view: modal({ callback_id: 'second' }) });
    expect(await update(view?.hash)).toMatchObject({ ok: true, view: { callback_id: 'second' } });
    expect(await update(view?.hash)).toMatchObject({ error: 'hash_conflict' });
    expect(await world.api('views.update', { view_id: 'V404', view: modal() })).toMatchObject({
      error: 'not_found',
    });
  });

  it('takes 250 kB and refuses more', async () => {
    await press();
    const trigger_id = lastPayload().trigger_id;
    const blocks = Array.from({ length: 90 }, () => ({ type: 'section', text: plain('x'.repeat(2900)) }));
    expect(await world.api('views.open', { trigger_id, view: modal({ blocks }) })).toMatchObject({
      error: 'view_too_large',
    });
  });

  it('tells the app when it is closed, where the app asked', async () => {
    await openModal(modal({ notify_on_close: true }));
    await world.slack.as('U1').close();
    expect(lastPayload()).toMatchObject({
      type: 'view_closed',
      is_cleared: false,
      view: { callback_id: 'resolve' },
    });
    const before = world.app.received.length + 1;
    await openModal();
    await world.slack.as('U1').close();
    expect(world.app.received).toHaveLength(before);
  });

  it('refuses a second view with the same external_id', async () => {
    await openModal(modal({ external_id: 'one' }));
    await press('claim', 'U2');
    const second = await world.api('views.open', {
      trigger_id: lastPayload().trigger_id,
      view: modal({ external_id: 'one' }),
    });
    expect(second.error).toBe('duplicate_external_id');
  });
});

describe('a response_url', () => {
  const answer = (body: object) =>
    fetch(String(lastPayload().response_url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('shows an answer to the one who pressed, and in the channel when asked', async () => {
    await press();
    await answer({ text: 'to you' });
    await answer({ text: 'to all', response_type: 'in_channel' });
    expect(world.slack.ephemerals('U1').map((m) => m.text)).toEqual(['to you']);
    expect(world.slack.messages('C1').map((m) => m.text)).toEqual(['card', 'to all']);
  });

  it('replaces or deletes the original', async () => {
    await press();
    await answer({ replace_original: true, text: 'replaced' });
    expect(world.slack.messages('C1').map((m) => [m.ts, m.text, m.blocks])).toEqual([
      [ts, 'replaced', undefined],
    ]);
    await answer({ delete_original: true });
    expect(world.slack.messages('C1')).toEqual([]);
  });

  it('is good for five uses', async () => {
    await press();
    const statuses = [];
    for (const text of '123456') statuses.push((await answer({ text })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  });

  it('is good for thirty minutes', async () => {
    await press();
    at += 30 * 60_000;
    expect((await answer({ text: 'in time' })).status).toBe(200);
    at += 1;
    const late = await answer({ text: 'late' });
    expect([late.status, await late.json()]).toEqual([404, { ok: false, error: 'expired_url' }]);
  });
});

describe('a slash command', () => {
  const recon = () => world.slack.as('U1').slash({ channel: 'C1', command: '/recon', text: 'status' });

  it('is delivered with its text and shows the answer to the person', async () => {
    world.app.answer({ body: { text: '12 open' } });
    await recon();
    expect(lastPayload()).toMatchObject({
      command: '/recon',
      text: 'status',
      user_id: 'U1',
      channel_id: 'C1',
      team_id: 'T1',
    });
    expect(lastPayload().response_url).toMatch(/^http/);
    expect(world.slack.ephemerals('U1').map((m) => m.text)).toEqual(['12 open']);
  });

  it.each([
    ['dispatch_failed', { status: 500 }],
    ['operation_timeout', { afterMs: 1_500 }],
  ])('shows %s when the app fails', async (code, reply) => {
    world.app.answer(reply);
    expect((await recon()).notice).toBe(`/recon failed with the error "${code}"`);
  });
});

describe('events and App Home', () => {
  it('tells the app that its Home was opened, and shows what it publishes', async () => {
    await world.slack.as('U1').openHome();
    expect(lastPayload()).toMatchObject({
      type: 'event_callback',
      event: { type: 'app_home_opened', user: 'U1', tab: 'home' },
      authorizations: [{ team_id: 'T1', user_id: 'U0APP', is_bot: true }],
    });
    const view = {
      type: 'home',
      blocks: [
        {
          type: 'actions',
          block_id: 'b',
          elements: [{ type: 'button', action_id: 'go', text: plain('Go') }],
        },
      ],
    };
    const published = await world.api('views.publish', { user_id: 'U1', view });
    expect(world.slack.homeOf('U1')?.id).toBe(published.view.id);
    await world.slack.press({ as: 'U1', home: true, actionId: 'go' });
    expect(lastPayload()).toMatchObject({ container: { type: 'view' }, view: { type: 'home' } });
    expect(await world.api('views.publish', { user_id: 'U1', view, hash: 'old' })).toMatchObject({
      error: 'hash_conflict',
    });
  });

  it('sends an event again three times, saying which time and why', async () => {
    world.app.answer({ status: 500 });
    await world.slack.as('U1').openHome();
    const tries = world.app.received.map(({ headers, payload }) => [
      headers['x-slack-retry-num'],
      headers['x-slack-retry-reason'],
      payload.event_id,
    ]);
    const id = world.app.received[0]?.payload.event_id;
    expect(tries).toEqual([
      [undefined, undefined, id],
      ['1', 'http_error', id],
      ['2', 'http_error', id],
      ['3', 'http_error', id],
    ]);
  });
});
