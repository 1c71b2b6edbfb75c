import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/db/client.ts';
import { dashboardRoutes } from '../../src/http/dashboard/dashboard.ts';
import { type HttpServer, startHttp } from '../../src/http/server.ts';
import { createLogger } from '../../src/observe/logger.ts';
import { createApiKey } from '../../src/pipeline/govern/api-keys.ts';
import { testDatabase } from '../support/database.ts';
import { exampleNight, loadExample, placeExample } from '../support/example.ts';
import { openWindows, type Person, type Windows, whyNoBrowser } from './people.ts';

const NAME = 'Northlight in a browser';

describe.skipIf(whyNoBrowser())('somebody with a key reads the dashboard', async () => {
  const database = await testDatabase();
  const sql = connect({ url: database.url, role: 'people' });
  let http: HttpServer;
  let windows: Windows;
  let lead: Person;
  let key: string;

  beforeAll(async () => {
    const example = await loadExample('ad-buy-vs-billing');
    const workspaceId = await placeExample(sql, example, NAME);
    await exampleNight(sql, example, workspaceId);
    const now = new Date();
    const expiresAt = new Date(now.getTime() + 3_600_000);
    const scopes = ['dashboard:read'] as const;
    const made = await createApiKey(sql, {
      workspaceId,
      name: 'lead',
      scopes,
      now,
      expiresAt,
      by: 'operator',
    });
    key = made?.text ?? '';
    const { organisation, reconciliations } = example.config;
    const site = dashboardRoutes({
      keys: sql,
      reports: sql,
      workspaces: [{ workspaceId, name: NAME, organisation, reconciliations: [...reconciliations.values()] }],
      logger: createLogger({ level: 'silent' }),
    });
    http = await startHttp({ port: 0, host: '127.0.0.1', slack: undefined, site });
    windows = await openWindows({ url: `http://127.0.0.1:${http.port}` });
    lead = await windows.open('lead', { path: '/?type=missing_invoice' });
  });

  afterAll(async () => {
    await windows?.end();
    await http?.stop();
    await sql.end();
  });

  test('a wrong key is told what to do, and shows nothing', async () => {
    await lead.page.getByLabel('A key that may see the dashboard').fill('tieout_wrong');
    await lead.page.getByRole('button', { name: 'Sign in' }).click();
    await lead.page.getByRole('alert').getByText('with a key of').waitFor();
    expect(await lead.page.getByText(NAME).count()).toBe(0);
    await lead.shot('dashboard-1-sign-in');
  });

  test('the right one leads on to where they wanted to go', async () => {
    await lead.page.getByLabel('A key that may see the dashboard').fill(key);
    await lead.page.getByRole('button', { name: 'Sign in' }).click();
    await lead.page.getByRole('heading', { name: 'How it stands' }).waitFor();
    expect(await lead.page.getByLabel('type').inputValue()).toBe('missing_invoice');
    await lead.shot('dashboard-2-overview');
  });

  test('they find an exception by its order, and read why it is one', async () => {
    await lead.page.getByRole('link', { name: 'Amount differs' }).first().click();
    await lead.page.getByRole('textbox', { name: 'order' }).fill('nl-2026-1081');
    await lead.page.getByRole('button', { name: 'Show' }).click();
    await lead.page.getByText('1 exception, ').waitFor();
    await lead.page.getByRole('link', { name: /^EX-\d+$/ }).click();
    await lead.page.getByText('They have the same order ref = po number').waitFor();
    await lead.shot('dashboard-3-exception');
    await lead.page.getByRole('link', { name: 'NL-2026-1081' }).first().click();
    await lead.page.getByRole('heading', { name: 'Order NL-2026-1081' }).waitFor();
  });

  test('nothing of it is wider than a telephone, where tables scroll by themselves', async () => {
    await lead.page.setViewportSize({ width: 390, height: 800 });
    await lead.page.getByRole('link', { name: 'Tieout' }).click();
    await lead.page.getByRole('heading', { name: 'How it stands' }).waitFor();
    const width = await lead.page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(390);
    await lead.shot('dashboard-4-telephone');
  });

  test('after signing out the key has to be shown again', async () => {
    await lead.page.getByRole('button', { name: 'Sign out' }).click();
    await lead.page.getByLabel('A key that may see the dashboard').waitFor();
  });
});
