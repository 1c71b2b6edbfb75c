import { createHmac } from 'node:crypto';
import { Hono } from 'hono';
import { expect } from 'vitest';
import type { CardFacts } from '../../src/core/card.ts';
import type { Organisation } from '../../src/core/organisation.ts';
import { readCardFacts } from '../../src/db/cards/card-facts.sql.ts';
import { connect, type Sql } from '../../src/db/client.ts';
import { newId } from '../../src/db/new-id.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { startHttp } from '../../src/http/server.ts';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/server.ts';
import type { WorkspaceSeed } from '../../src/local-slack/types.ts';
import { createLogger } from '../../src/observe/logger.ts';
import { run } from '../../src/pipeline/run/run.ts';
import type { RunnableSpec } from '../../src/pipeline/run/start-run.sql.ts';
import { type SlackApp, startSlack } from '../../src/slack/app.ts';
import { BOT_SCOPES, slackManifest } from '../../src/slack/manifest.ts';
import type { Sender } from '../../src/slack/sender/sender.ts';
import {
  aSpec,
  type LedgerRow,
  ORGANISATION,
  putRecords,
  type SeededWorkspace,
  seedWorkspace,
} from './ledger.ts';
import { addRulePeople, GOVERNANCE, RULE_NAMES } from './rule-changes.ts';

export const BOT_TOKEN = 'xoxb-local-0000';
const APP_TOKEN = 'xapp-local-0000';
export const SIGNING_SECRET = 'local-signing-secret';
const APP_ID = 'A0TIEOUT';
export const BOT_USER = 'U0TIEOUT';
export const TEAM = 'T0AGENCY';
export const CHANNEL = 'C0MEDIAOPS';

export type Transport = 'http' | 'socket';

/** What differs for a person: over Socket Mode there is no other answer than an acknowledgement. */
export const TRANSPORTS = [
  { transport: 'http', foreign: 403, impossible: 400, failed: { status: 500, notice: expect.any(String) } },
  { transport: 'socket', foreign: 200, impossible: 200, failed: { status: 200 } },
] as const satisfies readonly { transport: Transport; [difference: string]: unknown }[];

export const STORY_ORGANISATION: Organisation = {
  ...ORGANISATION,
  people: [
    {
      key: 'ana',
      name: 'Ana Ruiz',
      email: 'ana@agency.example',
      slackUserId: undefined,
      roles: ['account_manager'],
    },
    {
      key: 'olga',
      name: 'Olga Novak',
      email: 'olga@agency.example',
      slackUserId: undefined,
      roles: ['ops_lead'],
    },
  ],
  teams: [
    { key: 'media_ops', name: 'Media Ops', channel: '#media-ops', members: ['ana', 'ben'], lead: 'olga' },
    { key: 'finance', name: 'Finance', channel: '#finance', members: [], lead: undefined },
  ],
  delivery: { timeoutMs: 800, settleMs: 400, paceMs: 0 },
};

const NAMES = {
  ana: 'Ana Ruiz',
  ben: 'Ben Okafor',
  olga: 'Olga Novak',
  guest: 'Gus Guest',
  zoe: 'Zoe Unknown',
  lena: 'Lena Late',
  uma: 'Uma Unproven',
};

/** Members of the Slack workspace: the organisation's people, Zoe whom it does not know, Uma whose address is not proven to be hers, and `crowd` more. */
function slackSeed(crowd = 0, withRules = false): WorkspaceSeed {
  const known = Object.entries(withRules ? { ...NAMES, ...RULE_NAMES } : NAMES).map(([key, realName]) => ({
    id: slackId(key),
    handle: key,
    realName,
    email: `${key}@agency.example`,
    isEmailConfirmed: key !== 'uma',
    tz: 'Europe/Berlin',
  }));
  const more = Array.from({ length: crowd }, (_, index) => ({
    id: `U_CROWD${index}`,
    handle: `crowd${index}`,
    realName: `Crowd ${index}`,
    email: `crowd${index}@agency.example`,
    tz: 'UTC',
  }));
  return {
    team: { id: TEAM, name: 'Agency', domain: 'agency' },
    users: [...known, ...more],
    channels: [
      { id: CHANNEL, name: 'media-ops' },
      { id: 'C0FINANCE', name: 'finance' },
      ...(withRules ? [{ id: RULES_CHANNEL, name: 'rules' }] : []),
    ],
  };
}

/** Where changes of rules are decided, in a story that has any. */
export const RULES_CHANNEL = 'C0RULES';

export const slackId = (key: string): string => `U_${key.toUpperCase()}`;

export async function startStorySlack(
  options: { crowd?: number; stateFile?: string; transport?: Transport; withRules?: boolean } = {},
): Promise<LocalSlack> {
  return await startLocalSlack({
    seed: slackSeed(options.crowd, options.withRules),
    ...(options.stateFile === undefined ? {} : { stateFile: options.stateFile }),
    app: {
      requestUrl: 'http://127.0.0.1:9/',
      signingSecret: SIGNING_SECRET,
      botToken: BOT_TOKEN,
      ...(options.transport === 'socket' ? { appToken: APP_TOKEN } : {}),
      appId: APP_ID,
      botUserId: BOT_USER,
      // No more than the manifest asks for: a call that needs more fails here as it would on Slack.
      scopes: [...BOT_SCOPES],
      events: [...slackManifest({ kind: 'socket' }).settings.event_subscriptions.bot_events],
      shortcuts: [{ name: 'Keep as note', callbackId: 'keep_note', kind: 'message' }],
    },
  });
}

const SECRETS = {
  http: { signingSecret: SIGNING_SECRET },
  socket: { signingSecret: undefined, appToken: APP_TOKEN },
} satisfies Record<Transport, object>;

const SPEC = aSpec();

/** Opens one exception per purchase order: the invoice is 100.00 over the order of 1,000.00. Returns their ids. */
export async function openExceptions(
  sql: Sql,
  workspace: SeededWorkspace,
  orders: readonly string[],
  { organisation = STORY_ORGANISATION, now = new Date('2026-11-22T06:00:00Z') } = {},
): Promise<string[]> {
  const line = (po: string, side: LedgerRow['side'], amountMinor: bigint): LedgerRow => ({
    ref: `${side}-${po}`,
    side,
    amountMinor,
    currency: 'USD',
    on: '2026-11-01',
    fields: { po, client: 'Acme & Söhne <!channel>' },
  });
  await putRecords(
    sql,
    workspace,
    orders.flatMap((po) => [line(po, 'expected', 100_000n), line(po, 'actual', 110_000n)]),
  );
  await run(sql, {
    workspaceId: workspace.workspaceId,
    spec: SPEC,
    organisation,
    mode: 'active',
    cutoffAt: now,
    now,
  });
  const rows = await inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx<{ exception_id: string }[]>`
      select exception_id from exception where order_ref = any(${orders as string[]}::text[]) order by number`,
  );
  return rows.map((row) => row.exception_id);
}

export type Story = {
  readonly sql: Sql;
  readonly workspace: SeededWorkspace;
  readonly slack: LocalSlack;
  readonly app: SlackApp;
  readonly url: string;
  readonly logLines: string[];
  readonly open: (...orders: string[]) => Promise<string[]>;
  /** A second instance's sender, on the same database and Slack. */
  readonly anotherSender: () => Promise<Sender>;
  readonly factsOf: (exceptionId: string) => Promise<CardFacts>;
  readonly auditOf: (exceptionId: string, action: string) => Promise<number>;
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** The product's Slack side against a local Slack, over HTTP unless said, in this process. */
export async function startStory(
  databaseUrl: string,
  options: {
    crowd?: number;
    transport?: Transport;
    organisation?: Partial<Organisation>;
    spec?: RunnableSpec;
    /** With people for every seat, who change rules in a channel of their own. */
    withRules?: boolean;
  } = {},
): Promise<Story> {
  const sql = connect({ url: databaseUrl, role: 'people' });
  const workspace = await seedWorkspace(sql, [SPEC.key]);
  await addPeople(sql, workspace, options.crowd ?? 0);
  const more = options.withRules ? await addRulePeople(sql, workspace) : {};
  const organisation = {
    ...STORY_ORGANISATION,
    ...(options.withRules && { governance: GOVERNANCE }),
    ...options.organisation,
  };
  const slack = await startStorySlack(options);
  const logLines: string[] = [];
  const start = () =>
    startSlack({
      settings: { ...SECRETS[options.transport ?? 'http'], botToken: BOT_TOKEN, apiUrl: slack.apiUrl },
      organisation,
      rules: {
        now: () => ({
          organisation,
          reconciliations: [options.spec ?? SPEC],
        }),
        changed: () => undefined,
      },
      sql,
      workspaceId: workspace.workspaceId,
      logger: createLogger({
        level: 'debug',
        secrets: [SIGNING_SECRET, APP_TOKEN],
        write: (line) => logLines.push(line),
      }),
    });
  const app = await start();
  const http = await startHttp({ port: 0, host: '127.0.0.1', slack: app.requestListener, site: new Hono() });
  const url = `http://127.0.0.1:${http.port}/slack/events`;
  slack.setRequestUrl(url);
  const { workspaceId } = workspace;
  return {
    sql,
    workspace: { ...workspace, people: { ...workspace.people, ...more } },
    slack,
    app,
    url,
    logLines,
    open: (...orders) => openExceptions(sql, workspace, orders),
    anotherSender: async () => (await start()).sender,
    factsOf: async (id) => {
      const [facts] = await inWorkspace(sql, workspaceId, (tx) => readCardFacts(tx, workspaceId, [id]));
      if (!facts) throw new Error(`no exception ${id}`);
      return facts;
    },
    auditOf: async (id, action) => {
      const rows = await inWorkspace(
        sql,
        workspaceId,
        (tx) => tx`select seq from audit_event where entity_id = ${id} and action = ${action}`,
      );
      return rows.length;
    },
    idle: async () => {
      const left = await app.sender.drainUntilIdle({ deadlineMs: 25_000 });
      if (left.waiting > 0)
        throw new Error(`the outbox did not become empty: ${JSON.stringify(left)}\n${logLines.join('')}`);
    },
    stop: async () => {
      await app.stop();
      await http.stop();
      await slack.close();
      await sql.end({ timeout: 5 });
    },
  };
}

/** A crowd of team members; Lena is a person whose Slack user nobody has linked yet. */
async function addPeople(sql: Sql, { workspaceId }: SeededWorkspace, crowd: number): Promise<void> {
  await inWorkspace(sql, workspaceId, async (tx) => {
    await tx`insert into person (workspace_id, person_id, key, name, email)
             values (${workspaceId}, ${newId()}, 'lena', 'Lena Late', 'Lena@Agency.example')`;
    await tx`
      with people as (
        insert into person (workspace_id, person_id, key, name, email, slack_user_id)
        select ${workspaceId}, gen_random_uuid(), 'crowd' || n, 'Crowd ' || n, 'crowd' || n || '@agency.example', 'U_CROWD' || n
        from generate_series(0, ${crowd - 1}::integer) as n
        returning person_id
      )
      insert into team_member (workspace_id, team_id, person_id)
      select ${workspaceId}, t.team_id, p.person_id
      from people p, team t
      where t.workspace_id = ${workspaceId} and t.key = 'media_ops'`;
    await tx`
      insert into team_member (workspace_id, team_id, person_id)
      select p.workspace_id, t.team_id, p.person_id
      from person p join team t on t.workspace_id = p.workspace_id and t.key = 'media_ops'
      where p.workspace_id = ${workspaceId} and p.key = 'lena'`;
  });
}

/** What a button of a card carries. */
export const pointerTo = (id: string, version: number): string => JSON.stringify({ v: 1, id, version });

type PressChanges = {
  user?: string;
  ts?: string;
  team?: string;
  userTeam?: string;
  app?: string;
  actionTs?: string;
  responseUrl?: string;
};

/** A block_actions payload as Slack makes it. */
export const pressPayload = (action: Record<string, string>, changes: PressChanges = {}) => ({
  type: 'block_actions',
  user: {
    id: slackId(changes.user ?? 'ana'),
    username: changes.user ?? 'ana',
    team_id: changes.userTeam ?? changes.team ?? TEAM,
  },
  api_app_id: changes.app ?? APP_ID,
  team: { id: changes.team ?? TEAM, domain: 'agency' },
  enterprise: null,
  container: { type: 'message', message_ts: changes.ts ?? '1', channel_id: CHANNEL },
  channel: { id: CHANNEL, name: 'media-ops' },
  trigger_id: '1.2.3',
  response_url: changes.responseUrl,
  actions: [{ type: 'button', block_id: 'b', action_ts: changes.actionTs ?? '1700000000.000100', ...action }],
});

/** The same, as the body of a form. */
export const pressBody = (action: Record<string, string>, changes: PressChanges = {}): string =>
  new URLSearchParams({ payload: JSON.stringify(pressPayload(action, changes)) }).toString();

/** Sends a press to the app, signed. */
export function sendPress(
  url: string,
  body: string,
  { timestamp = Math.floor(Date.now() / 1000) } = {},
): Promise<Response> {
  const mac = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `v0=${mac}`,
    },
    body,
  });
}
