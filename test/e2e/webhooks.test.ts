import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { variables } from '../../src/config/variables.ts';
import { signingKeys } from '../../src/config/webhooks.ts';
import { connect } from '../../src/db/client.ts';
import { startWebhooks } from '../../src/jobs/webhooks.ts';
import { createLogger } from '../../src/observe/logger.ts';
import { applyConfig } from '../../src/pipeline/govern/apply-config.ts';
import { testDatabase } from '../support/database.ts';
import { isSignedWith, newSecret, startReceiver } from '../support/receiver.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const database = await testDatabase();
const receiver = await startReceiver();
const SECRET = newSecret();
const ENV = { PAY_SECRET: SECRET };
const folder = mkdtempSync(join(tmpdir(), 'tieout-webhooks-'));
cpSync(join(ROOT, 'examples', 'ad-buy-vs-billing'), folder, { recursive: true });
const config = join(folder, 'config');
appendFileSync(
  join(config, 'tieout.yaml'),
  `\nwebhooks:\n  payments: { url: "${receiver.url}", events: [hold.placed, hold.released], secret: "\${PAY_SECRET}", networks: [127.0.0.1] }\n`,
);
afterAll(async () => {
  await receiver.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Ended = { code: number | null; out: string; err: string };

function tieout(args: readonly string[], env: Readonly<Record<string, string>> = ENV): Promise<Ended> {
  const { PATH } = variables();
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH, DATABASE_URL: database.url, TIEOUT_CONFIG: config, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended: Ended = { code: null, out: '', err: '' };
  child.stdout.on('data', (text) => {
    ended.out += text;
  });
  child.stderr.on('data', (text) => {
    ended.err += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...ended, code }));
  });
}

const MOST_MS = 120_000;

describe('webhooks, as an operator sees them', () => {
  it('are tried, written by a run, listed, sent by the service, and sent again', {
    timeout: MOST_MS,
  }, async () => {
    const tested = await tieout(['webhooks', 'send-test', 'payments']);
    expect(tested).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^payments took msg_\w+: answered 204/),
    });
    expect(receiver.received.map(({ event }) => event.type)).toEqual(['test']);

    await tieout(['run', '--as-of', '2026-11-15T12:00:00Z']);
    const listed = await tieout(['webhooks', '--json']);
    const before: { id: string; state: string; about: string }[] = JSON.parse(listed.out);
    expect(listed.code).toBe(0);
    expect(before.length).toBeGreaterThan(2);
    expect(new Set(before.map(({ state }) => state))).toEqual(new Set(['pending']));

    const sql = connect({ url: database.url, role: 'runs' });
    const loaded = await loadConfig(config, variables());
    const { workspaceId } = await applyConfig(sql, loaded, { now: new Date() });
    const service = startWebhooks({
      sql,
      workspaceId,
      endpoints: loaded.organisation.webhooks ?? [],
      keysOf: (endpoint) => signingKeys(endpoint, ENV),
      logger: createLogger({ level: 'silent' }),
    });
    await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(before.length + 1);
    expect(receiver.received.every((one) => isSignedWith(SECRET, one))).toBe(true);

    const [message] = before;
    const replayed = await tieout(['webhooks', 'replay', message?.id ?? '']);
    expect(replayed).toMatchObject({ code: 0, out: 'Messages that are sent again: 1.\n' });
    await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(before.length + 2);
    expect(receiver.received.at(-1)?.id).toBe(message?.id);
    await service.stop();
    await sql.end();

    const table = await tieout(['webhooks', '--state', 'sent', '--endpoint', 'payments']);
    expect(table.out).toContain(message?.about);
  });

  it.each([
    [['webhooks', 'send-test', 'payment'], ENV, 'did you mean "payments"'],
    [['webhooks', 'send-test', 'payments'], {}, 'PAY_SECRET is not set'],
    [['webhooks', 'replay', '--since', 'yesterday'], ENV, 'must be an instant'],
  ])('tell what is wrong with %j', { timeout: MOST_MS }, async (args, env, words) => {
    expect(await tieout(args, env)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) });
  });
});
