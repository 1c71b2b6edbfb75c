import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TeamConfig } from '../../../src/core/organisation.ts';
import { connect, type Sql } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { type HttpServer, startHttp } from '../../../src/http/server.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/local-slack/server.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import {
  anchorCheck,
  checkRecord,
  checkSession,
  clockCheck,
  deadLetterCheck,
  lostChannelCheck,
} from '../../../src/pipeline/report/doctor.ts';
import { checkRequests } from '../../../src/slack/doctor/check-requests.ts';
import { checkSlack, placesOf } from '../../../src/slack/doctor/check-slack.ts';
import { allowOnly } from '../../../src/slack/guard/allow-list.ts';
import { BOT_SCOPES } from '../../../src/slack/manifest.ts';
import { httpTransport } from '../../../src/slack/transport/http.ts';
import { testDatabase } from '../../support/database.ts';
import { seedWorkspace } from '../../support/ledger.ts';

const BOT_TOKEN = 'xoxb-local';
const APP_TOKEN = 'xapp-local';
const SECRET = '0123456789abcdef0123456789abcdef';

const team = (key: string, channel: string): TeamConfig => ({
  key,
  name: key,
  channel,
  members: [],
  lead: undefined,
});

describe('Slack', () => {
  let slack: LocalSlack;

  const start = async (scopes: readonly string[] = BOT_SCOPES): Promise<void> => {
    slack = await startLocalSlack({
      seed: {
        team: { id: 'T1', name: 'Agency', domain: 'agency' },
        users: [],
        channels: [
          { id: 'C0MEDIA01', name: 'media-ops' },
          { id: 'C0LONELY1', name: 'lonely', bot: false },
          { id: 'C0CLOSED1', name: 'closed' },
        ],
      },
      app: {
        requestUrl: '',
        signingSecret: SECRET,
        botToken: BOT_TOKEN,
        appToken: APP_TOKEN,
        scopes: [...scopes],
        appId: 'A1',
        botUserId: 'U0APP',
      },
    });
  };
  const examine = (changes: Partial<Parameters<typeof checkSlack>[0]> = {}) =>
    checkSlack({
      botToken: BOT_TOKEN,
      appToken: APP_TOKEN,
      apiUrl: slack.apiUrl,
      teams: [team('media_ops', '#media-ops')],
      ...changes,
    });

  afterEach(async () => {
    await slack.close();
  });

  test('knows a renamed channel by its id, and says what it is called now', async () => {
    await start();
    const known = new Map([['media_ops', 'C0MEDIA01']]);
    const checks = await examine({ teams: [team('media_ops', '#old-name')], channelIds: known });
    expect(checks.find(({ check }) => check === 'channel of media_ops')).toMatchObject({
      state: 'ok',
      detail: expect.stringContaining('called #media-ops by now'),
    });
  });

  test('finds nothing wrong where nothing is', async () => {
    await start();
    const checks = await examine({
      teams: [team('media_ops', '#media-ops'), team('by_id', 'C0MEDIA01')],
    });
    expect(checks.map(({ check, state }) => [check, state])).toEqual([
      ['slack token', 'ok'],
      ['slack scopes', 'ok'],
      ['socket mode', 'ok'],
      ['channel of media_ops', 'ok'],
      ['channel of by_id', 'ok'],
    ]);
  });

  test('looks at the channel where rules are decided, too', async () => {
    await start();
    const governance = { channel: '#lonely', expireAfterMs: 1 };
    const teams = placesOf({ teams: [team('media_ops', '#media-ops')], governance });
    const checks = await examine({ teams });
    expect(checks.at(-1)).toMatchObject({
      check: 'channel of governance',
      state: 'failed',
      detail: 'the app is not in #lonely',
    });
  });

  test('a wrong bot token ends it, with where to get the right one', async () => {
    await start();
    expect(await examine({ botToken: 'xoxb-other' })).toEqual([
      expect.objectContaining({ check: 'slack token', fix: expect.stringContaining('SLACK_BOT_TOKEN') }),
    ]);
  });

  test('a Web API that does not answer is told apart from a wrong token', async () => {
    await start();
    expect(await examine({ apiUrl: 'http://127.0.0.1:9/api/' })).toEqual([
      expect.objectContaining({ state: 'failed', fix: expect.stringContaining('SLACK_API_URL') }),
    ]);
  });

  test('names the scopes that are missing', async () => {
    await start(BOT_SCOPES.filter((scope) => !['commands', 'im:write'].includes(scope)));
    expect(await examine()).toContainEqual(
      expect.objectContaining({ check: 'slack scopes', detail: 'missing: commands, im:write' }),
    );
  });

  test('a wrong app token is named', async () => {
    await start();
    expect(await examine({ appToken: 'xapp-other' })).toContainEqual(
      expect.objectContaining({ check: 'socket mode', fix: expect.stringContaining('SLACK_APP_TOKEN') }),
    );
  });

  test.each([
    ['that does not exist', '#nowhere', 'does not exist'],
    ['that does not exist, by id', 'C0NOWHERE', 'does not exist'],
    ['that is archived', '#closed', 'is archived'],
    ['that is archived, by id', 'C0CLOSED1', 'is archived'],
    ['without the app', '#lonely', 'the app is not in'],
  ])('a channel %s is found', async (_, channel, words) => {
    await start();
    slack.admin.archive('closed');
    expect(await examine({ teams: [team('ops', channel)] })).toContainEqual(
      expect.objectContaining({
        check: 'channel of ops',
        state: 'failed',
        detail: expect.stringContaining(words),
      }),
    );
  });
});

describe('requests', () => {
  let http: HttpServer;

  beforeAll(async () => {
    const logger = createLogger({ level: 'silent' });
    const allowed = allowOnly({ teamId: 'T1', enterpriseId: undefined, appId: undefined });
    const slack = httpTransport({
      signingSecret: SECRET,
      allowed,
      processEvent: async () => undefined,
      turnedAway: () => undefined,
      logger,
    });
    http = await startHttp({ port: 0, host: '127.0.0.1', slack, site: new Hono() });
  });

  afterAll(async () => {
    await http.stop();
  });

  const examine = (changes: Partial<Parameters<typeof checkRequests>[0]> = {}) =>
    checkRequests({
      signingSecret: SECRET,
      isSlack: true,
      port: http.port,
      publicUrl: `http://127.0.0.1:${http.port}`,
      usesSockets: false,
      ...changes,
    });

  test('a service with our secret takes our request, here and at its address', async () => {
    expect(await examine()).toEqual([
      expect.objectContaining({ check: 'signing secret', state: 'ok' }),
      expect.objectContaining({ check: 'request url', state: 'ok' }),
    ]);
  });

  test('a service with another secret is found', async () => {
    expect(await examine({ signingSecret: SECRET.replace('0', 'f') })).toEqual([
      expect.objectContaining({ check: 'signing secret', detail: expect.stringContaining('another secret') }),
      expect.objectContaining({
        check: 'request url',
        detail: expect.stringContaining('refuses our signature'),
      }),
    ]);
  });

  test.each([
    ['a secret of another shape', { signingSecret: 'secret' }, 'signing secret', '32 hexadecimal'],
    ['no secret', { signingSecret: undefined }, 'signing secret', 'not set'],
    ['an address where nothing answers', { publicUrl: 'http://127.0.0.1:9' }, 'request url', '127.0.0.1:9'],
    ['an address without TLS', { publicUrl: 'http://agency.example' }, 'request url', 'no https address'],
  ])('%s is found', async (_, changes, check, words) => {
    expect(await examine(changes)).toContainEqual(
      expect.objectContaining({ check, state: 'failed', detail: expect.stringContaining(words) }),
    );
  });

  test('what cannot be tried is said to be skipped', async () => {
    expect(await examine({ port: 9, publicUrl: undefined })).toEqual([
      expect.objectContaining({ check: 'signing secret', state: 'skipped' }),
      expect.objectContaining({ check: 'request url', state: 'skipped' }),
    ]);
    expect(await examine({ usesSockets: true })).toEqual([expect.objectContaining({ state: 'skipped' })]);
  });
});

describe('the record', async () => {
  const database = await testDatabase();
  let sql: Sql;

  beforeAll(() => {
    sql = connect({ url: database.url, role: 'people' });
  });

  afterAll(async () => {
    await sql.end({ timeout: 5 });
  });

  test('says who is logged in', async () => {
    expect(await checkSession(sql)).toMatchObject({
      state: 'ok',
      detail: expect.stringMatching(/^tieout_app on PostgreSQL .* synchronous_commit on$/),
    });
  });

  test('an empty workspace has nothing wrong, and a clock of another day is found', async () => {
    const { workspaceId } = await seedWorkspace(sql, ['orders-vs-invoices']);
    const states = async (now: () => Date) => {
      const checks = await checkRecord(sql, { workspaceId, now });
      return checks.map(({ check, state }) => [check, state]);
    };
    expect(await states(() => new Date())).toEqual([
      ['clock', 'ok'],
      ['sources', 'ok'],
      ['delivery', 'ok'],
      ['dead letters', 'ok'],
      ['webhooks', 'ok'],
      ['anchors', 'ok'],
    ]);
    expect(await states(() => new Date('2020-01-01'))).toContainEqual(['clock', 'failed']);
  });

  test('counts what was given up, with the newest reason', async () => {
    const { workspaceId } = await seedWorkspace(sql, ['orders-vs-invoices-2']);
    await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx`
        insert into outbox (workspace_id, outbox_id, kind, address, dedupe_key, status, last_error)
        values (${workspaceId}, gen_random_uuid(), 'notice', 'team:ops', 'x', 'dead', 'is_archived')`,
    );
    expect(await checkRecord(sql, { workspaceId, now: () => new Date() })).toContainEqual(
      expect.objectContaining({
        check: 'dead letters',
        state: 'failed',
        detail: expect.stringContaining('is_archived'),
      }),
    );
  });
});

describe('a channel that takes no messages', () => {
  test('is told with where its messages go', () => {
    const lost = {
      team: 'ops',
      channel: '#ops',
      reason: 'not_member',
      since: new Date(0),
      waiting: 3,
    } as const;
    expect(lostChannelCheck([{ ...lost, standIn: '#spare' }])).toMatchObject({
      state: 'failed',
      detail: 'ops: #ops takes no messages (not member), they go to #spare',
    });
    expect(lostChannelCheck([{ ...lost, standIn: undefined }])).toMatchObject({
      detail: expect.stringContaining('nobody and wait'),
    });
  });
});

describe('the judgement', () => {
  const webhooks = { webhooks_dead: 0, webhooks_failing: 0, webhook_error: null };
  const facts = {
    clock: new Date(0),
    dead: 0,
    dead_reason: null,
    ...webhooks,
    head_seq: 9n,
    anchored_seq: 4n,
  };
  const HOUR = 3_600_000;

  test.each([
    ['within the question', 1_500, 'ok'],
    ['a little ahead', 6_000, 'ok'],
    ['ahead', 8_000, 'failed'],
    ['behind', -5_000, 'failed'],
  ])('a database clock %s is %s ms: %s', (_, database, state) => {
    expect(clockCheck(database, { asked: 1_000, answered: 2_000 })).toMatchObject({ state });
  });

  test.each([
    ['no anchor', 4n, null, 'failed'],
    ['an old anchor of an older head', 4n, new Date(0), 'failed'],
    ['an old anchor of the head itself', 9n, new Date(0), 'ok'],
    ['a fresh anchor', 4n, new Date(26 * HOUR), 'ok'],
  ])('%s', (_, anchored, at, state) => {
    expect(anchorCheck({ ...facts, anchored_seq: anchored, anchored_at: at }, 30 * HOUR)).toMatchObject({
      state,
    });
  });

  test('no dead letter is fine', () => {
    expect(deadLetterCheck({ ...facts, anchored_at: null })).toMatchObject({ state: 'ok' });
  });
});
