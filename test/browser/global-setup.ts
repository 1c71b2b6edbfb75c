import type { BrowserServer } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { launchChromium } from './chromium.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the one browser of the run takes connections; absent where none can start. */
    browserEndpoint: string | undefined;
  }
}

/** Starts one browser for the run. Where TIEOUT_BROWSER=required (continuous integration), none is a failure. */
export default async function setUp(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const started = await launchChromium().catch((error: unknown) => error as Error);
  if (isServer(started)) {
    project.provide('browserEndpoint', started.wsEndpoint());
    return async () => await started.close();
  }
  if (process.env.TIEOUT_BROWSER === 'required') throw started;
  console.warn(`The browser suite does not run: ${started.message}`);
  return undefined;
}

const isServer = (value: BrowserServer | Error): value is BrowserServer => 'wsEndpoint' in value;
