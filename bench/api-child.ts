import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const API_PROCESS = fileURLToPath(new URL('./api-process.ts', import.meta.url));

export type ApiChild = { readonly url: string; readonly kill: () => Promise<void> };

/** The API as a process of its own, serving when this resolves. */
export async function startApiChild(about: { databaseUrl: string; workspaceId: string }): Promise<ApiChild> {
  const args = ['--import', 'tsx', API_PROCESS, about.databaseUrl, about.workspaceId];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const first = await Promise.race([
    once(child.stdout.setEncoding('utf8'), 'data'),
    exited.then(() => undefined),
  ]);
  if (first === undefined) throw new Error('the API did not start');
  return {
    url: `http://127.0.0.1:${Number.parseInt(String(first[0]), 10)}`,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
