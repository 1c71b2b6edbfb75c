import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Journal } from '../../../src/local-slack/journal.ts';
import { card, modal, SECRET, SEED, TOKEN, testWorkspace } from './workspace.ts';

let folder: string;
let stateFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-slack-'));
  stateFile = join(folder, 'state.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('keeps messages, threads, ephemerals, open views, homes and channels over a restart', async () => {
  const first = await testWorkspace({ stateFile });
  const { ts } = await first.api('chat.postMessage', { channel: 'C1', text: 'card', blocks: card });
  await first.api('chat.postMessage', { channel: 'C1', text: 'reply', thread_ts: ts });
  const gone = await first.api('chat.postMessage', { channel: 'C1', text: 'gone' });
  await first.api('chat.delete', { channel: 'C1', ts: gone.ts });
  await first.api('chat.update', { channel: 'C1', ts, text: 'changed', blocks: card });
  await first.api('chat.postEphemeral', { channel: 'C1', user: 'U1', text: 'psst' });
  await first.slack.press({ as: 'U1', channel: 'C1', ts, actionId: 'claim' });
  const trigger_id = first.app.received.at(-1)?.payload.trigger_id;
  await first.api('views.open', { trigger_id, view: modal() });
  await first.api('views.publish', { user_id: 'U1', view: { type: 'home', blocks: [{ type: 'divider' }] } });
  first.slack.admin.rename('finance', 'money');
  const view = first.slack.openViewOf('U1');
  await first.stop();

  const second = await testWorkspace({ stateFile });
  expect(second.slack.messages('C1').map((m) => [m.text, m.threadTs])).toEqual([
    ['changed', undefined],
    ['reply', ts],
  ]);
  expect(second.slack.ephemerals('U1').map((m) => m.text)).toEqual(['psst']);
  expect(second.slack.openViewOf('U1')).toEqual(view);
  expect(second.slack.homeOf('U1')?.type).toBe('home');
  expect((await second.api('conversations.info', { channel: 'C2' })).channel.name).toBe('money');
  const next = await second.api('chat.postMessage', { channel: 'C1', text: 'after' });
  expect(Number(next.ts)).toBeGreaterThan(Number(gone.ts));
  await second.stop();
});

it('compacts at start: deleted rows leave no line behind', () => {
  const journal = new Journal(stateFile);
  const table = journal.table<string>('t');
  for (const value of ['1', '2', '3']) table.put('same', value);
  table.put('other', 'x');
  table.delete('other');
  journal.close();
  new Journal(stateFile).close();
  expect(readFileSync(stateFile, 'utf8')).toBe('{"table":"t","key":"same","value":"3"}\n');
});

it('forgets a last line that was cut short, and keeps writing after it', () => {
  writeFileSync(stateFile, '{"table":"t","key":"a","value":1}\n{"table":"t","ke');
  const journal = new Journal(stateFile);
  journal.table<number>('t').put('b', 2);
  journal.close();
  const again = new Journal(stateFile);
  expect(again.table<number>('t').values()).toEqual([1, 2]);
  again.close();
});

it('refuses a broken line in the middle, naming file and line', () => {
  writeFileSync(stateFile, '{"table":"t","key":"a","value":1}\nrubbish\n');
  appendFileSync(stateFile, '{"table":"t","key":"b","value":2}\n');
  expect(() => new Journal(stateFile)).toThrow(`${stateFile}:2 is not a journal line`);
});

/** The local Slack as its own process; resolves with its addresses once it says that it is ready. */
async function ownProcess(): Promise<{ child: ChildProcess; url: string; apiUrl: string }> {
  const seed = join(folder, 'seed.json');
  writeFileSync(seed, JSON.stringify(SEED));
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', 'src/local-slack/main.ts', '--seed', seed, '--state', stateFile],
      ...['--request-url', 'http://127.0.0.1:9/', '--signing-secret', SECRET, '--bot-token', TOKEN],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)));
  });
  return { child, ...(JSON.parse(line) as { url: string; apiUrl: string }) };
}

const ended = (child: ChildProcess) =>
  new Promise<[number | null, string | null]>((resolve) => child.once('exit', (...how) => resolve(how)));

const call = async (apiUrl: string, method: string, query: string) =>
  (await fetch(`${apiUrl}${method}?token=${TOKEN}&${query}`)).json() as Promise<{
    ts: string;
    messages: { ts: string }[];
  }>;

it('runs as its own process, loses no answered message to kill -9, and ends on SIGTERM', async () => {
  const first = await ownProcess();
  const killed = ended(first.child);
  const sent: string[] = [];
  for (let count = 0; count < 50; count += 1) {
    sent.push((await call(first.apiUrl, 'chat.postMessage', `channel=C1&text=${count}`)).ts);
  }
  first.child.kill('SIGKILL');
  await killed;

  const second = await ownProcess();
  const stopped = ended(second.child);
  const { messages } = await call(second.apiUrl, 'conversations.history', 'channel=C1&limit=100');
  expect(messages.map((message) => message.ts).toReversed()).toEqual(sent);
  second.child.kill('SIGTERM');
  expect(await stopped).toEqual([0, null]);
});
