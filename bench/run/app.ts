import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import type { Done, Task } from './app-process.ts';

/** What `npm run tieout` tells Node of memory. */
const FLAGS = packageJson.scripts.tieout.split(' ').filter((word) => word.startsWith('--'));

/** The app in a process of its own; `do` has it perform one task and gives its figures, `stop` ends it. */
export type App = { readonly do: (task: Task) => Promise<Done>; readonly stop: () => Promise<void> };

export function startApp({ databaseUrl, folder }: { databaseUrl: string; folder: string }): App {
  const child = fork(fileURLToPath(new URL('app-process.ts', import.meta.url)), [], {
    execArgv: ['--import', 'tsx', ...FLAGS],
    env: { ...process.env, DATABASE_URL: databaseUrl, RUN_FOLDER: folder },
  });
  const exited = once(child, 'exit');
  return {
    do: async (task) => {
      const answered = once(child, 'message');
      child.send(task);
      const heard = await Promise.race([answered, exited.then(() => undefined)]);
      const [said] = (heard ?? []) as readonly { answer?: Done; problem?: string }[];
      if (said?.answer === undefined) throw new Error(`the app failed: ${said?.problem ?? 'it ended'}`);
      return said.answer;
    },
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
