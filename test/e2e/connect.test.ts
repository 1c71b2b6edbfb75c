import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nameFrom } from '../../src/cli/commands/starter.ts';
import { readConnectorFeed } from '../../src/config/connectors.ts';
import { loadConfig } from '../../src/config/load.ts';
import { variables } from '../../src/config/variables.ts';
import { testDatabase } from '../support/database.ts';
import { httpPullOf } from '../support/feeds.ts';
import { type Provider, pullFrom, startProvider } from '../support/provider.ts';
import { scratchFolder } from '../support/scratch.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const database = await testDatabase();

type Ended = { code: number; stdout: string; stderr: string };

function tieout(args: readonly string[], environment: Record<string, string>): Promise<Ended> {
  const { PATH } = variables();
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'src/main.ts', ...args],
      { cwd: PROJECT, env: { PATH, DATABASE_URL: database.adminUrl, ...environment } },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** Each command is a process of its own, and a busy machine is no failure. */
describe('messages of an Airbyte source', { timeout: 180_000 }, () => {
  it('feed a shipped feed once their format and stream are named, also when they were refused without', async () => {
    const TIEOUT_CONFIG = scratchFolder();
    await tieout(['connect', 'stripe', 'stripe_invoices'], { TIEOUT_CONFIG });
    const sample = readFileSync(join(PROJECT, 'connectors/stripe/sample/stripe_invoices.jsonl'), 'utf8');
    const messages = sample
      .trim()
      .split('\n')
      .map((data) => `{"type":"RECORD","record":{"stream":"invoices","emitted_at":1,"data":${data}}}\n`);
    const file = join(TIEOUT_CONFIG, 'messages.jsonl');
    writeFileSync(file, messages.join(''));
    const ingest = ['ingest', 'stripe_invoices', '--file', file];
    const plain = await tieout([...ingest, '--stream', 'invoices'], { TIEOUT_CONFIG });
    expect(plain).toMatchObject({ code: 2, stderr: expect.stringContaining('--stream means nothing') });
    const forgotten = await tieout(ingest, { TIEOUT_CONFIG });
    expect(forgotten).toMatchObject({ code: 1, stdout: expect.stringContaining('none of the 43 rows') });
    const unnamed = await tieout([...ingest, '--format', 'airbyte'], { TIEOUT_CONFIG });
    expect(unnamed).toMatchObject({ code: 1, stdout: expect.stringContaining('name the stream: --stream') });
    const named = await tieout([...ingest, '--format', 'airbyte', '--stream', 'invoices'], { TIEOUT_CONFIG });
    expect(named).toMatchObject({ code: 0, stdout: expect.stringContaining('40 new') });
  });
});

describe('somebody new who connects Stripe', { timeout: 180_000 }, () => {
  it('gets feeds, is told what to set, tries the sample, and pulls what the provider has', async () => {
    const TIEOUT_CONFIG = scratchFolder();
    const connected = await tieout(['connect', 'stripe', 'stripe_invoices'], { TIEOUT_CONFIG });
    expect(connected).toMatchObject({ code: 0 });
    expect(connected.stdout).toContain('STRIPE_API_KEY\n');
    expect(connected.stdout).toContain('tieout ingest stripe_invoices');
    expect(existsSync(join(TIEOUT_CONFIG, 'tieout.yaml'))).toBe(true);

    const sample = join(PROJECT, 'connectors/stripe/sample/stripe_invoices.jsonl');
    const tried = await tieout(['ingest', 'stripe_invoices', '--file', sample], { TIEOUT_CONFIG });
    expect(tried).toMatchObject({ code: 0 });
    expect(tried.stdout).toContain('43 read, 40 new, 0 changed, 1 unchanged, 2 quarantined');

    const missing = await tieout(['ingest', 'stripe_invoices'], { TIEOUT_CONFIG });
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr.trim()).toBe(
      'STRIPE_API_KEY is not set; feed "stripe_invoices" needs it (see its file in feeds/).',
    );

    const file = join(TIEOUT_CONFIG, 'feeds/stripe_invoices.yaml');
    const provider = await asProvider(file, sample);
    try {
      const asked = readFileSync(file, 'utf8')
        .replace('https://api.stripe.com', provider.origin)
        .replace('records: data', 'records: data\n    networks: ["127.0.0.1"]');
      writeFileSync(file, asked);
      const pulled = await tieout(['ingest', 'stripe_invoices', '--json'], {
        TIEOUT_CONFIG,
        STRIPE_API_KEY: 'rk_test',
      });
      expect(pulled).toMatchObject({ code: 0 });
      expect(JSON.parse(pulled.stdout)).toMatchObject({
        records: 40,
        deliveries: [{ rowsRead: 40, rowsQuarantined: 0 }],
      });
      const refused = await tieout(['ingest', 'stripe_invoices'], {
        TIEOUT_CONFIG,
        STRIPE_API_KEY: 'rk_other',
      });
      expect(refused).toMatchObject({ code: 4 });
      expect(refused.stderr).toContain('answers 401');
      expect(refused.stderr).not.toContain('rk_other');
    } finally {
      await provider.stop();
    }
  });

  it('has a workspace of the name of its folder, or of another, so that what is tried stays apart', async () => {
    const [tried, named] = [join(scratchFolder(), 'try "it"'), scratchFolder()];
    await tieout(['connect', 'asana'], { TIEOUT_CONFIG: tried });
    await tieout(['connect', 'asana', '--name', 'Kestrel: media'], { TIEOUT_CONFIG: named });
    const nameOf = async (folder: string) => (await loadConfig(folder, {})).organisation.name;
    expect(await nameOf(tried)).toBe('try "it"');
    expect(await nameOf(named)).toBe('Kestrel: media');
    expect(nameFrom('/srv/tieout/config')).toBe('My company');
  });

  it('keeps a file that is there, and is told the nearest name', async () => {
    const TIEOUT_CONFIG = scratchFolder();
    await tieout(['connect', 'asana'], { TIEOUT_CONFIG });
    const again = await tieout(['connect', 'asana'], { TIEOUT_CONFIG });
    expect(again.stdout).toContain('kept   ');
    const wrong = await tieout(['connect', 'asanna'], { TIEOUT_CONFIG });
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.stderr).toContain('did you mean "asana"?');
  });
});

/** What Stripe would answer, from the sample. */
function asProvider(file: string, sample: string): Promise<Provider> {
  const records = readFileSync(sample, 'utf8')
    .trim()
    .split('\n')
    .slice(0, 40)
    .map((line) => JSON.parse(line) as { [key: string]: unknown });
  const pull = pullFrom(httpPullOf(readConnectorFeed(file)), 'http://127.0.0.1');
  return startProvider({ records, pageSize: 15, pull, token: 'rk_test', busyEvery: 3 });
}
