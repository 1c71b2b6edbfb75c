// A lock between processes that a kill -9 cannot leave behind, in plain Node (it runs before npm ci).
//
// Each contender makes a file of its own in one folder, then lists the folder: whoever sees another
// living contender withdraws. Both made their file before listing, so two can never both see nobody.
// Files of dead processes are ignored and removed; names are never reused, so removing one is safe.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** State letter, and when the process began in clock ticks since boot, which tells a reused pid from its former owner. */
function processStat(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold anything, so count from the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], startedAt: fields[19] ?? '0' };
  } catch {
    return { state: '', startedAt: '0' }; // no /proc on this platform: the pid alone has to do
  }
}

/** Whether a process is there and has not ended, also when it belongs to somebody else. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return processStat(pid).state !== 'Z'; // ended, but in a container without init nobody collects it
}

/** A name for this process that no other process can have, also not after a restart of the machine. */
function presenceName() {
  return `${process.pid}.${processStat(process.pid).startedAt}.${randomBytes(6).toString('hex')}`;
}

/** The names in `folder` whose processes live, without `own`; files of dead processes are removed. */
export function livingPresences(folder, own) {
  return readdirSync(folder).filter((name) => {
    if (name === own) return false;
    const [pid, started] = name.split('.');
    const lives = isAlive(Number(pid)) && processStat(Number(pid)).startedAt === started;
    if (!lives) rmSync(join(folder, name), { force: true });
    return lives;
  });
}

/** Makes this process visible in `folder` until the returned function is called or the process ends. */
export function enter(folder) {
  mkdirSync(folder, { recursive: true });
  const own = presenceName();
  writeFileSync(join(folder, own), '', { flag: 'wx', mode: 0o600 });
  return { own, leave: () => rmSync(join(folder, own), { force: true }) };
}

/**
 * Runs `work` while no other process (nor another caller in this one) runs its own under the same folder.
 * Waits for the holder; gives up after `patienceMs` with an error that names the holder's pid.
 */
export async function withProcessLock(folder, work, patienceMs = 600_000) {
  const until = Date.now() + patienceMs;
  mkdirSync(folder, { recursive: true });
  for (;;) {
    if (livingPresences(folder, '').length === 0) {
      const { own, leave } = enter(folder);
      if (livingPresences(folder, own).length === 0) {
        try {
          return await work();
        } finally {
          leave();
        }
      }
      leave();
    }
    if (Date.now() > until) {
      const [holder] = livingPresences(folder, '');
      throw new Error(
        `Waited ${Math.round(patienceMs / 1000)} s for process ${holder?.split('.')[0]}, which holds ${folder}. ` +
          'Stop that process, or wait for it, and try again.',
      );
    }
    await sleep(20 + Math.random() * 80);
  }
}
