import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inWorkspace } from '../../../src/db/tx.ts';
import { readInstallation } from '../../../src/slack/install/read-installation.sql.ts';
import { testDatabase } from '../../support/database.ts';
import { type InstallStory, startInstallStory, TEAMS } from '../../support/install-story.ts';
import { openExceptions, SIGNING_SECRET } from '../../support/slack-story.ts';

const database = await testDatabase();
const SOON = { timeout: 10_000 };

let story: InstallStory;
beforeAll(async () => {
  story = await startInstallStory(database.url, { tokenSeconds: 43_200 });
});
beforeEach(async () => {
  await story.install('north');
  await story.install('south');
});
afterAll(() => story.stop());

const rowOf = async (name: 'north' | 'south') => {
  const { workspaceId } = story.seeded[name];
  return await inWorkspace(story.sql, workspaceId, (tx) => readInstallation(tx, workspaceId));
};
const idle = (name: 'north' | 'south') => story.workspace(name).sender.drainUntilIdle({ deadlineMs: 10_000 });
const cardsOf = (name: 'north' | 'south') => story.slackOf(name).messages('media-ops').length;

/** An event as Slack signs it; `event_time` in seconds. */
const sendEvent = async (team: string, event: object, eventTime: number): Promise<number> => {
  const body = JSON.stringify({
    type: 'event_callback',
    team_id: team,
    api_app_id: 'A0TIEOUT',
    event,
    event_id: 'Ev1',
    event_time: eventTime,
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const answer = await fetch(`${story.url}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${mac}`,
    },
    body,
  });
  return answer.status;
};

test('forgets the tokens, keeps everything else, and leaves the other team alone', async () => {
  await openExceptions(story.sql, story.seeded.north, ['PO-1']);
  await idle('north');
  const before = cardsOf('north');
  story.slackOf('north').admin.revoke({ uninstall: true });

  await expect.poll(() => story.workspace('north').allowed(), SOON).toBeUndefined();
  expect(await rowOf('north')).toMatchObject({
    bot_token_sealed: null,
    refresh_token_sealed: null,
    token_expires_at: null,
    slack_team_id: TEAMS.north,
  });
  const ended = await story.audit('north', 'slack.uninstalled');
  expect(ended).toHaveLength(1);
  expect(cardsOf('north')).toBe(before);

  expect(story.workspace('south').allowed()).toBeDefined();
  await openExceptions(story.sql, story.seeded.south, ['PO-1']);
  await idle('south');
  expect(cardsOf('south')).toBe(1);
});

test('a team whose app is uninstalled is refused before anything else', async () => {
  story.slackOf('north').admin.revoke({ uninstall: true });
  await expect.poll(() => story.workspace('north').allowed(), SOON).toBeUndefined();
  expect(await sendEvent(TEAMS.north, { type: 'app_home_opened' }, 0)).toBe(403);
});

test('what came up meanwhile waits, and is delivered when the app is back', async () => {
  story.slackOf('north').admin.revoke({ uninstall: true });
  await expect.poll(() => story.workspace('north').allowed(), SOON).toBeUndefined();
  const before = cardsOf('north');
  await openExceptions(story.sql, story.seeded.north, ['PO-2', 'PO-3']);
  expect(await story.workspace('north').sender.counts()).toMatchObject({ waiting: 2 });
  expect(cardsOf('north')).toBe(before);

  await story.install('north');
  expect(await idle('north')).toMatchObject({ waiting: 0, dead: 0 });
  expect(cardsOf('north')).toBe(before + 2);
});

test('a token that was revoked alone is forgotten too; that of a person is none of ours', async () => {
  const { bot_user_id: bot } = (await rowOf('north')) ?? {};
  const now = Math.floor(Date.now() / 1000);
  expect(await sendEvent(TEAMS.north, { type: 'tokens_revoked', tokens: { oauth: ['U1'] } }, now)).toBe(200);
  await story.workspace('north').sender.counts();
  expect((await rowOf('north'))?.uninstalled_at).toBeNull();

  await sendEvent(TEAMS.north, { type: 'tokens_revoked', tokens: { bot: [bot] } }, now + 1);
  await expect.poll(async () => (await rowOf('north'))?.uninstalled_at, SOON).toBeInstanceOf(Date);
});

test('an old event that comes after a new installation is left alone', async () => {
  expect(await sendEvent(TEAMS.north, { type: 'app_uninstalled' }, 1_700_000_000)).toBe(200);
  await expect
    .poll(
      () => story.logLines.some((line) => line.includes('an old event about a former installation')),
      SOON,
    )
    .toBe(true);
  expect(story.workspace('north').allowed()).toBeDefined();
});
