import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { Organisation } from '../../src/core/organisation.ts';
import { connect, type Sql } from '../../src/db/client.ts';
import type { SealKeys } from '../../src/db/seal.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { installRoutes } from '../../src/http/install.ts';
import { type HttpServer, startHttp } from '../../src/http/server.ts';
import type { LocalSlack } from '../../src/local-slack/server.ts';
import { type LocalTeams, startLocalTeams } from '../../src/local-slack/teams.ts';
import type { LocalSlackOptions } from '../../src/local-slack/types.ts';
import { createLogger } from '../../src/observe/logger.ts';
import { type InstalledSlack, startInstalledSlack } from '../../src/slack/install/app.ts';
import type { SlackWorkspace } from '../../src/slack/workspace.ts';
import { aSpec, type SeededWorkspace, seedWorkspace } from './ledger.ts';
import { SIGNING_SECRET, STORY_ORGANISATION, slackId } from './slack-story.ts';

export const CLIENT = { clientId: '1234.5678', clientSecret: 'a-client-secret' };
const STATE_SECRET = 'a-state-secret';
const APP_ID = 'A0TIEOUT';

export type TeamName = 'north' | 'south' | 'stranger';
/** The stranger's team is on Slack, and in no configuration. */
export const TEAMS = { north: 'T0NORTH', south: 'T0SOUTH', stranger: 'T0STRANGE' } satisfies Record<
  TeamName,
  string
>;
type Known = Exclude<TeamName, 'stranger'>;

/** The same people and channels, by the same ids, in every team. */
const slackOf = (name: TeamName, tokenSeconds: number | undefined): LocalSlackOptions => ({
  seed: {
    team: { id: TEAMS[name], name: `Agency ${name}`, domain: name },
    users: ['ana', 'ben', 'olga'].map((key) => ({
      id: slackId(key),
      handle: key,
      realName: key,
      email: `${key}@agency.example`,
      tz: 'UTC',
    })),
    channels: [
      { id: 'C0MEDIAOPS', name: 'media-ops' },
      { id: 'C0FINANCE', name: 'finance' },
    ],
  },
  app: {
    requestUrl: 'http://127.0.0.1:9/',
    signingSecret: SIGNING_SECRET,
    botToken: '',
    appId: APP_ID,
    botUserId: 'U0TIEOUT',
    events: ['app_home_opened', 'app_uninstalled', 'tokens_revoked'],
    oauth: { ...CLIENT, redirectUrls: [], ...(tokenSeconds === undefined ? {} : { tokenSeconds }) },
  },
  retryDelaysMs: [],
});

/** What came of a visit to Slack's page: the answer of the redirect, and what to send again. */
export type Visit = {
  readonly status: number;
  readonly page: string;
  readonly url: string;
  readonly cookie: string;
};

export type InstallStory = {
  readonly sql: Sql;
  readonly teams: LocalTeams;
  readonly slackOf: (name: TeamName) => LocalSlack;
  readonly seeded: Readonly<Record<Known, SeededWorkspace>>;
  readonly keys: SealKeys;
  readonly url: string;
  readonly logLines: string[];
  readonly app: () => InstalledSlack;
  readonly workspace: (name: Known) => SlackWorkspace;
  /** Another instance of the product, on the same database and Slack; not reached by Slack's requests. */
  readonly another: (changes?: Partial<StartOptions>) => Promise<InstalledSlack>;
  /** Opens /slack/install, chooses the team, presses Allow (or Cancel), and follows back. */
  readonly install: (name: TeamName, choice?: 'allow' | 'deny') => Promise<Visit>;
  /** The same without following back. */
  readonly consent: (name: TeamName, choice?: 'allow' | 'deny') => Promise<{ back: string; cookie: string }>;
  readonly comeBack: (url: string, cookie: string | undefined) => Promise<Visit>;
  /** Events of the trail with this action. */
  readonly audit: (name: Known, action: string) => Promise<Record<string, unknown>[]>;
  readonly stop: () => Promise<void>;
};

type StartOptions = { keys: SealKeys; only: Known | undefined; unnamed: boolean };

export async function startInstallStory(
  databaseUrl: string,
  options: Partial<StartOptions> & { tokenSeconds?: number } = {},
): Promise<InstallStory> {
  const sql = connect({ url: databaseUrl, role: 'people' });
  const spec = aSpec();
  const seeded = { north: await seedWorkspace(sql, [spec.key]), south: await seedWorkspace(sql, [spec.key]) };
  const names = Object.keys(TEAMS) as TeamName[];
  const teams = await startLocalTeams(names.map((name) => slackOf(name, options.tokenSeconds)));
  const slacks = new Map(names.map((name, index) => [name, teams.teams[index] as LocalSlack]));
  const slackNamed = (name: TeamName): LocalSlack => slacks.get(name) as LocalSlack;
  const keys: SealKeys = options.keys ?? [randomBytes(32)];
  const logLines: string[] = [];
  const extra: InstalledSlack[] = [];
  const port = await reservePort();
  const url = `http://127.0.0.1:${port}`;

  const start = (changes: Partial<StartOptions> = {}): Promise<InstalledSlack> => {
    const known: Known[] = options.only === undefined ? ['north', 'south'] : [options.only];
    return startInstalledSlack({
      settings: {
        ...CLIENT,
        stateSecret: STATE_SECRET,
        keys: changes.keys ?? keys,
        signingSecret: SIGNING_SECRET,
        appToken: undefined,
        apiUrl: teams.apiUrl,
        publicUrl: url,
      },
      workspaces: known.map((name) => ({
        workspaceId: seeded[name].workspaceId,
        organisation: organisationOf(name, options.unnamed ? undefined : TEAMS[name]),
      })),
      sql,
      logger: createLogger({ level: 'debug', write: (line) => logLines.push(line) }),
    });
  };
  const app = await start();
  const http = await serve(app, port);
  for (const slack of slacks.values()) {
    slack.setRequestUrl(`${url}/slack/events`);
    slack.setRedirectUrls(`${url}/slack/oauth_redirect`);
  }
  const consent: InstallStory['consent'] = async (name, choice = 'allow') => {
    const begun = await fetch(`${url}/slack/install`, { redirect: 'manual' });
    const cookie = (begun.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    const asked = new URL(begun.headers.get('location') ?? '');
    const allowed = await fetch(new URL(`${asked.pathname}${asked.search}`, slackNamed(name).url), {
      method: 'POST',
      body: new URLSearchParams({ decision: choice, as: slackId('olga') }),
      redirect: 'manual',
    });
    return { back: allowed.headers.get('location') ?? '', cookie };
  };
  const comeBack: InstallStory['comeBack'] = async (back, cookie) => {
    const answer = await fetch(back, { headers: cookie === undefined ? {} : { cookie } });
    return { status: answer.status, page: await answer.text(), url: back, cookie: cookie ?? '' };
  };
  return {
    sql,
    teams,
    slackOf: slackNamed,
    seeded,
    keys,
    url,
    logLines,
    app: () => app,
    workspace: (name) => {
      const id = seeded[name].workspaceId;
      return app.workspaces.find(({ workspaceId }) => workspaceId === id) as SlackWorkspace;
    },
    another: async (changes) => {
      const made = await start(changes);
      extra.push(made);
      return made;
    },
    consent,
    comeBack,
    install: async (name, choice) => {
      const { back, cookie } = await consent(name, choice);
      return await comeBack(back, cookie);
    },
    audit: (name, action) =>
      inWorkspace(
        sql,
        seeded[name].workspaceId,
        async (tx) =>
          await tx`select body::jsonb as body from audit_event where action = ${action} order by seq`,
      ).then((rows) => rows.map(({ body }) => body as Record<string, unknown>)),
    stop: async () => {
      for (const one of [app, ...extra]) await one.stop();
      await http.stop();
      await teams.close();
      await sql.end({ timeout: 5 });
    },
  };
}

const organisationOf = (name: Known, slackTeamId: string | undefined): Organisation => ({
  ...STORY_ORGANISATION,
  name,
  slackTeamId,
});

/** The public address is part of the settings, so the port is known before the service starts. */
async function reservePort(): Promise<number> {
  const probe = await startHttp({ port: 0, host: '127.0.0.1', slack: undefined, site: new Hono() });
  await probe.stop();
  return probe.port;
}

function serve(app: InstalledSlack, port: number): Promise<HttpServer> {
  const site = new Hono();
  const logger = createLogger({ level: 'silent' });
  const publicUrl = `http://127.0.0.1:${port}`;
  site.route('/', installRoutes({ installer: app.installer, publicUrl, logger }));
  return startHttp({ port, host: '127.0.0.1', slack: app.requestListener, site });
}
