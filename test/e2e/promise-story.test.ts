import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseSlaTerm } from '../../src/core/duration.ts';
import type { Organisation } from '../../src/core/organisation.ts';
import type { SlaTerm } from '../../src/core/sla.ts';
import type { PolicyStep } from '../../src/core/sla-policy.ts';
import { connect, type Sql } from '../../src/db/client.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { postDueAgenda } from '../../src/jobs/triage.ts';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { type AppChild, startAppChild } from '../support/app-child.ts';
import { testDatabase } from '../support/database.ts';
import { exceptionsOf, type SeededWorkspace, seedWorkspace, trailOf } from '../support/ledger.ts';
import {
  CHANNEL,
  openExceptions,
  STORY_ORGANISATION,
  slackId,
  startStorySlack,
} from '../support/slack-story.ts';

/** What is promised; `TIEOUT_PROMISE=30s` tells the same story in two minutes. */
const PROMISED = term(process.env.TIEOUT_PROMISE ?? '6s');
const HALF = { ...PROMISED, ms: PROMISED.ms / 2 };
const PATIENCE_MS = PROMISED.ms * 2 + 20_000;

function term(text: string): Extract<SlaTerm, { kind: 'elapsed' }> {
  const read = parseSlaTerm(text);
  if (read?.kind !== 'elapsed') throw new Error(`"${text}" is no elapsed time`);
  return read;
}

const steps: readonly PolicyStep[] = [
  { at: { kind: 'share', percent: 50 }, text: '50%', does: 'remind', to: [{ kind: 'owner' }] },
  {
    at: { kind: 'due', after: undefined },
    text: 'due',
    does: 'escalate',
    to: [{ kind: 'lead' }, { kind: 'channel' }],
  },
  { at: { kind: 'due', after: HALF }, text: 'due + half', does: 'escalate', to: [{ kind: 'lead' }] },
  {
    at: { kind: 'due', after: PROMISED },
    text: 'due + whole',
    does: 'escalate',
    to: [{ kind: 'team', key: 'finance' }],
  },
];

const ORGANISATION: Organisation = {
  ...STORY_ORGANISATION,
  ownership: STORY_ORGANISATION.ownership.map((row) => ({ ...row, sla: PROMISED })),
  slaPolicies: {
    default: {
      key: 'default',
      claim: undefined,
      resolve: PROMISED,
      waitPauses: undefined,
      steps,
      stale: undefined,
    },
  },
};

const database = await testDatabase();
let sql: Sql;
let workspace: SeededWorkspace;
let slack: LocalSlack;
const apps: AppChild[] = [];

beforeAll(async () => {
  sql = connect({ url: database.url, role: 'people' });
  workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  const { workspaceId } = workspace;
  await inWorkspace(
    sql,
    workspaceId,
    (tx) => tx`update team set lead_id = ${workspace.people.olga ?? ''} where key = 'media_ops'`,
  );
  slack = await startStorySlack();
  const app = { databaseUrl: database.url, workspaceId, apiUrl: slack.apiUrl, promising: ORGANISATION };
  apps.push(...(await Promise.all([startAppChild(app), startAppChild(app)])));
}, 60_000);

afterAll(async () => {
  for (const app of apps) await app.kill();
  await slack?.close();
  await sql?.end({ timeout: 5 });
});

/** Every message that stands in these conversations and says this. */
const said = (part: string) =>
  [CHANNEL, 'C0FINANCE', 'D_OLGA'].flatMap((channel) =>
    slack
      .messages(channel)
      .filter(({ text, threadTs }) => threadTs === undefined && text.includes(part))
      .map(() => channel),
  );

const seen = (part: string, channels: readonly string[]) =>
  expect.poll(() => said(part), { timeout: PATIENCE_MS, interval: 100 }).toEqual(channels);

/** Every day at midnight; looked at by two instances at once, the day after. */
const lookForTriage = async () => {
  const terms = {
    team: 'finance',
    days: [1, 2, 3, 4, 5, 6, 7],
    time: '00:00',
    beforeMs: 1,
    small: undefined,
  };
  const calendar = { zone: 'UTC', workdays: terms.days, holidays: [] };
  const meeting = { sql, workspaceId: workspace.workspaceId, terms, calendar };
  await postDueAgenda(meeting, new Date());
  const tomorrow = new Date(Date.now() + 86_400_000);
  await Promise.all([postDueAgenda(meeting, tomorrow), postDueAgenda(meeting, tomorrow)]);
};

test('a promise is reminded of, broken, escalated twice and brought before triage, each once, with two instances and one of them killed midway', {
  timeout: PATIENCE_MS * 6,
}, async () => {
  await openExceptions(sql, workspace, ['PO-STORY'], { organisation: ORGANISATION, now: new Date() });
  await seen('PO-STORY', [CHANNEL]);

  await seen('is due soon', [CHANNEL]);
  // Stored by Slack and never answered: whoever posts the next message is killed, or does not know what came of it.
  slack.faults.add({ kind: 'hang_after_store', method: 'chat.postMessage', times: 1 });
  await slack.waitFor(() => slack.faults.list().length === 0, { what: 'the breach', within: PATIENCE_MS });
  await apps[0]?.kill();

  await seen('was not resolved in time', [CHANNEL, 'D_OLGA']);
  await seen('is still not resolved', ['C0FINANCE', 'D_OLGA']);

  await lookForTriage();
  await seen('Triage agenda', ['C0FINANCE']);
  slack.setRequestUrl(apps[1]?.url ?? '');
  const agenda = slack.messages('C0FINANCE').find(({ text }) => text.startsWith('Triage agenda'));
  await slack.press({ as: slackId('olga'), channel: 'C0FINANCE', ts: agenda?.ts ?? '', actionId: 'assign' });
  await slack.as(slackId('olga')).submit({ values: { person: 'ana', note: 'Ask the vendor' } });
  await seen('Given to Ana Ruiz by Olga Novak', ['C0FINANCE']);

  expect(said('is due soon')).toEqual([CHANNEL]);
  expect(said('was not resolved in time')).toEqual([CHANNEL, 'D_OLGA']);
  expect(await exceptionsOf(sql, workspace)).toMatchObject([{ status: 'claimed', owner: 'ana', level: 3 }]);
  const happened = (await trailOf(sql, workspace)).map(({ action }) => action);
  expect(happened.filter((action) => action.startsWith('exception.'))).toEqual([
    'exception.opened',
    'exception.remind',
    'exception.breach',
    'exception.escalate',
    'exception.escalate',
    'exception.assign',
  ]);
  expect(happened.filter((action) => action === 'triage.agenda')).toHaveLength(1);
});
