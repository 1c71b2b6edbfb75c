import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type BrowserServer, chromium } from 'playwright-core';

const FOLDER = fileURLToPath(new URL('../../.tieout/chromium', import.meta.url));
const UNPACK = fileURLToPath(new URL('./unpack-chromium.ts', import.meta.url));
/** Unpacked once per version of the package: a new one goes to a folder of its own. */
const VERSION = '147.0.0';

/** Tells the package that the libraries of a bare system are wanted too. */
const WITH_LIBRARIES = { AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' };

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'];

/** The folder with the browser, complete: unpacked beside and then moved, as two runs may begin at once. */
async function unpacked(): Promise<string> {
  const folder = join(FOLDER, VERSION);
  if (existsSync(join(folder, 'chromium'))) return folder;
  await mkdir(FOLDER, { recursive: true });
  const fresh = await mkdtemp(join(FOLDER, 'unpacking-'));
  const env = { ...process.env, ...WITH_LIBRARIES, TMPDIR: fresh };
  await promisify(execFile)(process.execPath, ['--import', 'tsx', UNPACK], { env });
  await rename(fresh, folder).catch(async () => await rm(fresh, { recursive: true, force: true }));
  return folder;
}

/**
 * A Chromium from the package, without a window, that takes connections. Uses the system's libraries, and brings
 * its own where those are missing. Throws where there is none for this system (anything but Linux on x64).
 */
export async function launchChromium(): Promise<BrowserServer> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `the browser in the package is for linux x64, and this is ${process.platform} ${process.arch}`,
    );
  }
  const folder = await unpacked();
  const options = { executablePath: join(folder, 'chromium'), args: ARGUMENTS };
  try {
    return await chromium.launchServer(options);
  } catch {
    const env = {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_PATH: process.env.FONTCONFIG_PATH ?? join(folder, 'fonts'),
    };
    return await chromium.launchServer({ ...options, env });
  }
}
