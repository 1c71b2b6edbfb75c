import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { variables } from '../../src/config/variables.ts';
import { type LocalSlack, startLocalSlack } from '../../src/local-slack/server.ts';
import { testDatabase } from '../support/database.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const database = await testDatabase();
const NAMES = ['media-ops', 'finance', 'revenue-ops'];
let slack: LocalSlack;

beforeAll(async () => {
  slack = await startLocalSlack({
    seed: {
      team: { id: 'T1', name: 'Agency', domain: 'agency' },
      users: [],
      channels: NAMES.map((name, index) => ({ id: `C0TEAM00${index}`, name })),
    },
    app: {
      requestUrl: '',
      signingSecret: 'unused',
      botToken: 'xoxb-local',
      appToken: 'xapp-local',
      appId: 'A1',
      botUserId: 'U0APP',
    },
  });
});

afterAll(async () => {
  await slack?.close();
});

type Ended = { code: number; stdout: string };

function tieout(args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  const { PATH } = variables();
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'src/main.ts', ...args],
      { cwd: PROJECT, env: { PATH, ...environment } },
      (_, stdout) => resolve({ code: child.exitCode ?? -1, stdout }),
    );
  });
}

const installed = () => ({
  DATABASE_URL: database.url,
  TIEOUT_CONFIG: 'examples/ad-buy-vs-billing/config',
  SLACK_API_URL: slack.apiUrl,
  SLACK_BOT_TOKEN: 'xoxb-local',
  SLACK_APP_TOKEN: 'xapp-local',
});

test('the doctor finds a sound installation sound', async () => {
  const { code, stdout } = await tieout(['doctor', '--json'], installed());
  const answer = JSON.parse(stdout);
  expect(answer.checks.filter(({ state }: { state: string }) => state === 'failed')).toEqual([]);
  expect(answer.ok).toBe(true);
  expect(code).toBe(0);
});

test('the doctor says in one line each what is wrong and how to mend it', async () => {
  slack.admin.archive('finance');
  slack.admin.remove('media-ops');
  const { code, stdout } = await tieout(['doctor'], { ...installed(), DATABASE_URL: database.adminUrl });
  expect(stdout).toMatch(/^FAILED {2}database .* Fix: .+$/m);
  expect(stdout).toMatch(/^FAILED {2}channel of media_ops .* Fix: Type \/invite .+$/m);
  expect(stdout).toMatch(/^FAILED {2}channel of finance .*is archived\. Fix: Unarchive it.+$/m);
  expect(stdout).toMatch(/^ok {6}channel of revenue_ops/m);
  expect(code).toBe(1);
});

test('the manifest is the same in YAML and in JSON', async () => {
  const args = ['slack', 'manifest', '--url', 'https://tieout.agency.example'];
  const [yaml, json] = await Promise.all([tieout(args), tieout([...args, '--json'])]);
  expect([yaml.code, json.code]).toEqual([0, 0]);
  expect(parse(yaml.stdout)).toEqual(JSON.parse(json.stdout));
});
