import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inWorkspace } from '../../../src/db/tx.ts';
import { readInstallation } from '../../../src/slack/install/read-installation.sql.ts';
import { testDatabase } from '../../support/database.ts';
import { type InstallStory, startInstallStory, TEAMS } from '../../support/install-story.ts';

const database = await testDatabase();
const SOON = { timeout: 10_000 };

const rowOf = (story: InstallStory, name: 'north' | 'south') => {
  const { workspaceId } = story.seeded[name];
  return inWorkspace(story.sql, workspaceId, (tx) => readInstallation(tx, workspaceId));
};

describe('installing', () => {
  let story: InstallStory;
  beforeAll(async () => {
    story = await startInstallStory(database.url);
  });
  afterAll(() => story.stop());

  const nothingIsStored = async () => {
    expect(await rowOf(story, 'north')).toBeUndefined();
    expect(story.workspace('north').allowed()).toBeUndefined();
  };

  test('asks Slack for the scopes of the manifest, and gives the browser a cookie of its own', async () => {
    const answer = await fetch(`${story.url}/slack/install`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.pathname).toBe('/oauth/v2/authorize');
    expect(location.searchParams.get('scope')).toContain('chat:write');
    expect(location.searchParams.get('redirect_uri')).toBe(`${story.url}/slack/oauth_redirect`);
    expect(answer.headers.get('set-cookie')).toMatch(/^tieout_install=.+; HttpOnly; SameSite=Lax$/);
  });

  test('a browser that did not begin it stores nothing', async () => {
    const { back } = await story.consent('north');
    const other = await story.consent('north');
    for (const cookie of [undefined, other.cookie]) {
      const { status, page } = await story.comeBack(back, cookie);
      expect(status).toBe(400);
      expect(page).toContain('Begin again');
    }
    await nothingIsStored();
  });

  test('a state that somebody made up stores nothing', async () => {
    const { back, cookie } = await story.consent('north');
    const forged = new URL(back);
    forged.searchParams.set('state', `9999999999.${'n'.repeat(24)}.${'m'.repeat(43)}`);
    expect((await story.comeBack(forged.href, cookie)).status).toBe(400);
    await nothingIsStored();
  });

  test('whoever cancels on the page of Slack is told that nothing was stored', async () => {
    const { status, page } = await story.install('north', 'deny');
    expect(status).toBe(400);
    expect(page).toContain('Nothing was stored.');
    await nothingIsStored();
  });

  test('a code that Slack does not know stores nothing, and says what Slack says', async () => {
    const { back, cookie } = await story.consent('north');
    const spoilt = new URL(back);
    spoilt.searchParams.set('code', `${TEAMS.north}.nonsense`);
    const { status, page } = await story.comeBack(spoilt.href, cookie);
    expect(status).toBe(502);
    expect(page).toContain('invalid_code');
    await nothingIsStored();
  });

  test('a team that no configuration names is told which line to add, and its token is given back', async () => {
    const { status, page } = await story.install('stranger');
    expect(status).toBe(403);
    expect(page).toContain(`slack_team: ${TEAMS.stranger}`);
    const methods = story
      .slackOf('stranger')
      .calls()
      .map(({ method }) => method);
    expect(methods).toEqual(['oauth.v2.access', 'auth.revoke']);
  });

  test('a team that a configuration names is live at once, on the trail, with its tokens sealed', async () => {
    const { status, page } = await story.install('north');
    expect(page).toContain('Tieout is installed in Agency north');
    expect(status).toBe(200);
    expect(story.workspace('north').allowed()).toMatchObject({ teamId: TEAMS.north });
    expect(story.workspace('south').allowed()).toBeUndefined();

    const row = await rowOf(story, 'north');
    expect(row).toMatchObject({ slack_team_id: TEAMS.north, app_id: 'A0TIEOUT', uninstalled_at: null });
    expect(row?.bot_token_sealed).toMatch(/^v1\./);
    const [event] = await story.audit('north', 'slack.installed');
    expect(event).toMatchObject({
      entity: 'workspace',
      data: { slack_team_id: TEAMS.north, installed_by: 'U_OLGA', rotated: false },
    });
  });

  test('the same address a second time changes nothing', async () => {
    const visit = await story.install('north');
    const again = await story.comeBack(visit.url, visit.cookie);
    expect(again.status).toBe(502);
    expect(again.page).toContain('The code was used already');
    expect(await story.audit('north', 'slack.installed')).toHaveLength(2);
  });

  test('a state is spent by the installation that it began, whatever code comes with it', async () => {
    const first = await story.install('north');
    const { back } = await story.consent('north');
    const mixed = new URL(first.url);
    mixed.searchParams.set('code', new URL(back).searchParams.get('code') ?? '');
    const { status, page } = await story.comeBack(mixed.href, first.cookie);
    expect(status).toBe(400);
    expect(page).toContain('This was used already');
    expect(await story.audit('north', 'slack.installed')).toHaveLength(3);
  });

  test('no token, code or secret is in the log, in the trail or on a page', async () => {
    const rows = await inWorkspace(
      story.sql,
      story.seeded.north.workspaceId,
      (tx) => tx<{ body: string }[]>`select body from audit_event`,
    );
    const visit = await story.install('north');
    const said = [...story.logLines, ...rows.map(({ body }) => body), visit.page].join('\n');
    expect(said).not.toMatch(/xox[a-z]-T0|a-client-secret|a-state-secret/);
  });

  test('another instance on the same database goes live without being told by Slack', async () => {
    const other = await story.another();
    expect(other.workspaces.map((workspace) => workspace.allowed()?.teamId)).toEqual([
      TEAMS.north,
      undefined,
    ]);
    await story.install('south');
    await expect.poll(() => other.workspaces[1]?.allowed()?.teamId, SOON).toBe(TEAMS.south);
  });
});

describe('one configuration that names no team', () => {
  let story: InstallStory;
  beforeAll(async () => {
    story = await startInstallStory(database.url, { only: 'north', unnamed: true });
    // The workspaces of the story above hold these team ids on this database.
    await story.sql.begin(async (tx) => {
      await tx`select set_config('tieout.workspace_id', workspace_id::text, true) from workspace where slack_team_id = ${TEAMS.north}`;
      await tx`update workspace set slack_team_id = null where slack_team_id = ${TEAMS.north}`;
    });
  });
  afterAll(() => story.stop());

  test('belongs to the first team that installs it, and refuses another', async () => {
    expect((await story.install('north')).status).toBe(200);
    const { status, page } = await story.install('stranger');
    expect(status).toBe(403);
    expect(page).toContain('belongs to another Slack team');
    expect(page).toContain(`slack_team: ${TEAMS.stranger}`);
    expect(story.workspace('north').allowed()).toMatchObject({ teamId: TEAMS.north });
    expect(await story.audit('north', 'slack.installed')).toHaveLength(1);
  });
});
