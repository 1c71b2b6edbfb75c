import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Fault } from '../../core/fault.ts';

/** The user the server runs as; undefined uid: the user we are. PostgreSQL refuses to run as root. */
export type Identity = { readonly uid?: number; readonly gid?: number };

/**
 * Ourselves, or, when we are root, the user `postgres` where there is one, else `nobody`: no user is ever made.
 *
 * Throws: Fault('embedded_unavailable') when root finds neither.
 */
export function serverIdentity(): Identity {
  if (process.geteuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = ['postgres', 'nobody']
    .map((name) => users.find((fields) => fields[0] === name))
    .find((fields) => fields !== undefined && Number(fields[2]) > 0);
  if (user !== undefined) return { uid: Number(user[2]), gid: Number(user[3]) };
  throw new Fault(
    'embedded_unavailable',
    'PostgreSQL does not run as root, and /etc/passwd has neither postgres nor nobody. ' +
      'Start as an ordinary user, or set DATABASE_URL.',
  );
}

// A fixed environment: nothing of ours (secrets, PGHOST, LD_PRELOAD) reaches the server. SystemRoot is needed on Windows.
const ENVIRONMENT = {
  LC_ALL: 'C',
  PATH: '/usr/local/bin:/usr/bin:/bin',
  TZ: 'UTC',
  SystemRoot: 'C:\\Windows',
};

/** Options for every program that is run as `identity`; the working folder is one that everybody may enter. */
export function spawnOptions(identity: Identity) {
  return { ...identity, cwd: '/', env: ENVIRONMENT, windowsHide: true };
}

/** Whether `identity` can enter and write `folder`: asked of the system, since modes do not tell all. */
export function canUse(folder: string, identity: Identity): boolean {
  if (identity.uid === undefined) return true;
  const asked = spawnSync('/bin/sh', ['-c', 'cd "$0" && test -w .', folder], spawnOptions(identity));
  return asked.status === 0;
}
