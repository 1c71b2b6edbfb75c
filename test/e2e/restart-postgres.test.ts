import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCardFacts } from '../../src/db/cards/card-facts.sql.ts';
import { connect, type Sql } from '../../src/db/client.ts';
import { asAdmin } from '../../src/db/databases.ts';
import { countMessages } from '../../src/db/outbox/count-messages.sql.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { renderCard } from '../../src/slack/views/card.ts';
import { readerOf } from '../../src/slack/views/reader.ts';
import { type AppChild, startAppChild } from '../support/app-child.ts';
import { type SeededWorkspace, seedWorkspace } from '../support/ledger.ts';
import { type PressRecorder, startPressRecorder } from '../support/press-recorder.ts';
import { addCrowd, type PressingCrowd, startPressing } from '../support/pressing-crowd.ts';
import { type PrivatePostgres, startPrivatePostgres } from '../support/private-postgres.ts';
import { CHANNEL, openExceptions, startStorySlack } from '../support/slack-story.ts';

const RESTARTS = process.env.TIEOUT_TORTURE === '1' ? 10 : 3;
const CROWD = 18;
/** As the out-of-memory killer does it, as an operator's "immediate" shutdown, and for longer than a press may take. */
const OUTAGES = [
  { signal: 'SIGKILL', downMs: 300 },
  { signal: 'SIGQUIT', downMs: 300 },
  { signal: 'SIGKILL', downMs: 3_500 },
] as const;
const ORDERS = Array.from({ length: 24 }, (_, index) => `PO-RESTART-${index}`);

let postgres: PrivatePostgres;
let sql: Sql;
let workspace: SeededWorkspace;
let slack: LocalSlack;
let app: AppChild;
let recorder: PressRecorder;
let crowd: PressingCrowd;
let people: string[];
let ids: string[];

beforeAll(async () => {
  postgres = await startPrivatePostgres();
  sql = connect({ url: postgres.url, role: 'people' });
  workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  people = await addCrowd(sql, workspace.workspaceId, CROWD);
  slack = await startStorySlack({ crowd: CROWD });
  ids = await openExceptions(sql, workspace, ORDERS);
  const { workspaceId } = workspace;
  app = await startAppChild({ databaseUrl: postgres.url, workspaceId, apiUrl: slack.apiUrl });
  recorder = await startPressRecorder(app.url);
  slack.setRequestUrl(recorder.url);
});

afterAll(async () => {
  await crowd?.stop();
  await app?.kill();
  await recorder?.stop();
  await slack?.close();
  await sql?.end({ timeout: 5 });
  await postgres?.stop();
});

const waiting = async () =>
  (await inWorkspace(sql, workspace.workspaceId, (tx) => countMessages(tx, workspace.workspaceId))).waiting;

/** Sessions of the app that listen; the tests' own pools never do. */
const listening = () =>
  asAdmin(
    postgres.adminUrl,
    (admin) => admin`select from pg_stat_activity where query like 'listen "tieout_outbox"%'`,
  );

const acknowledged = () => recorder.heard.filter((press) => press.status === 200);

async function moreAcknowledged(count: number): Promise<void> {
  const before = acknowledged().length;
  await slack.waitFor(() => acknowledged().length >= before + count, {
    what: `${count} more presses being acknowledged\n${app.output()}`,
    within: 15_000,
  });
}

/** Presses that were acknowledged and are not on the record exactly once: accepted ones by their audit event. */
async function lostPresses(): Promise<string[]> {
  const keys = acknowledged().map((press) => press.requestKey);
  const { workspaceId } = workspace;
  const rows = await inWorkspace(
    sql,
    workspaceId,
    (tx) => tx<{ request_key: string }[]>`
      with events as (
        select a.body::jsonb ->> 'request' as request_key, count(*) as times
        from audit_event a
        where a.workspace_id = ${workspaceId} and a.entity = 'exception'
        group by 1
      )
      select k.request_key
      from unnest(${keys}::text[]) as k (request_key)
      left join inbox i on i.workspace_id = ${workspaceId} and i.request_key = k.request_key
      left join events e on e.request_key = k.request_key
      where i.request_key is null or coalesce(e.times, 0) <> case when (i.outcome ->> 'ok')::boolean then 1 else 0 end`,
  );
  return rows.map((row) => row.request_key);
}

const linesInThreads = () =>
  slack
    .messages(CHANNEL)
    .filter((message) => message.threadTs !== undefined)
    .map((message) => message.metadata?.event_payload.outbox_id)
    .sort();

/** One line for every act on the record. */
async function linesWanted(): Promise<(string | null)[]> {
  const { workspaceId } = workspace;
  const rows = await inWorkspace(
    sql,
    workspaceId,
    (tx) => tx<{ outbox_id: string | null }[]>`
      select o.outbox_id
      from audit_event a
      left join outbox o on o.workspace_id = a.workspace_id and o.dedupe_key = 'reply:' || a.entity_id || ':' || a.seq
      where a.workspace_id = ${workspaceId} and a.action in ('exception.claim', 'exception.unclaim')
      order by o.outbox_id::text`,
  );
  return rows.map((row) => row.outbox_id);
}

const cardsShown = () =>
  slack
    .messages(CHANNEL)
    .filter((message) => message.threadTs === undefined)
    .map((message) => message.text)
    .sort();

async function cardsWanted(): Promise<string[]> {
  const { workspaceId } = workspace;
  const facts = await inWorkspace(sql, workspaceId, (tx) => readCardFacts(tx, workspaceId, ids));
  return facts.map((card) => renderCard(card, readerOf('en')).text).sort();
}

test(`Postgres goes down ${RESTARTS} times under presses: the app stays up, every press is answered, nothing acknowledged is lost`, {
  timeout: 30_000 + RESTARTS * 20_000,
}, async () => {
  await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
  crowd = startPressing(slack, people);
  for (let restart = 0; restart < RESTARTS; restart += 1) {
    await moreAcknowledged(60);
    await postgres.crash(OUTAGES[restart % OUTAGES.length] ?? OUTAGES[0]);
  }
  await moreAcknowledged(60);
  await expect.poll(listening, { timeout: 10_000 }).toHaveLength(1);
  await crowd.stop();
  await expect.poll(waiting, { timeout: 20_000 }).toBe(0);

  expect(app.isUp()).toBe(true);
  // The local Slack waits three seconds: a late answer is a status 0.
  const statuses = new Set(crowd.answers.map((answer) => answer.status));
  expect([...statuses].sort()).toEqual([200, 500]);
  expect(crowd.answers.filter((answer) => answer.status === 500 && answer.notice === undefined)).toEqual([]);
  expect(await lostPresses()).toEqual([]);
  expect(linesInThreads().length).toBeGreaterThan(RESTARTS * 3);
  expect(linesInThreads()).toEqual(await linesWanted());
  expect(cardsShown()).toEqual(await cardsWanted());
});
