import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../support/database.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const AS_OF = '2026-11-15T12:00:00Z';
const MORE_PEOPLE = `
  dana: { name: Dana Reyes, email: dana@northlight.example, roles: [data_owner] }
  gita: { name: Gita Rao, email: gita@northlight.example, roles: [governance] }
`;

const database = await testDatabase();
let folder: string;
let spec: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tieout-rules-'));
  await cp(join(ROOT, 'examples', 'ad-buy-vs-billing'), folder, { recursive: true });
  spec = join(folder, 'config', 'reconciliations', 'ad-buy-vs-billing.yaml');
  await edit('config/tieout.yaml', /\npeople:\n/, `\npeople:${MORE_PEOPLE}`);
  await edit('config/tieout.yaml', /$/, '\ngovernance: { channel: "#finance", expire_after: 3d }\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function edit(path: string, what: RegExp, by: string): Promise<void> {
  const file = join(folder, path);
  await writeFile(file, (await readFile(file, 'utf8')).replace(what, by));
}

type Ended = { code: number | null; out: string; err: string };

function tieout(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, DATABASE_URL: database.url, TIEOUT_CONFIG: join(folder, 'config') },
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

it('a governed rule is compared, tried, proposed and followed from the command line', async () => {
  expect(await tieout('run', '--as-of', AS_OF)).toMatchObject({ code: 0 });
  await edit('config/reconciliations/ad-buy-vs-billing.yaml', /2% of expected/, '5% of expected');

  const diff = await tieout('rules', 'diff', spec);
  expect(diff).toMatchObject({ code: 1, err: 'ad-buy-vs-billing: the file differs from the active rule.\n' });
  expect(diff.out).toContain(
    'verify[pacing].expect: abs(diff) <= max(5.00, 2% of expected) → abs(diff) <= max(5.00, 5% of expected)',
  );

  const tried = await tieout('rules', 'backtest', spec, '--as-of', AS_OF, '--json');
  expect(JSON.parse(tried.out)).toMatchObject({
    active: 1,
    now: { opened: 0, cleared: 0, live: 30, autoResolved: 0 },
    changed: { opened: 0, cleared: 2, live: 28, autoResolved: 2 },
  });

  const denied = await tieout(
    'rules',
    'propose',
    spec,
    '--as',
    'ana',
    '--why',
    'Vendors round more',
    '--json',
  );
  expect(denied.code).toBe(1);
  expect(JSON.parse(denied.out)).toMatchObject({ refused: 'not_permitted' });
  expect(await tieout('rules', 'propose', spec, '--as', 'adam')).toMatchObject({ code: 2, out: '' });

  const made = await tieout('rules', 'propose', spec, '--as', 'adam', '--why', 'Vendors round more');
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).toContain('Proposed: version 2 of ad-buy-vs-billing, in place of 1.\nAsked in #finance;');

  const status = JSON.parse((await tieout('rules', 'status', '--json')).out);
  expect(status).toMatchObject({
    // What was tried is on no record: the next version is the second.
    rules: [{ reconciliation: 'ad-buy-vs-billing', active: 1 }],
    changes: [
      {
        state: 'pending',
        from: 1,
        to: 2,
        reason: 'Vendors round more',
        author: { name: 'Adam Price' },
        open: [
          { seat: 'data_owner', asked: ['Dana Reyes'] },
          { seat: 'ops_lead', asked: ['Olga Novak'] },
          { seat: 'governance', asked: ['Gita Rao'] },
        ],
      },
    ],
  });

  const again = await tieout('run', '--as-of', AS_OF);
  expect(again.err).toContain(
    'is proposed by Adam Price and waits for: data owner, operations lead, governance reviewer; runs go on with version 1.',
  );
  expect(again.out).toContain('unchanged: 0 changes');
}, 240_000);
