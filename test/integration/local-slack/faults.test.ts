import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestWorkspace, testWorkspace } from './workspace.ts';

let world: TestWorkspace;

beforeEach(async () => {
  world = await testWorkspace();
});
afterEach(() => world.stop());

const post = (channel = 'C1') => world.api('chat.postMessage', { channel, text: 'x' });
const stored = () => world.slack.messages('C1').length;

describe('a fault', () => {
  it('breaks the connection after storing', async () => {
    world.slack.faults.add({ kind: 'drop_after_store', method: 'chat.postMessage' });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(stored()).toBe(1);
  });

  it('hangs after storing for as long as it says, then answers', async () => {
    world.slack.faults.add({ kind: 'hang_after_store', ms: 150 });
    const answer = post();
    await world.slack.waitFor(() => stored() === 1, { within: 1000, what: 'the stored message' });
    expect(world.slack.calls()).toEqual([]);
    expect((await answer).ok).toBe(true);
  });

  it('hangs for ever without a time', async () => {
    world.slack.faults.add({ kind: 'hang_after_store' });
    const answer = fetch(`${world.slack.apiUrl}chat.postMessage?token=xoxb-local&channel=C1&text=x`, {
      signal: AbortSignal.timeout(200),
    });
    await expect(answer).rejects.toThrow('timeout');
    expect(stored()).toBe(1);
  });

  it.each([
    ['status_after_store', { kind: 'status_after_store' as const }, 500, 1],
    ['status', { kind: 'status' as const, status: 502 }, 502, 0],
    ['html', { kind: 'html' as const }, 200, 0],
  ])('%s answers no JSON', async (_, fault, status, count) => {
    world.slack.faults.add(fault);
    const response = await fetch(`${world.slack.apiUrl}chat.postMessage?token=xoxb-local&channel=C1&text=x`);
    expect([response.status, stored()]).toEqual([status, count]);
    await expect(response.json()).rejects.toThrow();
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('answers any error code, stored: %s', async (wasStored, count) => {
    world.slack.faults.add({ kind: 'error', error: 'fatal_error', stored: wasStored });
    expect(await post()).toMatchObject({ ok: false, error: 'fatal_error' });
    expect(stored()).toBe(count);
  });

  it('answers 429 with the Retry-After that it was given, even a senseless one', async () => {
    world.slack.faults.add({ kind: 'rate_limited', retryAfter: 'soon' });
    expect(await post()).toMatchObject({ status: 429, error: 'ratelimited', retryAfter: 'soon' });
  });

  it('stores only after the caller was cut off', async () => {
    world.slack.faults.add({ kind: 'late_store', ms: 100 });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(stored()).toBe(0);
    await world.slack.waitFor(() => stored() === 1, { within: 2000, what: 'the late message' });
  });

  it('meets only its method and channel, by id or name', async () => {
    world.slack.faults.add({
      kind: 'error',
      error: 'down',
      method: 'chat.postMessage',
      channel: '#media-ops',
    });
    expect((await post('C1')).error).toBe('down');
    expect((await post('#media-ops')).error).toBe('down');
    expect((await post('C2')).ok).toBe(true);
    expect((await world.api('auth.test')).ok).toBe(true);
  });

  it('goes out after so many calls', async () => {
    world.slack.faults.add({ kind: 'error', error: 'down', times: 2 });
    expect([(await post()).ok, (await post()).ok, (await post()).ok]).toEqual([false, false, true]);
    expect(world.slack.faults.list()).toEqual([]);
  });
});

describe('the log of calls', () => {
  it('has method, arguments without the token, and outcome', async () => {
    await world.api('chat.postMessage', { channel: 'C404', text: 'x', token: 'xoxb-local' });
    expect(world.slack.calls()).toMatchObject([
      {
        method: 'chat.postMessage',
        args: { channel: 'C404', text: 'x' },
        ok: false,
        error: 'channel_not_found',
      },
    ]);
    expect(JSON.stringify(world.slack.calls())).not.toContain('xoxb');
  });
});

describe('over HTTP', () => {
  const faults = (method: string, body?: object, query = '') =>
    fetch(`${world.slack.url}local/faults${query}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });

  it('a fault is added, listed and removed', async () => {
    const { id } = (await (await faults('POST', { kind: 'latency', ms: 5 })).json()) as { id: string };
    expect(await (await faults('GET')).json()).toMatchObject([{ id, kind: 'latency', ms: 5, hits: 0 }]);
    await faults('DELETE', undefined, `?id=${id}`);
    expect(world.slack.faults.list()).toEqual([]);
  });

  it.each([
    [{ kind: 'flood' }, '"kind" must be one of'],
    [{ kind: 'latency', ms: '5' }, '"ms" must be a number'],
    [{ kind: 'latency', delay: 5 }, 'no field "delay"'],
    [{ kind: 'error' }, 'needs the "error" code'],
  ])('%j is refused with a sentence', async (fault, sentence) => {
    const response = await faults('POST', fault);
    expect([response.status, JSON.stringify(await response.json()).replaceAll('\\"', '"')]).toEqual([
      400,
      expect.stringContaining(sentence),
    ]);
  });
});
