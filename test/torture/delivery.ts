// Kills the app over and over while Slack misbehaves, and counts what was lost or stood in a channel twice.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect, type Sql } from '../../src/db/client.ts';
import { countMessages } from '../../src/db/outbox/count-messages.sql.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import type { FaultSpec } from '../../src/local-slack/faults.ts';
import { claim } from '../../src/pipeline/act/claim.ts';
import { type AppChild, startAppChild } from '../support/app-child.ts';
import type { SeededWorkspace } from '../support/ledger.ts';
import { FALLBACK_LANE, lanesOf, openInLanes, seedLanes } from '../support/many-lanes.ts';
import { startPrivatePostgres } from '../support/private-postgres.ts';
import { type SlackChild, startSlackChild } from '../support/slack-child.ts';
import { compileApp } from './compile-app.ts';

const HELP = `npm run -s torture:delivery -- [--kills 1000] [--cards 3000] [--apps 3]

Posts the cards through several app processes that are killed at random moments, while Slack breaks, hangs, lies and
limits, and people delete cards and archive channels. Prints one JSON line; exit 1 when a message was lost or ever
visible twice.`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    cards: { type: 'string', default: '3000' },
    apps: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
});

const LANES = 8;
const TENDED = 40;
const STARTS = 20;
/**
 * The settle window outlasts what a busy machine may hold up a request for (`slack_stalled_ms` tells): beyond it, a late post is
 * the janitor's work.
 */
const DELIVERY = { timeoutMs: 400, settleMs: 2_000, paceMs: 0 } as const;
const POST = 'chat.postMessage';

/** What happens to one post. A post that is stored late is so within the settle window: later is the janitor's work. */
const FAULTS: readonly FaultSpec[] = [
  { kind: 'drop_after_store' },
  { kind: 'hang_after_store' },
  { kind: 'status_after_store', status: 500 },
  { kind: 'status_after_store', status: 503 },
  { kind: 'status', status: 503 },
  { kind: 'html' },
  { kind: 'error', error: 'internal_error', stored: true },
  { kind: 'error', error: 'fatal_error', stored: false },
  { kind: 'rate_limited', retryAfter: 1 },
  { kind: 'late_store', ms: 250 },
];
/** How often people get in the way, by kill. */
const DELETED = 0.3;
const ARCHIVED = 0.05;

/** How Slack is meanwhile: slow before or after it stores, so that a kill tears a post. */
const USUAL: readonly FaultSpec[] = [
  { kind: 'latency', ms: 60, method: POST },
  { kind: 'hang_after_store', ms: 60, method: POST },
];

const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T;

type Scene = {
  sql: Sql;
  workspace: SeededWorkspace;
  slack: SlackChild;
  databaseUrl: string;
  ids: readonly string[];
  compiled: string;
};

/** An app that serves. One whose first question Slack did not answer in time ends, and is started again, as a supervisor would. */
async function startApp({ databaseUrl, workspace, slack, compiled }: Scene): Promise<AppChild> {
  const { workspaceId } = workspace;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { apiUrl } = slack;
      return await startAppChild({ databaseUrl, workspaceId, apiUrl, compiled, delivery: DELIVERY });
    } catch (error) {
      if (attempt >= STARTS || !String(error).includes('slack_unavailable')) throw error;
    }
  }
}

type Left = { kills: number; total: number; deleted: number; archived: number };

function deleteOne({ slack }: Scene, left: Left): void {
  slack.deleteCard();
  left.deleted += 1;
}

function archiveOne({ slack }: Scene, left: Left): void {
  slack.archive(Math.floor(Math.random() * LANES), 1_000 + Math.random() * 4_000);
  left.archived += 1;
}

/** One app after the other, each killed some moments after it began to serve, until enough were. */
async function killOn(scene: Scene, left: Left): Promise<void> {
  while (left.kills > 0) {
    left.kills -= 1;
    const round = left.kills;
    const app = await startApp(scene);
    scene.slack.fault({ once: { ...pick(FAULTS), method: POST, times: 1 }, usual: pick(USUAL) });
    if (Math.random() < DELETED) deleteOne(scene, left);
    if (Math.random() < ARCHIVED) archiveOne(scene, left);
    await claimOne(scene, round);
    await sleep(Math.random() * 1_000);
    await app.kill();
    if (round % 25 === 0) process.stderr.write(`${left.total - round} of ${left.total} kills\n`);
  }
}

/** Somebody acts meanwhile: the card changes and its thread gets a line. */
async function claimOne({ sql, workspace, ids }: Scene, round: number): Promise<void> {
  const { workspaceId, people } = workspace;
  const input = { workspaceId, personId: people.ana ?? '', exceptionId: pick(ids), version: 1 };
  await claim(sql, { ...input, requestKey: `torture-${round}` });
}

async function drained({ sql, workspace }: Scene): Promise<void> {
  const { workspaceId } = workspace;
  for (;;) {
    const { waiting } = await inWorkspace(sql, workspaceId, (tx) => countMessages(tx, workspaceId));
    if (waiting === 0) return;
    await sleep(200);
  }
}

/** The minute between two looks at a channel is over, as often as it takes until every card is seen to again. */
async function tended(scene: Scene): Promise<void> {
  const { sql, workspace } = scene;
  const { workspaceId } = workspace;
  for (let round = 0; round < TENDED; round += 1) {
    await inWorkspace(
      sql,
      workspaceId,
      (tx) =>
        tx`update lane set patrol_at = now(), patrol_before = null, probe_at = case when reason is null then null else now() end`,
    );
    await sleep(5_000);
    await drained(scene);
    const { lost } = await findings(scene);
    if (lost === 0 && round > 1) return;
  }
}

async function findings({ sql, workspace, slack }: Scene) {
  const { workspaceId } = workspace;
  const rows = await inWorkspace(
    sql,
    workspaceId,
    (tx) =>
      tx<
        { outbox_id: string; kind: string; attempts: number }[]
      >`select outbox_id, kind, attempts from outbox`,
  );
  const report = await slack.report();
  const shown = new Set([...report.cards, ...report.lines]);
  for (const id of report.everTwice) {
    const row = rows.find(({ outbox_id }) => outbox_id === id);
    process.stderr.write(
      `stood twice: ${row?.kind ?? 'a message of no row'} ${id}, ${row?.attempts ?? 0} attempts\n`,
    );
  }
  const lost = (kind: string) => rows.filter((row) => row.kind === kind && !shown.has(row.outbox_id)).length;
  return {
    lines: report.lines.length,
    retried: rows.filter((row) => row.attempts > 1).length,
    lost: lost('card'),
    lines_lost: lost('reply'),
    duplicated: report.cards.length + report.lines.length - shown.size,
    ever_twice: report.everTwice.length,
    slack_stalled_ms: report.stalledMs,
  };
}

/** Half the lanes have somewhere else to post; the others' cards wait while their channel is archived. */
async function giveFallback(sql: Sql, { workspaceId }: SeededWorkspace): Promise<void> {
  await inWorkspace(
    sql,
    workspaceId,
    (tx) => tx`update team set fallback = array[${FALLBACK_LANE}] where key ~ '^lane_[02468]$'`,
  );
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(HELP);
    return;
  }
  const kills = Number(values.kills);
  const perLane = Math.ceil(Number(values.cards) / LANES);
  const lanes = lanesOf(LANES);
  const app = compileApp();
  const started = performance.now();
  const postgres = await startPrivatePostgres();
  const sql = connect({ url: postgres.url, role: 'runs' });
  const slack = await startSlackChild(LANES);
  try {
    const workspace = await seedLanes(sql, lanes);
    const ids = await openInLanes(sql, workspace, { lanes, perLane });
    await giveFallback(sql, workspace);
    const scene: Scene = { sql, workspace, slack, databaseUrl: postgres.url, ids, compiled: app.path };
    const left = { kills, total: kills, deleted: 0, archived: 0 };
    await Promise.all(Array.from({ length: Number(values.apps) }, () => killOn(scene, left)));
    slack.calm();
    const last = await startApp(scene);
    await drained(scene);
    await tended(scene);
    await last.kill();
    const found = await findings(scene);
    const { deleted, archived } = left;
    const seconds = Math.round((performance.now() - started) / 1000);
    console.log(
      JSON.stringify({ cards: ids.length, kills, faults: kills, deleted, archived, ...found, seconds }),
    );
    if (found.lost + found.lines_lost + found.duplicated + found.ever_twice > 0) process.exitCode = 1;
  } finally {
    app.remove();
    await slack.stop();
    await sql.end({ timeout: 5 });
    await postgres.stop();
  }
}

await main();
