import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { STATE } from '../state.ts';
import type { DemoSlack } from './local-workspace.ts';

const FILE = join(STATE, 'demo.json');

const shape = z.object({
  pid: z.number(),
  example: z.string(),
  url: z.string(),
  apiUrl: z.string(),
  botToken: z.string(),
  signingSecret: z.string(),
});

export type RunningDemo = z.infer<typeof shape>;

/** The demo that serves from this folder right now; undefined when none does, or the last one was killed. */
export async function runningDemo(): Promise<RunningDemo | undefined> {
  const noted = read();
  return noted && (await answers(noted.apiUrl, noted.botToken)) ? noted : undefined;
}

/** Notes that this process serves the demo; returns how to take the note away. */
export function noteRunning(slack: DemoSlack, example: string): () => void {
  mkdirSync(STATE, { recursive: true });
  const { url, apiUrl, botToken, signingSecret } = slack;
  const note: RunningDemo = { pid: process.pid, example, url, apiUrl, botToken, signingSecret };
  writeFileSync(FILE, JSON.stringify(note), { mode: 0o600 });
  return () => {
    if (read()?.pid === process.pid) rmSync(FILE, { force: true });
  };
}

function read(): RunningDemo | undefined {
  try {
    return shape.safeParse(JSON.parse(readFileSync(FILE, 'utf8'))).data;
  } catch (error) {
    // No file, or one cut off by a kill: no demo is noted.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Another process may have taken the port since; only the noted Slack knows the noted token. */
async function answers(apiUrl: string, botToken: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('auth.test', apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${botToken}` },
      signal: AbortSignal.timeout(2000),
    });
    const body = (await response.json()) as { ok?: boolean };
    return body.ok === true;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError || error instanceof DOMException)
      return false;
    throw error;
  }
}
