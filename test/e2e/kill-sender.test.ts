import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '../../src/db/client.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import type { FaultSpec } from '../../src/local-slack/faults.ts';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { testDatabase } from '../support/database.ts';
import { type SeededWorkspace, seedWorkspace } from '../support/ledger.ts';
import { CHANNEL, openExceptions, startStorySlack } from '../support/slack-story.ts';

const database = await testDatabase();
const APP_PROCESS = fileURLToPath(new URL('../support/slack-app-process.ts', import.meta.url));
const KILLS = process.env.TIEOUT_TORTURE === '1' ? 20 : 3;
let sql: Sql;
let workspace: SeededWorkspace;
let slack: LocalSlack;
let child: ChildProcess | undefined;

beforeAll(async () => {
  sql = connect({ url: database.url, role: 'people' });
  workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  slack = await startStorySlack();
});

afterEach(() => {
  child?.kill('SIGKILL');
});

afterAll(async () => {
  await slack?.close();
  await sql?.end({ timeout: 5 });
});

async function startApp(): Promise<ChildProcess> {
  const args = ['--import', 'tsx', APP_PROCESS, database.url, workspace.workspaceId, slack.apiUrl];
  const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(started.stdout ?? started, 'data');
  return started;
}

async function killed(app: ChildProcess): Promise<void> {
  const exit = once(app, 'exit');
  app.kill('SIGKILL');
  await exit;
}

async function waiting(): Promise<number> {
  const rows = await inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx`select outbox_id from outbox where status in ('pending', 'sending')`,
  );
  return rows.length;
}

const cards = () =>
  slack.messages(CHANNEL).filter((message) => message.metadata?.event_type === 'tieout_card');

/** The moments at which a post can be torn: stored but unanswered, answered late, and before it is stored. */
const MOMENTS: readonly FaultSpec[] = [
  { kind: 'hang_after_store', method: 'chat.postMessage', times: 1 },
  { kind: 'latency', ms: 300, method: 'chat.postMessage', times: 1 },
  { kind: 'status_after_store', status: 500, method: 'chat.postMessage', times: 1 },
];

test(`a sender killed ${KILLS} times between Slack's accepting a card and its own commit loses none and posts none twice`, {
  timeout: 20_000 + KILLS * 15_000,
}, async () => {
  const ids: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    child = await startApp();
    slack.faults.add(MOMENTS[kill % MOMENTS.length] as FaultSpec);
    ids.push(...(await openExceptions(sql, workspace, [`PO-KILL-${kill}`])));
    await slack.waitFor(() => slack.faults.list().length === 0, { what: 'the post', within: 10_000 });
    await sleep(5);
    await killed(child);
  }
  child = await startApp();
  await expect.poll(waiting, { timeout: 30_000, interval: 100 }).toBe(0);

  const shown = cards().map((card) => card.metadata?.event_payload.exception_id);
  expect([...shown].sort()).toEqual([...ids].sort());
  expect(cards()).toHaveLength(KILLS);
});
