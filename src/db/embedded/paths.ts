import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '../../core/fault.ts';
import { hashOf, publicFolder } from './binaries.ts';
import { canUse, type Identity } from './identity.ts';

/** Where one embedded server keeps its things. The password is beside the asked-for folder, the rest beside `data`. */
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
    lock: `${data}.lock`,
    users: `${data}.users`,
    log: `${data}.log`,
  };
}

function locate(asked: string, identity: Identity): string {
  const pointer = `${asked}.location`;
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  if (existsSync(join(asked, 'PG_VERSION'))) return asked;
  if (identity.uid === undefined) return asked;

  unfinishedEntries(asked); // before anything is changed in a folder that may not be ours
  const inside = ownedFolder(asked, identity);
  if (canUse(inside, identity)) return inside;

  const outside = ownedFolder(join(publicFolder(`tieout-data-${hashOf(asked)}`), 'postgres'), identity);
  writeFileSync(pointer, `${outside}\n`);
  return outside;
}

// What initdb makes, in a folder of ours or already moved up.
const UNFINISHED = /^(\.new-[0-9a-f]+|base|global|pg_\w+(\.conf)?|postgresql(\.auto)?\.conf)$/;

/**
 * What a start that was killed left in a data folder that was never used; [] when the folder is empty or not there.
 *
 * Throws: Fault('embedded_failed') when anything else is in it.
 */
export function unfinishedEntries(folder: string): string[] {
  const entries = existsSync(folder) ? readdirSync(folder) : [];
  const foreign = entries.filter((name) => !UNFINISHED.test(name));
  if (foreign.length === 0) return entries;
  throw new Fault(
    'embedded_failed',
    `${folder} is not a PostgreSQL data folder and holds ${foreign.slice(0, 3).join(', ')}: name another folder.`,
  );
}

/** `folder`, there and owned by the server's user. */
function ownedFolder(folder: string, identity: Identity): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (identity.uid !== undefined && identity.gid !== undefined) chownSync(folder, identity.uid, identity.gid);
  return folder;
}
