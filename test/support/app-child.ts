import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Organisation } from '../../src/core/organisation.ts';
import type { AppOrder } from './app-process.ts';
import { BOT_TOKEN, SIGNING_SECRET, STORY_ORGANISATION } from './slack-story.ts';

const APP_PROCESS = fileURLToPath(new URL('./app-process.ts', import.meta.url));

export type AppChild = {
  /** Where Slack sends to. */
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything it wrote so far, log lines included. */
  readonly output: () => string;
  readonly isUp: () => boolean;
  readonly kill: () => Promise<void>;
};

export type AppChildOptions = {
  readonly databaseUrl: string;
  readonly workspaceId: string;
  readonly apiUrl: string;
  readonly delivery?: Organisation['delivery'];
  /** Differs from the story's, and time makes happen what it promises. */
  readonly promising?: Partial<Organisation>;
  /** The process compiled (`compiledApp`), for who starts it very often. */
  readonly compiled?: string | undefined;
};

const QUICK: Organisation['delivery'] = { timeoutMs: 400, settleMs: 200, paceMs: 0 };

/** The product's Slack side as a process of its own, serving when this resolves. */
export async function startAppChild(options: AppChildOptions): Promise<AppChild> {
  const { databaseUrl, workspaceId, apiUrl, delivery = QUICK, promising, compiled } = options;
  const order: AppOrder = {
    databaseUrl,
    workspaceId,
    settings: { botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, apiUrl },
    organisation: { ...STORY_ORGANISATION, ...promising, delivery },
    hasClocks: promising !== undefined,
  };
  const program = compiled === undefined ? ['--import', 'tsx', APP_PROCESS] : [compiled];
  const child = spawn(process.execPath, [...program, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  const exited = once(child, 'exit');
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  }
  const output = () => chunks.join('');
  const first = await Promise.race([once(child.stdout, 'data'), exited.then(() => undefined)]);
  if (first === undefined) throw new Error(`the app did not start:\n${output()}`);
  return {
    url: `http://127.0.0.1:${Number.parseInt(String(first[0]), 10)}/slack/events`,
    process: child,
    output,
    isUp: () => child.exitCode === null && child.signalCode === null,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
