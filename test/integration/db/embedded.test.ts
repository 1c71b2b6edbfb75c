import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isAlive } from '../../../scripts/lib/process-lock.mjs';
import { asAdmin, createDatabaseIfMissing } from '../../../src/db/databases.ts';
import { startEmbeddedApplication } from '../../../src/db/embedded/application.ts';
import { publicFolder } from '../../../src/db/embedded/binaries.ts';
import { type Embedded, startEmbedded } from '../../../src/db/embedded/server.ts';
import { withLogin } from '../../../src/db/url.ts';
import { scratchFolder } from '../../support/scratch.ts';

const HOLDER = fileURLToPath(new URL('../../support/embedded-holder.ts', import.meta.url));
const isRoot = process.geteuid?.() === 0;

const freshFolder = (): string => join(scratchFolder(), 'state', 'postgres');
const start = (dataDir: string): Promise<Embedded> => startEmbedded({ dataDir, fast: true });
const ask = (server: Embedded) => asAdmin(server.url, (sql) => sql`select 1 as one`);

/** Another process that uses the server of `dataDir`, as a second terminal would. */
async function holder(
  dataDir: string,
): Promise<{ started: boolean; pid: number; kill: () => Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', HOLDER, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const kill = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return { ...(JSON.parse(String(line)) as { started: boolean; pid: number }), kill };
}

describe('an embedded server', () => {
  it('is one, when eight ask for it at the same time, and stops with the last of them', async () => {
    const dataDir = freshFolder();
    const all = await Promise.all(Array.from({ length: 8 }, () => start(dataDir)));

    expect(new Set(all.map(({ pid }) => pid)).size).toBe(1);
    expect(all.filter(({ started }) => started)).toHaveLength(1);
    const [last, ...others] = all as [Embedded, ...Embedded[]];
    await Promise.all(others.map((server) => server.stop()));
    expect(await ask(last)).toEqual([{ one: 1 }]);
    await last.stop();
    expect(isAlive(last.pid)).toBe(false);
  });

  it('is one for processes, too, and outlives the kill of the one that started it', async () => {
    const dataDir = freshFolder();
    const [first, second] = await Promise.all([holder(dataDir), holder(dataDir)]);
    expect([first.started, second.started].sort()).toEqual([false, true]);
    await Promise.all([first.kill(), second.kill()]);

    const third = await start(dataDir);

    expect(third).toMatchObject({ started: false, pid: first.pid });
    await third.stop();
    expect(isAlive(first.pid)).toBe(false);
  });

  it('is not cut off from another process when its starter leaves', async () => {
    const dataDir = freshFolder();
    const starter = await start(dataDir);
    const other = await holder(dataDir);
    await starter.stop();

    expect(isAlive(other.pid)).toBe(true);
    await other.kill();
    const last = await start(dataDir);
    await last.stop();
  });

  it('comes back with its data after it was killed itself', async () => {
    const dataDir = freshFolder();
    const before = await start(dataDir);
    await createDatabaseIfMissing(before.url, 'kept');
    process.kill(before.pid, 'SIGKILL');
    await sleep(50);

    const after = await start(dataDir);

    expect(after.started).toBe(true);
    expect(
      await asAdmin(after.url, (sql) => sql`select from pg_database where datname = 'kept'`),
    ).toHaveLength(1);
    await after.stop();
    await before.stop();
  });

  it('starts although postmaster.pid names a living process that is not its own', async () => {
    const dataDir = freshFolder();
    await (await start(dataDir)).stop();
    writeFileSync(
      join(dataDir, 'postmaster.pid'),
      `${process.pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n\nready\n`,
    );

    const server = await start(dataDir);

    expect(server.started).toBe(true);
    await server.stop();
  });

  it('listens on this machine only, asks for its password, and keeps synchronous_commit for tests, too', async () => {
    const server = await start(freshFolder());
    onTestFinished(() => server.stop());
    const [settings] = await asAdmin(
      server.url,
      (sql) => sql`
        select current_setting('listen_addresses') as listens, current_setting('unix_socket_directories') as sockets,
               current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits,
               current_setting('server_encoding') as encoding
      `,
    );

    expect(settings).toEqual({
      listens: '127.0.0.1',
      sockets: '',
      fsync: 'off',
      commits: 'on',
      encoding: 'UTF8',
    });
    await expect(
      asAdmin(withLogin(server.url, 'postgres', 'guess'), (sql) => sql`select 1`),
    ).rejects.toMatchObject({
      code: 'database_login_refused',
    });
  });

  it('keeps its password where only its owner can read it', async () => {
    const dataDir = freshFolder();
    await (await start(dataDir)).stop();

    expect(lstatSync(`${dataDir}.password`).mode & 0o777).toBe(0o600);
    expect(readFileSync(`${dataDir}.log`, 'utf8')).not.toContain(
      readFileSync(`${dataDir}.password`, 'utf8').trim(),
    );
  });

  it('refuses a folder with other things in it', async () => {
    const dataDir = freshFolder();
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'thesis.doc'), 'words');

    await expect(start(dataDir)).rejects.toThrow(/holds thesis\.doc: name another folder/);
    expect(existsSync(join(dataDir, 'thesis.doc'))).toBe(true);
  });

  it('begins anew after a start that was killed while making the data folder', async () => {
    const dataDir = freshFolder();
    mkdirSync(join(dataDir, '.new-0123456789ab', 'data'), { recursive: true });
    mkdirSync(join(dataDir, 'base'));

    const server = await start(dataDir);

    expect(await ask(server)).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('says what to do when the password is gone', async () => {
    const dataDir = freshFolder();
    await (await start(dataDir)).stop();
    rmSync(`${dataDir}.password`);

    await expect(start(dataDir)).rejects.toThrow(/restore that file/);
  });

  it.runIf(isRoot)(
    'keeps its data elsewhere, and says where, in a folder that its user cannot enter',
    async () => {
      const dataDir = freshFolder();
      mkdirSync(dirname(dataDir), { recursive: true });
      chmodSync(dirname(dataDir), 0o700);
      const server = await start(dataDir);
      await server.stop();

      const location = readFileSync(`${dataDir}.location`, 'utf8').trim();
      onTestFinished(() => rmSync(dirname(location), { recursive: true }));
      expect(location).toMatch(/^\/var\/tmp\/tieout-data-[0-9a-f]{20}\/postgres$/);
      expect(existsSync(join(location, 'PG_VERSION'))).toBe(true);
    },
  );
});

describe('a folder that is shared with strangers', () => {
  it('is not used when a stranger could write to it or put a link there', () => {
    const parent = scratchFolder();
    mkdirSync(join(parent, 'ours'));
    chmodSync(join(parent, 'ours'), 0o777);
    symlinkSync('/etc', join(parent, 'ours-1'));

    expect(publicFolder('ours', parent)).toBe(join(parent, 'ours-2'));
    expect(publicFolder('ours', parent)).toBe(join(parent, 'ours-2'));
  });
});

describe('the embedded application', () => {
  it('is migrated, and gives a login that is not the superuser; a second start gives the same', async () => {
    const folder = join(scratchFolder(), '.tieout');
    const first = await startEmbeddedApplication(folder);
    const second = await startEmbeddedApplication(folder);
    onTestFinished(async () => {
      await first.server.stop();
      await second.server.stop();
    });

    expect(second.url).toBe(first.url);
    expect(new URL(first.url).username).toBe('tieout_app');
    expect(await asAdmin(first.url, (sql) => sql`select current_user::text as name`)).toEqual([
      { name: 'tieout_app' },
    ]);
  });
});
