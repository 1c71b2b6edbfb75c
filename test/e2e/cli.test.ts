import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../support/database.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CONFIG = join(ROOT, 'examples', 'ad-buy-vs-billing', 'config');
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-test-token', SLACK_SIGNING_SECRET: 'secret-of-the-test' };

const database = await testDatabase();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tieout-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Ended = { code: number | null; out: string; err: string };

/** Runs the command line as a person does, against this file's database. */
function tieout(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, DATABASE_URL: database.url, TIEOUT_CONFIG: CONFIG, ...env },
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

/** How it ends when nobody reads what it notes. */
function unheard(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, DATABASE_URL: database.url, TIEOUT_CONFIG: CONFIG },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.destroy();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
}

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('rules check', () => {
  const SPEC = join(CONFIG, 'reconciliations', 'ad-buy-vs-billing.yaml');

  it('says in plain sentences what a spec does, without a database', async () => {
    const told = await tieout(['rules', 'check', SPEC], {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    });
    expect(told).toMatchObject({ code: 0, err: '' });
    expect(told.out).toContain('unless actual <= expected * 1.10, amount_differs is raised');
  });

  it('names line, column and the word that was meant, and ends with 1', async () => {
    await mkdir(join(folder, 'reconciliations'), { recursive: true });
    const text = await readFile(SPEC, 'utf8');
    const path = await fileOf('reconciliations/slip.yaml', text.replace('po_number]', 'po_nmber]'));
    const told = await tieout(['rules', 'check', path, '--json']);
    expect(told.code).toBe(1);
    expect(told.err).toMatch(
      /slip\.yaml:\d+:\d+ find\[0\]\.exact\.on\[0\]: feed invoice_lines has no field "po_nmber"; did you mean "po_number"\?/,
    );
    expect(JSON.parse(told.out)).toMatchObject({
      reconciliations: [],
      problems: [expect.stringContaining('po_nmber')],
    });
  });
});

describe('the command line', { timeout: 120_000 }, () => {
  it('runs the example, shows an order as JSON alone on stdout, and proves the trail', async () => {
    const run = await tieout(['run', '--as-of', '2026-11-15T12:00:00Z', '--json']);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(run.out)).toMatchObject([{ run: { status: 'applied', changes: { open: 30 } } }]);

    const order = await tieout(['order', 'NL-2026-1114', '--json']);
    expect(order.code).toBe(0);
    expect(JSON.parse(order.out)).toMatchObject({
      order: 'NL-2026-1114',
      exceptions: [{ type: 'amount_differs', history: [{ action: 'exception.opened', actor: 'tieout' }] }],
    });

    expect(await tieout(['audit', 'verify'])).toMatchObject({ code: 0 });
  });

  it('lists what is matched, writes all of it as CSV, and says how right that is against what is known', async () => {
    const listed = await tieout([
      'matches',
      'ad-buy-vs-billing',
      '--outcome',
      'excepted',
      '--limit',
      '2',
      '--json',
    ]);
    expect(listed).toMatchObject({ code: 0, err: expect.stringContaining('Only the first 2 are listed') });
    expect(JSON.parse(listed.out)).toMatchObject([
      { outcome: 'excepted', exceptions: [expect.stringMatching(/^EX-\d+$/)], members: [{}, {}] },
      { outcome: 'excepted' },
    ]);

    const written = await tieout(['matches', '--csv']);
    const lines = written.out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^match,reconciliation,pass,outcome,.*,side,feed,ref,/);
    expect(new Set(lines.slice(1).map((line) => line.split(',')[0])).size).toBe(107);

    const labels = await fileOf(
      'known.csv',
      'expected,actual\nNL-2026-1002,WA-020006/1\nNL-2026-1001,WA-020004/1\n',
    );
    const scored = await tieout(['matches', 'score', 'ad-buy-vs-billing', '--labels', labels, '--json']);
    expect(scored).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(scored.out)).toMatchObject({
      labels: { pairs: 2, absent: 0, alone: 0 },
      matched: { precision: 0.333333, recall: 0.5, f1: 0.4 },
      wrong: [
        { expected: 'NL-2026-1001', actual: 'RD-020001/1', actual_of_expected: ['WA-020004/1'] },
        { expected: 'NL-2026-1003', actual: 'WA-020004/1', expected_of_actual: ['NL-2026-1001'] },
      ],
      missed: [{ expected: 'NL-2026-1001', actual: 'WA-020004/1' }],
    });
    const cut = await tieout(['matches', 'score', 'ad-buy-vs-billing', '--labels', labels, '--limit', '1']);
    expect(cut).toMatchObject({ code: 0, err: expect.stringMatching(/^Not all are listed: 2 are wrong\. /) });
    expect(cut.out).toMatch(/matched +0\.3333 +0\.5000 +0\.4000/);
  });

  it.each([
    [['matches', 'ad-buy'], 'There is no reconciliation "ad-buy" on the record'],
    [['matches', '--outcome', 'right'], '--outcome is "right"; it must be one of equal'],
    [['matches', '--pass', 'po-line'], 'Nothing is matched by a pass "po-line"; did you mean "po-lines"?'],
    [['matches', '--csv', '--json'], '--csv or --json, not both.'],
    [['matches', 'score', 'ad-buy-vs-billing', '--labels', 'x', '--pass', 'po'], 'leave out --pass.'],
    [['matches', 'score', 'ad-buy-vs-billing', '--labels', 'none.csv'], 'The labels could not be read'],
  ])('refuses %j in one line, with exit 2', async (args, told) => {
    const ended = await tieout(args);
    expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining(told) });
    expect(ended.err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('says whose an order is and why, that nobody needs to, and that it knows none', async () => {
    const owned = await tieout(['who-owns', 'NL-2026-1114', '--json']);
    expect(owned).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(owned.out)).toMatchObject({
      isKnown: true,
      settled: 0,
      owners: [
        {
          type: 'amount_differs',
          owner: null,
          lead: { name: 'Olga Novak', standIn: null },
          routedBy: { source: expect.stringMatching(/tieout\.yaml:\d+$/) },
        },
      ],
    });
    const words = await tieout(['who-owns', 'NL-2026-1114']);
    expect(words.out).toContain('nobody yet; its lead is Olga Novak');
    const settled = await tieout(['who-owns', 'NL-2026-1001']);
    expect(settled).toMatchObject({
      code: 0,
      out: 'Nobody needs to: nothing about order NL-2026-1001 is open.\n',
    });
    const none = await tieout(['who-owns', 'NL-2026-9999']);
    expect(none).toMatchObject({ code: 1, out: '' });
    expect(none.err).toContain('No record and no exception carries order "NL-2026-9999".');
  });

  it('lists what cannot be delivered, and tries it again', async () => {
    const listed = await tieout(['outbox', '--json']);
    expect(listed).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(listed.out)).toEqual({ lost: [], dead: [] });
    const retried = await tieout(['outbox', 'retry', '--json', '--team', 'media_ops']);
    expect(retried).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(retried.out)).toEqual({ retried: 0 });
    expect(await tieout(['outbox', 'retry'])).toMatchObject({ code: 0, out: 'Nothing was given up.\n' });
  });

  it('reports the digest as of now, of all teams or of one, and names the teams there are', async () => {
    const all = await tieout(['report', '--json']);
    expect(all).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(all.out)).toMatchObject({ live: { count: 30 }, opened: { count: 30 }, by: 'owner' });

    const finance = await tieout(['report', '--team', 'finance']);
    expect(finance.code).toBe(0);
    expect(finance.out).toMatch(/^settled by rule +[1-9]/m);
    expect(finance.out).toMatch(/^nobody +\d+/m);

    const none = await tieout(['report', '--team', 'finanse']);
    expect(none).toMatchObject({ code: 2, out: '' });
    expect(none.err).toContain('did you mean "finance"?');
  });

  it('tells a type that nothing has now from one that was mistyped', async () => {
    const nothing = await tieout(['exceptions', '--type', 'too_late']);
    const mistyped = await tieout(['exceptions', '--type', 'missing_invoise']);

    expect(nothing).toMatchObject({ code: 0, out: 'No exceptions.\n' });
    expect(mistyped).toMatchObject({ code: 2, out: '' });
    expect(mistyped.err).toContain('did you mean "missing_invoice"?');
  });

  it('lets a sandbox with another folder leave no workspace behind', async () => {
    const other = join(ROOT, 'examples', 'leads-vs-campaigns', 'config');

    const ended = await tieout(['run', '--mode', 'sandbox'], { TIEOUT_CONFIG: other });

    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain('this database holds "Northlight Media"');
    // With two workspaces this would ask which is meant.
    expect(await tieout(['exceptions'], { TIEOUT_CONFIG: folder })).toMatchObject({ code: 0 });
  });

  it('says with exit 3 that an intact trail without an anchor is not proven complete', async () => {
    const none = join(folder, 'no-anchors.jsonl');

    const verified = await tieout(['audit', 'verify', '--anchors', none]);

    expect(verified.code).toBe(3);
    expect(verified.out).toContain(`Completeness NOT proven: there is no anchor in ${none}. Check the path.`);
  });

  it('says in one line that what should hold anchors is a folder, or holds something else', async () => {
    const other = await fileOf('other.jsonl', 'not an anchor\n');

    expect(await tieout(['audit', 'verify', '--anchors', folder])).toMatchObject({
      code: 2,
      err: `${folder} is a folder: name the file in it, <workspace id>.jsonl.\n`,
    });
    expect(await tieout(['audit', 'verify', '--anchors', other])).toMatchObject({
      code: 2,
      err: `${other}:1: not an anchor; restore the file from where it was copied to.\n`,
    });
  });

  it('names the teams there are when exceptions of none are asked for', async () => {
    const none = await tieout(['exceptions', '--team', 'finanse']);

    expect(none).toMatchObject({ code: 2, out: '' });
    expect(none.err).toContain('did you mean "finance"?');
  });

  it('says that there are more than it lists, and lists no more than it was asked for', async () => {
    const one = await tieout(['exceptions', '--limit', '1', '--json']);
    const all = await tieout(['exceptions', '--json']);

    expect(JSON.parse(one.out)).toHaveLength(1);
    expect(one.err).toContain('Only the first 1 are listed; there are more.');
    expect(all.err).not.toContain('there are more');
  });

  it('holds a file whose header is wrong, with exit 1, the nearest column and the next step', async () => {
    const path = await fileOf('wrong-header.csv', 'order_idd,client\nA,B\n');

    const ended = await tieout(['ingest', 'platform_orders', '--file', path]);

    expect(ended.code).toBe(1);
    expect(ended.out).toMatch(
      /held, .*"order_ref" \(is "order_idd" meant\?\).*\n.*tieout deliveries release/,
    );
    const [, id = ''] = /release (\S+)/.exec(ended.out) ?? [];
    const stranger = await tieout([
      'deliveries',
      'release',
      id,
      '--reason',
      'expected_change',
      '--as',
      'rosa',
    ]);
    expect(stranger).toMatchObject({ code: 1, err: expect.stringContaining('Only the owner') });
    const released = await tieout([
      'deliveries',
      'release',
      id,
      '--reason',
      'expected_change',
      '--as',
      'olga',
    ]);
    expect(released.code).toBe(1);
    const shown = await tieout(['deliveries', 'show', id]);
    expect(shown.out).toContain('by Olga Novak, expected_change');
    expect(released.out).toMatch(
      /released, but refused when it was read.*\n.*\n.*quarantined: .*"order_ref"/,
    );
  });

  it('answers a file that was kept out as the first time when it comes again: exit 1, why, and what to do', async () => {
    const path = await fileOf('cut.csv', ' \n');
    const first = await tieout(['ingest', 'platform_orders', '--file', path]);

    const again = await tieout(['ingest', 'platform_orders', '--file', path, '--json']);

    expect([first.code, again.code]).toEqual([1, 1]);
    const told = JSON.parse(again.out);
    expect(told).toMatchObject({ status: 'already_delivered', earlier: { status: 'quarantined' } });
    expect(first.out).toContain(`the whole file is quarantined: ${told.problem}`);
  });

  it.each([
    ['an unknown feed', ['ingest', 'invoice_line', '--file', 'x'], 'invoice_lines'],
    ['an unknown mode', ['run', '--mode', 'live'], 'active, shadow, sandbox'],
    ['a cut-off without a zone', ['run', '--as-of', '2026-11-15'], 'as 2026-11-15T12:00:00Z'],
    ['an unknown option', ['run', '--sinc', 'x'], "unknown option '--sinc'"],
    ['a command that does not exist', ['rnu'], 'Did you mean run?'],
    ['a day beside a file', ['ingest', 'invoice_lines', '--file', 'x', '--since', '2026-01-01'], '--since'],
    ['quarantine of an unknown feed', ['quarantine', '--feed', 'invoice_line'], 'invoice_lines'],
    ['deliveries of an unknown feed', ['deliveries', '--feed', 'invoice_line'], 'invoice_lines'],
    ['a file that is not there', ['ingest', 'invoice_lines', '--file', '/nowhere.csv'], '/nowhere.csv'],
  ])('answers %s with exit 2 and what to do', async (_what, args, words) => {
    const ended = await tieout(args);

    expect(ended.code).toBe(2);
    expect(ended.err).toContain(words);
    expect(ended.out).toBe('');
  });

  it('ends as it would have when nobody reads what it notes: a command that does not exist with 2', async () => {
    expect(await unheard(['conquer'])).toBe(2);
  });

  it('refuses to serve as a superuser, in one line that names DATABASE_URL', async () => {
    const ended = await tieout(['serve'], { ...SLACK, DATABASE_URL: database.adminUrl });

    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/^DATABASE_URL: the role \S+ is a superuser.*tieout_app.*\n$/);
  });

  it('refuses to serve while commits are not waited for', async () => {
    const ended = await tieout(['serve'], {
      ...SLACK,
      DATABASE_URL: `${database.url}?options=-c%20synchronous_commit%3Doff`,
    });

    expect(ended.code).toBe(2);
    expect(ended.err).toContain('synchronous_commit');
  });

  it('names every variable that is missing or malformed, without a secret', async () => {
    const ended = await tieout(['serve'], { SLACK_BOT_TOKEN: 'xoxp-not-a-bot', PORT: 'abc' });

    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/^SLACK_BOT_TOKEN /m);
    expect(ended.err).toMatch(/^PORT /m);
    expect(ended.err).not.toContain('xoxp-not-a-bot');
  });

  it('says with exit 4 that the database cannot be reached', async () => {
    const ended = await tieout(['exceptions'], { DATABASE_URL: 'postgres://nobody:x@127.0.0.1:9/none' });

    expect(ended.code).toBe(4);
    expect(ended.err.split('\n')).toHaveLength(2);
  });
});
