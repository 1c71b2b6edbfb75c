import { afterAll, expect, it } from 'vitest';
import { connect, type Sql } from '../../../src/db/client.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import { healthRoutes } from '../../../src/http/health.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { checkRoom } from '../../../src/pipeline/report/doctor.ts';
import { testDatabase } from '../../support/database.ts';

const MB = 1024 ** 2;
const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

/** The same database with a full disk: what spills into a file fails as PostgreSQL says it (seen on a volume of 700 MB). */
const full = new Proxy(sql, {
  get: (target, name) =>
    name === 'begin'
      ? () =>
          Promise.reject(
            Object.assign(
              new Error('could not write to file "base/pgsql_tmp/1.0": No space left on device'),
              {
                name: 'PostgresError',
                code: '53100',
              },
            ),
          )
      : Reflect.get(target, name),
}) as Sql;

const readiness = async (of: Sql) => {
  const site = healthRoutes({ sql: of, sender: undefined, logger: createLogger({ level: 'silent' }) });
  const answer = await site.request('/readyz');
  return { code: answer.status, ...((await answer.json()) as object) };
};

it('says that there is room on the disk of the database, having written nothing', async () => {
  expect(await checkRoom(sql, 8 * MB)).toEqual({
    check: 'disk',
    state: 'ok',
    detail: 'the database has room for 8 MB more',
  });
});

it('says that a full disk has none, and what that comes to', async () => {
  expect(await checkRoom(full, 8 * MB)).toMatchObject({
    state: 'failed',
    detail: 'the database has no room for 8 MB more',
    fix: expect.stringContaining('the server ends'),
  });
});

it('does not look where a limit forbids to write so much', async () => {
  await asAdmin(database.adminUrl, (admin) =>
    admin.unsafe(`alter database ${new URL(database.url).pathname.slice(1)} set temp_file_limit = '1MB'`),
  );
  const limited = connect({ url: database.url, role: 'people' });

  expect(await checkRoom(limited, 8 * MB)).toMatchObject({ state: 'skipped' });
  expect(await readiness(limited)).toMatchObject({ code: 200 });
  await limited.end();
});

it('is not ready while the disk of the database is full', async () => {
  expect(await readiness(full)).toMatchObject({
    code: 503,
    checks: {
      database: { ok: false, detail: 'the disk of the database is full: free space there, or it ends' },
    },
  });
  expect(await readiness(sql)).toMatchObject({ code: 200 });
});
