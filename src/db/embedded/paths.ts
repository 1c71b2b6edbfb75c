import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { hashOf, publicFolder } from './binaries.ts';
import { canUse, type Identity } from './identity.ts';

/** Where one embedded server keeps its things. `data` may lie elsewhere; the rest is beside the asked-for folder. */
export type Paths = {
  /** PostgreSQL's own folder, owned by the user it runs as. */
  readonly data: string;
  /** The superuser's password, readable only by the user who started us. */
  readonly password: string;
  readonly lock: string;
  /** One file per process that uses the server: the last to leave stops it. */
  readonly users: string;
  readonly log: string;
};

/**
 * The places for the server of `dataDir`.
 *
 * As root in a folder that the server's user cannot enter (a home with mode 700), the data goes to a folder of ours
 * under /var/tmp, and `<dataDir>.location` says where.
 */
export function pathsFor(dataDir: string, identity: Identity): Paths {
  const asked = resolve(dataDir);
  mkdirSync(dirname(asked), { recursive: true });
  const data = locate(asked, identity);
  return {
    data,
    password: `${asked}.password`,
    lock: `${asked}.lock`,
    users: `${asked}.users`,
    log: `${asked}.log`,
  };
}

function locate(asked: string, identity: Identity): string {
  const pointer = `${asked}.location`;
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  if (existsSync(join(asked, 'PG_VERSION'))) return asked;
  if (identity.uid === undefined) return asked;

  const inside = ownedFolder(asked, identity);
  if (canUse(inside, identity)) return inside;

  const outside = ownedFolder(join(publicFolder(`tieout-data-${hashOf(asked)}`), 'postgres'), identity);
  writeFileSync(pointer, `${outside}\n`);
  return outside;
}

/** `folder`, there and owned by the server's user. */
function ownedFolder(folder: string, identity: Identity): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (identity.uid !== undefined && identity.gid !== undefined) chownSync(folder, identity.uid, identity.gid);
  return folder;
}
