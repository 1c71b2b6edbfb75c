import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Sql } from '../../../src/db/client.ts';
import { wakeSoon } from '../../../src/db/outbox/wake-soon.ts';

let notified: string[];
let sql: Sql;

beforeEach(() => {
  vi.useFakeTimers();
  notified = [];
  sql = { notify: async (_channel: string, payload: string) => notified.push(payload) } as unknown as Sql;
});

afterEach(() => {
  vi.useRealTimers();
});

it('tells the senders at once', () => {
  wakeSoon(sql, 'one');

  expect(notified).toEqual(['one']);
});

it('tells them once more for all that comes within the pause', () => {
  wakeSoon(sql, 'one');
  wakeSoon(sql, 'one');
  wakeSoon(sql, 'one');
  expect(notified).toEqual(['one']);

  vi.runAllTimers();

  expect(notified).toEqual(['one', 'one']);
});

it('tells of nothing when nothing more came', () => {
  wakeSoon(sql, 'one');

  vi.runAllTimers();

  expect(notified).toEqual(['one']);
});

it('keeps workspaces apart', () => {
  wakeSoon(sql, 'one');
  wakeSoon(sql, 'two');

  expect(notified).toEqual(['one', 'two']);
});

it('takes a database that is away for no reason to fail', async () => {
  const away = { notify: () => Promise.reject(new Error('ECONNREFUSED')) } as unknown as Sql;

  wakeSoon(away, 'one');
  await vi.runAllTimersAsync();

  expect(notified).toEqual([]);
});
