import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { variables } from '../../src/config/variables.ts';
import { startHttp } from '../../src/http/server.ts';
import { type LocalTeams, startLocalTeams } from '../../src/local-slack/teams.ts';
import { testDatabase } from '../support/database.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLE = join(PROJECT, 'examples/ad-buy-vs-billing/config');
const database = await testDatabase();
const TEAMS = { acme: 'T0ACME1', zenith: 'T0ZENITH1' } as const;
const CLIENT = { clientId: '12.34', clientSecret: 'the-client-secret' };
const SECRET = 'a-signing-secret';

let teams: LocalTeams;
let folder = '';
let service: ChildProcess;
let url = '';
let written = '';

/** `workspaces/<name>` for each team: the example with another name, and its Slack team. */
function writeConfig(): string {
  const root = mkdtempSync(join(tmpdir(), 'tieout-many-'));
  for (const [name, team] of Object.entries(TEAMS)) {
    const to = join(root, 'workspaces', name);
    cpSync(EXAMPLE, to, { recursive: true });
    const file = join(to, 'tieout.yaml');
    const text = readFileSync(file, 'utf8').replace(
      /^workspace:\n {2}name: .*$/m,
      `workspace:\n  name: ${name}\n  slack_team: ${team}`,
    );
    writeFileSync(file, text);
  }
  return root;
}

const start = (...args: string[]): ChildProcess => {
  const { PATH } = variables();
  return spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    cwd: PROJECT,
    env: {
      PATH,
      DATABASE_URL: database.url,
      TIEOUT_CONFIG: folder,
      TIEOUT_PUBLIC_URL: url,
      PORT: new URL(url).port,
      SLACK_API_URL: teams.apiUrl,
      SLACK_CLIENT_ID: CLIENT.clientId,
      SLACK_CLIENT_SECRET: CLIENT.clientSecret,
      SLACK_STATE_SECRET: 'a-state-secret',
      SLACK_SIGNING_SECRET: SECRET,
      TIEOUT_ENCRYPTION_KEY: 'ab'.repeat(32),
    },
  });
};

/** A command in the environment of the service, when it has ended. */
async function tieout(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = start(...args);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

beforeAll(async () => {
  folder = writeConfig();
  const probe = await startHttp({ port: 0, slack: undefined, site: new Hono() });
  await probe.stop();
  url = `http://127.0.0.1:${probe.port}`;
  teams = await startLocalTeams(
    Object.entries(TEAMS).map(([name, id]) => ({
      seed: {
        team: { id, name, domain: name },
        users: [{ id: 'U1', handle: 'ada', realName: 'Ada', email: 'ada@agency.example', tz: 'UTC' }],
        channels: [],
      },
      app: {
        requestUrl: `${url}/slack/events`,
        signingSecret: SECRET,
        botToken: '',
        appId: 'A0TIEOUT',
        botUserId: 'U0TIEOUT',
        oauth: { ...CLIENT, redirectUrls: [`${url}/slack/oauth_redirect`], tokenSeconds: 43_200 },
      },
    })),
  );
  service = start('serve');
  for (const stream of [service.stdout, service.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      written += text;
    });
  }
  await vi.waitFor(() => expect(written).toContain('Install the app into a Slack workspace'), {
    timeout: 30_000,
  });
}, 60_000);

afterAll(async () => {
  if (service.exitCode === null) {
    const ended = once(service, 'exit');
    service.kill('SIGTERM');
    await ended;
  }
  await teams.close();
  rmSync(folder, { recursive: true });
});

const ready = async () => {
  const answer = await fetch(`${url}/readyz`);
  const body = (await answer.json()) as { checks: { slack: { detail: string } } };
  return { status: answer.status, slack: body.checks.slack.detail };
};

async function install(index: number): Promise<Response> {
  const begun = await fetch(`${url}/slack/install`, { redirect: 'manual' });
  const cookie = (begun.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  const { pathname, search } = new URL(begun.headers.get('location') ?? '');
  const allowed = await fetch(new URL(pathname + search, teams.teams[index]?.url), {
    method: 'POST',
    body: new URLSearchParams({ decision: 'allow', as: 'U1' }),
    redirect: 'manual',
  });
  return await fetch(allowed.headers.get('location') ?? '', { headers: { cookie } });
}

test('serves before anything is installed, and says so', async () => {
  expect(await ready()).toEqual({ status: 200, slack: 'installed in 0 of 2' });
});

test('goes live in one team after the other, without a restart', async () => {
  const first = await install(0);
  expect(first.status).toBe(200);
  expect(await first.text()).toContain('It works for &quot;acme&quot; from now on');
  expect(await ready()).toEqual({ status: 200, slack: 'installed in 1 of 2' });
  expect((await install(1)).status).toBe(200);
  expect(await ready()).toEqual({ status: 200, slack: 'installed in 2 of 2' });
});

test('answers in both teams, to each by its own name', async () => {
  for (const [index, name] of Object.keys(TEAMS).entries()) {
    const slack = teams.teams[index];
    await slack?.as('U1').openHome();
    await expect.poll(() => slack?.homeOf('U1'), { timeout: 5_000 }).toBeDefined();
    const published = slack?.calls().filter(({ method }) => method === 'views.publish') ?? [];
    expect(published.length, name).toBeGreaterThan(0);
  }
});

test('the doctor looks at the installation of each', async () => {
  const { stdout } = await tieout('doctor', '--json');
  const { checks } = JSON.parse(stdout) as { checks: { check: string; state: string; detail: string }[] };
  const installations = checks.filter(({ check }) => check === 'slack installation');
  expect(installations).toEqual([
    expect.objectContaining({ state: 'ok', detail: expect.stringMatching(/^acme: team T0ACME1, since /) }),
    expect.objectContaining({
      state: 'ok',
      detail: expect.stringMatching(/^zenith: team T0ZENITH1, since /),
    }),
  ]);
  expect(checks.filter(({ check }) => check === 'token rotation').map(({ state }) => state)).toEqual([
    'ok',
    'ok',
  ]);
});

test('a command that is about one workspace says how to name it', async () => {
  const { code, stderr } = await tieout('run');
  expect(code).toBe(2);
  expect(stderr).toContain('TIEOUT_CONFIG=');
});

test('writes no token and no secret anywhere it writes to', () => {
  expect(written).not.toMatch(/xox[a-z][.-][\w.]*T0|the-client-secret|a-state-secret|abababab/);
});
