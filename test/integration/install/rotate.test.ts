import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { checkInstallation } from '../../../src/slack/doctor/check-installation.ts';
import { readAccess } from '../../../src/slack/install/access.ts';
import { type InstallationRow, readInstallation } from '../../../src/slack/install/read-installation.sql.ts';
import { refreshIfDue } from '../../../src/slack/install/refresh.ts';
import { storeRefreshed } from '../../../src/slack/install/store-refreshed.sql.ts';
import { takeRefresh } from '../../../src/slack/install/take-refresh.sql.ts';
import { webApiCaller } from '../../../src/slack/sender/web-api.ts';
import { testDatabase } from '../../support/database.ts';
import { CLIENT, type InstallStory, startInstallStory } from '../../support/install-story.ts';
import { openExceptions } from '../../support/slack-story.ts';

const database = await testDatabase();
const SOON = { timeout: 10_000 };
const logger = createLogger({ level: 'silent' });

let story: InstallStory;
let workspaceId = '';
beforeAll(async () => {
  story = await startInstallStory(database.url, { tokenSeconds: 43_200, only: 'north' });
  workspaceId = story.seeded.north.workspaceId;
});
beforeEach(async () => {
  story.slackOf('north').faults.clear();
  await story.install('north');
});
afterAll(() => story.stop());

const row = async (): Promise<InstallationRow> => {
  const found = await inWorkspace(story.sql, workspaceId, (tx) => readInstallation(tx, workspaceId));
  if (!found) throw new Error('nothing is installed');
  return found;
};
const makeDue = () =>
  inWorkspace(
    story.sql,
    workspaceId,
    (tx) => tx`update installation set refresh_at = now() - interval '1 second'`,
  );
const token = async (): Promise<string> => {
  const now = await readAccess({ sql: story.sql, workspaceId, keys: story.keys });
  return now.kind === 'installed' ? now.access.token : now.kind;
};
const exchanges = () =>
  story
    .slackOf('north')
    .calls()
    .filter(({ method, args }) => method === 'oauth.v2.access' && args.grant_type === 'refresh_token');
const refresh = () => {
  const call = webApiCaller({ token: undefined, apiUrl: story.teams.apiUrl, timeoutMs: 2_000 });
  return refreshIfDue({
    sql: story.sql,
    workspaceId,
    keys: story.keys,
    exchange: (refreshToken) =>
      call('oauth.v2.access', {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      }),
    logger,
  });
};
const works = async (botToken: string): Promise<string> =>
  (await webApiCaller({ token: botToken, apiUrl: story.teams.apiUrl, timeoutMs: 2_000 })('auth.test', {}))
    .kind;

test('is not done before it is due', async () => {
  const before = exchanges().length;
  expect((await row()).refresh_in_ms).toBeGreaterThan(35_000_000);
  expect(await refresh()).toBe(false);
  expect(exchanges()).toHaveLength(before);
});

test('is asked of Slack once by twenty that want it at the same time', async () => {
  const old = await token();
  const before = exchanges().length;
  await makeDue();
  const outcomes = await Promise.all(Array.from({ length: 20 }, refresh));
  expect(outcomes.filter((isDone) => isDone)).toHaveLength(1);
  expect(exchanges()).toHaveLength(before + 1);
  expect(await token()).not.toBe(old);
  expect(await works(await token())).toBe('done');
  expect((await row()).refresh_problem).toBeNull();
});

test('leaves the old pair while Slack does not answer, and tries again', async () => {
  const old = await token();
  story.slackOf('north').faults.add({ kind: 'status', method: 'oauth.v2.access', times: 1 });
  await makeDue();
  expect(await refresh()).toBe(false);
  expect(await token()).toBe(old);
  expect(await works(old)).toBe('done');
  expect((await row()).refresh_problem).not.toBeNull();
  await makeDue();
  expect(await refresh()).toBe(true);
  expect((await row()).refresh_problem).toBeNull();
});

test('whose answer got lost is found out at the next try; the doctor says to install again, which mends it', async () => {
  const old = await token();
  story.slackOf('north').faults.add({ kind: 'drop_after_store', method: 'oauth.v2.access', times: 1 });
  await makeDue();
  expect(await refresh()).toBe(false);
  await makeDue();
  expect(await refresh()).toBe(false);
  expect((await row()).refresh_problem).toBe('invalid_refresh_token');
  expect(await works(old)).toBe('done');
  const diagnose = async () =>
    await checkInstallation({
      now: await readAccess({ sql: story.sql, workspaceId, keys: story.keys }),
      slackTeamId: undefined,
      publicUrl: story.url,
      appToken: undefined,
      apiUrl: story.teams.apiUrl,
      teams: [],
    });
  expect(await diagnose()).toContainEqual(
    expect.objectContaining({
      check: 'token rotation',
      state: 'failed',
      fix: expect.stringContaining(`${story.url}/slack/install`),
    }),
  );
  await story.install('north');
  expect((await diagnose()).filter(({ state }) => state === 'failed')).toEqual([]);
});

test('is done by nobody else while the lease holds, and stored by nobody whose lease passed on', async () => {
  await makeDue();
  const [first, second] = [newId(), newId()];
  const take = (lease: string, leaseMs: number) =>
    inWorkspace(story.sql, workspaceId, (tx) => takeRefresh(tx, { workspaceId, lease, leaseMs }));
  const store = (lease: string) =>
    inWorkspace(story.sql, workspaceId, (tx) =>
      storeRefreshed(tx, {
        workspaceId,
        lease,
        botTokenSealed: lease,
        refreshTokenSealed: lease,
        expiresInS: 60,
        refreshInS: 50,
      }),
    );
  expect(await take(first, 60_000)).toMatch(/^v1\./);
  expect(await take(second, 60_000)).toBeUndefined();
  await inWorkspace(
    story.sql,
    workspaceId,
    (tx) => tx`update installation set refresh_lease_until = now() - interval '1 second'`,
  );
  expect(await take(second, 60_000)).toMatch(/^v1\./);
  expect(await store(first)).toBe(false);
  expect(await store(second)).toBe(true);
});

describe('tokens of a few seconds', () => {
  let short: InstallStory;
  beforeAll(async () => {
    short = await startInstallStory(database.url, { tokenSeconds: 6, only: 'south' });
  });
  afterAll(() => short.stop());

  test('are exchanged by the service itself before they expire, once for all instances, which all know the new one', async () => {
    const began = Date.now();
    await short.install('south');
    const other = await short.another();
    const calls = () => short.slackOf('south').calls();
    const exchanged = () => calls().filter(({ args }) => args.grant_type === 'refresh_token');
    await expect.poll(() => exchanged().length, SOON).toBe(1);
    expect(exchanged().filter(({ ok }) => !ok)).toEqual([]);

    await expect.poll(() => Date.now() - began, SOON).toBeGreaterThan(6_500);
    await short.app().stop();
    await openExceptions(short.sql, short.seeded.south, ['PO-1']);
    await other.workspaces[0]?.sender.drainUntilIdle({ deadlineMs: 10_000 });
    expect(short.slackOf('south').messages('media-ops')).toHaveLength(1);
    expect(calls().filter(({ error }) => error === 'token_expired')).toEqual([]);
  });
});

test('comes before anything is sent when the token ran out while nothing was running', async () => {
  await inWorkspace(
    story.sql,
    workspaceId,
    (tx) => tx`
      update installation set token_expires_at = now() - interval '1 hour', refresh_at = now() - interval '2 hours'`,
  );
  const old = await token();
  const other = await story.another();
  expect(other.workspaces[0]?.allowed()).toBeDefined();
  expect(await token()).not.toBe(old);
});

describe('keys', () => {
  const sealedOf = async () => (await row()).bot_token_sealed?.split('.').slice(0, 2).join('.');

  test('a new first key seals everything anew when the service starts, and the old one can go', async () => {
    const before = await token();
    const fresh = randomBytes(32);
    const oldSeal = await sealedOf();
    await story.another({ keys: [fresh, ...story.keys] });
    expect(await sealedOf()).not.toBe(oldSeal);
    expect(await readAccess({ sql: story.sql, workspaceId, keys: [fresh] })).toMatchObject({
      kind: 'installed',
      access: { token: before },
    });
  });

  test('without the right key the workspace is parked, the log says why, and nothing else stops', async () => {
    const other = await story.another({ keys: [randomBytes(32)] });
    expect(other.workspaces[0]?.allowed()).toBeUndefined();
    expect(story.logLines.join('')).toContain('no key of TIEOUT_ENCRYPTION_KEY opens the Slack token');
  });
});
