import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { card, modal, type TestWorkspace, testWorkspace } from './workspace.ts';

let world: TestWorkspace;
let ts: string;

beforeAll(async () => {
  world = await testWorkspace();
  ts = (await world.api('chat.postMessage', { channel: 'C1', text: 'card', blocks: card })).ts;
});
afterAll(() => world.stop());

const local = (path: string, body?: object, headers: Record<string, string> = {}) =>
  fetch(`${world.slack.url}local/${path}`, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
  });

/** `fetch` sets Host itself, so this asks by hand. */
const asHost = (host: string, path = '/') =>
  new Promise<number | undefined>((resolve, reject) => {
    request({ port: world.slack.port, host: '127.0.0.1', path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('the page', () => {
  it('is HTML under a policy that lets only its own files run', async () => {
    const response = await fetch(world.slack.url);
    const policy = response.headers.get('content-security-policy');
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(await response.text()).toContain('You are');
  });

  it('has every script and style sheet that its files name', async () => {
    const seen = new Set<string>();
    const queue = ['/'];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const response = await fetch(new URL(path, world.slack.url));
      expect([path, response.status]).toEqual([path, 200]);
      seen.add(path);
      const named = (await response.text()).matchAll(
        /(?:href|src)="(\/[\w-]+\.(?:css|js))"|from '\.(\/[\w-]+\.js)'/g,
      );
      queue.push(...[...named].map((match) => match[1] ?? match[2] ?? '').filter((name) => !seen.has(name)));
    }
    expect([...seen]).toEqual(expect.arrayContaining(['/app.js', '/modal.js', '/mrkdwn.js']));
  });

  it('opens the channel of a permalink', async () => {
    const { permalink } = await world.api('chat.getPermalink', { channel: 'C1', message_ts: ts });
    const response = await fetch(permalink, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, `/#channel=C1&message=${ts}`]);
  });
});

describe('who may ask', () => {
  it.each([
    ['127.0.0.1', 200],
    ['localhost', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
  ])('the Host "%s" is answered %i', async (host, status) => {
    expect(await asHost(`${host}:${world.slack.port}`)).toBe(status);
    expect(await asHost(`${host}:${world.slack.port}`, '/local/people')).toBe(status);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }, 403],
    ['no origin to speak of', { origin: 'null' }, 403],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a program', {}, 200],
  ])('a press from %s is answered', async (_, headers, status) => {
    const before = world.app.received.length;
    const response = await local('press', { as: 'U1', channel: 'C1', ts, actionId: 'claim' }, headers);
    expect([response.status, world.app.received.length - before]).toEqual([status, status === 200 ? 1 : 0]);
  });

  it('a press from the page itself is taken', async () => {
    const origin = world.slack.url.replace(/\/$/, '');
    const response = await local('press', { as: 'U1', channel: 'C1', ts, actionId: 'claim' }, { origin });
    expect(response.status).toBe(200);
  });

  it('a form cannot press', async () => {
    const body = JSON.stringify({ as: 'U1', channel: 'C1', ts, actionId: 'claim' });
    const response = await fetch(`${world.slack.url}local/press`, { method: 'POST', body });
    expect(response.status).toBe(400);
  });

  it('an unknown person or button is refused with a sentence', async () => {
    const response = await local('press', { as: 'U404', channel: 'C1', ts, actionId: 'claim' });
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: 'There is no person U404 in this workspace.' },
    ]);
  });
});

describe('what a person sees', () => {
  it('counts unread messages until they are read', async () => {
    const unread = async () => {
      const state = (await (await local('state?as=U2')).json()) as {
        channels: { id: string; unread: number }[];
      };
      return state.channels.find((channel) => channel.id === 'C1')?.unread;
    };
    expect(await unread()).toBe(1);
    await local('read', { as: 'U2', channel: 'C1', ts });
    expect(await unread()).toBe(0);
  });

  it('hides what is for others', async () => {
    await world.api('chat.postEphemeral', { channel: 'C1', user: 'U1', text: 'psst' });
    const texts = async (as: string) => {
      const found = (await (await local(`messages?as=${as}&channel=C1`)).json()) as {
        messages: { text: string }[];
      };
      return found.messages.map((message) => message.text);
    };
    expect(await texts('U1')).toContain('psst');
    expect(await texts('U2')).not.toContain('psst');
    expect((await local('messages?as=U1&channel=C4')).status).toBe(400);
  });

  it('submits a modal through the same endpoints', async () => {
    await local('press', { as: 'U1', channel: 'C1', ts, actionId: 'claim' });
    await world.api('views.open', {
      trigger_id: world.app.received.at(-1)?.payload.trigger_id,
      view: modal(),
    });
    const stopped = await (await local('submit', { as: 'U1', values: {} })).json();
    const closed = await (await local('submit', { as: 'U1', values: { note: { value: 'x' } } })).json();
    expect([stopped, closed]).toMatchObject([{ end: 'stopped' }, { end: 'closed' }]);
  });

  it('is told of changes as they happen, and not of those for others', async () => {
    const stream = await fetch(`${world.slack.url}local/events?as=U1`);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    await world.api('chat.postEphemeral', { channel: 'C1', user: 'U2', text: 'for Ben' });
    await world.api('chat.postMessage', { channel: 'C1', text: 'for all' });
    expect((await reader?.read())?.value).toBe('data: {"kind":"messages","channel":"C1"}\n\n');
    await reader?.cancel();
  });
});
