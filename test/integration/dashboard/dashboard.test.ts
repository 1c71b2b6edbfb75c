import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiScope } from '../../../src/core/api-key.ts';
import { typeTitle } from '../../../src/core/words.ts';
import { connect } from '../../../src/db/client.ts';
import { dashboardRoutes } from '../../../src/http/dashboard/dashboard.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { createApiKey, revokeApiKey } from '../../../src/pipeline/govern/api-keys.ts';
import { testDatabase } from '../../support/database.ts';
import { exampleNight, type LoadedExample, loadExample, placeExample } from '../../support/example.ts';
import {
  aSpec,
  invoice,
  ORGANISATION,
  order,
  putRecords,
  runLedger,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const HOUR = 3_600_000;
const NAME = 'Northlight of the dashboard';
let example: LoadedExample;
let workspaceId: string;

beforeAll(async () => {
  example = await loadExample('ad-buy-vs-billing');
  workspaceId = await placeExample(sql, example, NAME);
  await exampleNight(sql, example, workspaceId);
});

const logger = createLogger({ level: 'silent' });

const site = ({ isOpen = false } = {}) =>
  dashboardRoutes({
    keys: sql,
    reports: sql,
    workspaces: [
      {
        workspaceId,
        name: NAME,
        organisation: example.config.organisation,
        reconciliations: [...example.config.reconciliations.values()],
      },
    ],
    isOpen,
    logger,
  });

let made = 0;
async function keyOf(scopes: ApiScope[] = ['dashboard:read'], name = `key-${++made}`): Promise<string> {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + HOUR);
  const key = await createApiKey(sql, { workspaceId, name, scopes, now, expiresAt, by: 'operator' });
  if (!key) throw new Error(`there is a key ${name} already`);
  return key.text;
}

const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const HERE = { host: 'tieout.example', origin: 'https://tieout.example' };

const signIn = (key: string, headers: Record<string, string> = HERE, next = '/') =>
  site().request('/sign-in', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ key, next }).toString(),
  });

describe('who may look', () => {
  it('asks for a key, and shows nothing of the record', async () => {
    const answer = await site().request('/');
    expect(answer.status).toBe(200);
    const page = await answer.text();
    expect(page).toContain('Sign in');
    expect(page).not.toContain(NAME);
  });

  it('asks for one on every other page too', async () => {
    const first = await site().request('/exceptions/EX-1001');
    const second = await site().request('/orders/NL-2026-1031');
    expect([first.status, second.status]).toEqual([401, 401]);
    expect(await first.text()).toContain('name="next" value="/exceptions/EX-1001"');
  });

  it('keeps a key that opens it in a cookie that no script and no other site can use, and goes on', async () => {
    const key = await keyOf();
    const answer = await signIn(key, HERE, '/exceptions/EX-1001');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/exceptions/EX-1001');
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-tieout_key=.*; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const page = await site().request('/', { headers: { ...HERE, cookie: cookie.split(';', 1)[0] ?? '' } });
    expect(await page.text()).toContain(NAME);
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'does not go on to %s',
    async (next) => {
      const answer = await signIn(await keyOf(), HERE, next);
      expect(answer.headers.get('location')).toBe('/');
    },
  );

  it('keeps a key without https on this machine only, and says so elsewhere', async () => {
    const key = await keyOf();
    const local = await signIn(key, { host: 'localhost:3000', origin: 'http://localhost:3000' });
    expect(local.headers.get('set-cookie')).toMatch(/^tieout_key=.*; HttpOnly; SameSite=Lax$/);
    const remote = await signIn(key, { host: '10.0.0.5:3000', origin: 'http://10.0.0.5:3000' });
    expect(remote.status).toBe(403);
    expect(await remote.text()).toContain('came over https');
    const planted = await site().request('/', {
      headers: { host: 'tieout.example', cookie: `tieout_key=${key}` },
    });
    expect(await planted.text()).not.toContain(NAME);
  });

  it('signs nobody in from a form of another site', async () => {
    const key = await keyOf();
    for (const foreign of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const answer = await signIn(key, { ...HERE, ...foreign });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it('does not read a form that is longer than any key', async () => {
    const answer = await signIn('x'.repeat(10_000));
    expect(answer.status).toBe(413);
  });

  it('says why a key does not open it: unknown, without the scope, revoked', async () => {
    expect(await (await signIn('tieout_nonsense')).text()).toContain('with a key of');
    const other = await signIn(await keyOf(['holds:read']));
    expect(other.status).toBe(403);
    expect(await other.text()).toContain('This needs dashboard:read');
    const key = await keyOf(['dashboard:read'], 'short-lived');
    expect((await site().request('/', bearer(key))).status).toBe(200);
    await revokeApiKey(sql, { workspaceId, name: 'short-lived', now: new Date(), by: 'operator' });
    const after = await site().request('/', bearer(key));
    expect(after.status).toBe(403);
    expect(await after.text()).not.toContain(NAME);
  });

  it('forgets the key when somebody signs out', async () => {
    const answer = await site().request('/sign-out', { method: 'POST', headers: HERE });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-tieout_key=; Max-Age=0/),
      expect.stringMatching(/^tieout_key=; Max-Age=0/),
    ]);
  });

  it('opens without a key, where that is wanted, to whoever sits at this machine and to nobody else', async () => {
    const here = await site({ isOpen: true }).request('/', { headers: { host: '127.0.0.1:3000' } });
    expect(await here.text()).toContain(NAME);
    const rebound = await site({ isOpen: true }).request('/', { headers: { host: 'evil.example:3000' } });
    expect(await rebound.text()).not.toContain(NAME);
  });

  it('lets nobody frame, script or keep a page', async () => {
    const { headers } = await site().request('/', bearer(await keyOf()));
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

/** The text of a page as somebody reads it. */
const textOf = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const open = async (path: string): Promise<{ status: number; page: string; text: string }> => {
  const answer = await site({ isOpen: true }).request(path, { headers: { host: 'localhost' } });
  const page = await answer.text();
  return { status: answer.status, page, text: textOf(page) };
};

describe('the overview', () => {
  it('says how much is open, and per team and type what is at stake, as the example expects', async () => {
    const { text } = await open('/');
    const { exceptionsByTeam, exceptionsByType } = example.expectedRun;
    const live = Object.values(exceptionsByTeam).reduce((sum, count) => sum + count, 0);
    expect(text).toContain(`${live} open`);
    expect(text).toContain(`${live} exceptions, `);
    for (const [team, count] of Object.entries(exceptionsByTeam)) {
      const name = example.config.organisation.teams.find(({ key }) => key === team)?.name;
      expect(text).toContain(`${name} ${count} 0 0 0`);
    }
    for (const [type, count] of Object.entries(exceptionsByType)) {
      expect(text).toContain(`${typeTitle(type)} ${count} `);
    }
    expect(text).toContain('ad-buy-vs-billing');
  });

  it('names rows that were kept out, and the command that says why', async () => {
    expect((await open('/')).text).toMatch(/5 rows of invoice_lines kept out: &quot;tieout quarantine&quot;/);
  });

  it('lists what the address asks for, and keeps asking for it on the next page', async () => {
    const { page } = await open('/?type=missing_invoice&status=all');
    const listed = [...page.matchAll(/href="\/exceptions\/(EX-\d+)"/g)];
    expect(listed.length).toBeGreaterThan(0);
    expect(page).not.toContain('<td>Duplicate invoice</td>');
    const first = await open('/?status=all');
    expect(first.page).toContain('href="/?status=all&amp;page=2#exceptions"');
    expect((await open('/?status=all&page=999')).text).toMatch(/page (\d+) of \1/);
  });

  it.each([
    ['/?status=lost', 'status is none; choose live, all, open'],
    ['/?page=0', 'page is a number from 1'],
    ['/?colour=red', 'colour is not known here; known: status, team'],
    ['/?team=a&team=b', 'team is there more than once'],
    ['/?client=a%00b', 'client holds a character that cannot be compared'],
  ])('refuses %s in words', async (path, words) => {
    const { status, text } = await open(path);
    expect(status).toBe(400);
    expect(text).toContain(words);
  });

  it('takes the empty fields of its own form', async () => {
    const { status } = await open('/?status=live&team=&type=&owner=&client=&order=');
    expect(status).toBe(200);
  });
});

describe('one exception, one order', () => {
  it('tells what differs, why, its documents and its history', async () => {
    const { page } = await open('/?type=amount_differs');
    const label = /href="\/exceptions\/(EX-\d+)"/.exec(page)?.[1];
    const { text } = await open(`/exceptions/${label}`);
    expect(text).toContain(`${label} · Amount differs`);
    expect(text).toMatch(/What differs field expected actual amount \$/);
    expect(text).toContain('They have the same order ref = po number');
    expect(text).toContain('platform_orders');
    expect(text).toMatch(/History Tieout opened it/);
  });

  it('explains a document that nothing pairs with', async () => {
    const { page } = await open('/?type=missing_invoice');
    const label = /href="\/exceptions\/(EX-\d+)"/.exec(page)?.[1];
    expect((await open(`/exceptions/${label}`)).text).toMatch(/Why .*(nothing|no other|not paired|Nothing)/i);
  });

  it('shows an order with what its documents are matched as', async () => {
    const { page } = await open('/?type=amount_differs');
    const address = /href="(\/orders\/[^"]+)"/.exec(page)?.[1] ?? '';
    const { text } = await open(address);
    expect(text).toMatch(/excepted .*by po/);
    expect(text).toMatch(/EX-\d+ Amount differs/);
  });

  it.each([
    ['/exceptions/EX-999999', 'There is no exception EX-999999'],
    ['/exceptions/%3Cscript%3E', 'There is no exception &quot;&lt;script&gt;&quot;'],
    ['/orders/NOPE', 'Nothing carries order &quot;NOPE&quot;'],
    ['/orders/a%00b', 'Nothing carries order &quot;a'],
  ])('answers %s with 404 and what to do', async (path, words) => {
    const { status, text } = await open(path);
    expect(status).toBe(404);
    expect(text).toContain(words);
  });
});

describe('what sources write', () => {
  it('is text on every page, whatever it is', async () => {
    const evil = '<img src=x onerror=alert(1)>"\'&\u202Etxt.exe';
    const spec = aSpec();
    const workspace = await seedWorkspace(sql, [spec.key]);
    const NOW = new Date();
    await putRecords(sql, workspace, [
      order(evil, 100_00n, { fields: { po: evil, client: evil } }),
      invoice(evil, 175_00n, { fields: { po: evil, client: evil } }),
    ]);
    await runLedger(sql, workspace, { spec, now: NOW, cutoffAt: NOW });
    const hostile = dashboardRoutes({
      keys: sql,
      reports: sql,
      workspaces: [
        {
          workspaceId: workspace.workspaceId,
          name: evil,
          organisation: ORGANISATION,
          reconciliations: [spec],
        },
      ],
      isOpen: true,
      logger,
    });
    const paths = ['/', '/exceptions/EX-1001', `/orders/${encodeURIComponent(evil)}`];
    for (const path of paths) {
      const answer = await hostile.request(path, { headers: { host: 'localhost' } });
      const page = await answer.text();
      expect([path, answer.status]).toEqual([path, 200]);
      expect(page).toContain('&lt;img src=x');
      expect(page).not.toContain('<img');
      expect(page).not.toContain('\u202E');
    }
  });
});
