import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '../../../src/db/client.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/local-slack/server.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { type InstalledSlack, startInstalledSlack } from '../../../src/slack/install/app.ts';
import { testDatabase } from '../../support/database.ts';
import { aSpec, seedWorkspace } from '../../support/ledger.ts';
import { STORY_ORGANISATION, slackId } from '../../support/slack-story.ts';

const database = await testDatabase();
const SOON = { timeout: 10_000 };
const CLIENT = { clientId: '1.2', clientSecret: 'cs' };
const REDIRECT = 'https://tieout.example/slack/oauth_redirect';

let sql: Sql;
let slack: LocalSlack;
let app: InstalledSlack;

beforeAll(async () => {
  sql = connect({ url: database.url, role: 'people' });
  const { workspaceId } = await seedWorkspace(sql, [aSpec().key]);
  slack = await startLocalSlack({
    seed: {
      team: { id: 'T0SOCKET', name: 'Socket', domain: 'socket' },
      users: [{ id: slackId('ana'), handle: 'ana', realName: 'Ana', email: 'ana@agency.example', tz: 'UTC' }],
      channels: [{ id: 'C0MEDIAOPS', name: 'media-ops' }],
    },
    app: {
      requestUrl: '',
      signingSecret: 'unused',
      botToken: '',
      appToken: 'xapp-local',
      appId: 'A1',
      botUserId: 'U0APP',
      events: ['app_home_opened', 'app_uninstalled', 'tokens_revoked'],
      oauth: { ...CLIENT, redirectUrls: [REDIRECT] },
    },
  });
  app = await startInstalledSlack({
    settings: {
      ...CLIENT,
      stateSecret: 'ss',
      keys: [randomBytes(32)],
      signingSecret: undefined,
      appToken: 'xapp-local',
      apiUrl: slack.apiUrl,
      publicUrl: undefined,
    },
    workspaces: [{ workspaceId, organisation: STORY_ORGANISATION }],
    sql,
    logger: createLogger({ level: 'silent' }),
  });
});
afterAll(async () => {
  await app.stop();
  await slack.close();
  await sql.end({ timeout: 5 });
});

test('installs without a public address of its own, and answers over Socket Mode from then on', async () => {
  const { location, cookie } = app.installer.begin();
  expect(new URL(location).searchParams.has('redirect_uri')).toBe(false);
  const allowed = await fetch(location, {
    method: 'POST',
    body: new URLSearchParams({ decision: 'allow', as: slackId('ana') }),
    redirect: 'manual',
  });
  const back = new URL(allowed.headers.get('location') ?? '').searchParams;
  const outcome = await app.installer.finish({
    code: back.get('code') ?? undefined,
    state: back.get('state') ?? undefined,
    error: undefined,
    cookie,
  });
  expect(outcome).toMatchObject({ kind: 'installed', teamName: 'Socket' });
  await slack.as(slackId('ana')).openHome();
  await expect.poll(() => slack.homeOf(slackId('ana')), SOON).toBeDefined();
});

test('is parked when the app is uninstalled', async () => {
  slack.admin.revoke({ uninstall: true });
  await expect.poll(() => app.workspaces[0]?.allowed(), SOON).toBeUndefined();
});
