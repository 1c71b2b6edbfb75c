import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { inject } from 'vitest';

const SCREENSHOTS = fileURLToPath(new URL('../../test-artifacts/', import.meta.url));
const PATIENCE_MS = 8_000;

/** Whether no test of this project can run here. The set-up has said why. */
export const whyNoBrowser = (): boolean => inject('browserEndpoint') === undefined;

/** One person's window on the local Slack. */
export type Person = {
  readonly page: Page;
  /** The latest message of the open conversation that says this. */
  readonly message: (text: string) => Locator;
  readonly modal: Locator;
  /** Keeps what the window shows as `test-artifacts/<name>.png`. */
  readonly shot: (name: string) => Promise<void>;
};

type Look = {
  dark?: boolean;
  width?: number;
  /** More of the address: `&channel=C1`. */
  at?: string;
  /** The page to open, in place of the main one. */
  path?: string;
};

export type Windows = {
  readonly open: (userId: string, look?: Look) => Promise<Person>;
  /** Closes every window. Throws when a script of a page failed meanwhile: what then still worked is luck. */
  readonly closeAll: () => Promise<void>;
  readonly end: () => Promise<void>;
};

/** Windows of several people, each with a browser profile of their own, on one local Slack. */
export async function openWindows(slack: { readonly url: string }): Promise<Windows> {
  const endpoint = inject('browserEndpoint');
  if (endpoint === undefined) throw new Error('there is no browser: skip these tests by whyNoBrowser()');
  await mkdir(SCREENSHOTS, { recursive: true });
  const browser = await chromium.connect(endpoint);
  const contexts: BrowserContext[] = [];
  const errors: string[] = [];
  const closeAll = async () => {
    for (const context of contexts.splice(0)) await context.close();
    const found = errors.splice(0);
    if (found.length > 0) throw new Error(`scripts of the page failed:\n${found.join('\n')}`);
  };
  return {
    open: async (userId, { dark = false, width = 1280, at = '', path = '' } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height: 860 },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
      });
      context.setDefaultTimeout(PATIENCE_MS);
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(`${userId}: ${error.stack ?? error.message}`));
      await page.goto(path === '' ? `${slack.url}#as=${userId}${at}` : `${slack.url}${path}`);
      return personOn(page);
    },
    closeAll,
    end: async () => {
      await closeAll();
      await browser.close();
    },
  };
}

const personOn = (page: Page): Person => ({
  page,
  message: (text) =>
    page
      .getByRole('list', { name: 'Messages', exact: true })
      .getByRole('listitem')
      .filter({ hasText: text })
      .last(),
  modal: page.getByRole('dialog'),
  shot: async (name) => {
    await page.screenshot({ path: `${SCREENSHOTS}${name}.png` });
  },
});
