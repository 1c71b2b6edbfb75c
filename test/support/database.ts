import { randomBytes } from 'node:crypto';
import { afterAll, beforeEach, inject } from 'vitest';
import { asAdmin } from '../../src/db/databases.ts';
import { withDatabase, withLogin } from '../../src/db/url.ts';

export type TestDatabase = {
  /** As tieout_app, bound by row-level security: what the application uses. */
  readonly url: string;
  /** As the administrator of the server, to the same database. */
  readonly adminUrl: string;
  readonly name: string;
};

/**
 * A database of its own for the calling test file, with all migrations and no rows.
 *
 * Call it once, at the top of the file: `const database = await testDatabase()`. It is dropped when every test
 * passed; after a failure it stays and its name is printed, so that one can look inside.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('adminUrl');
  const name = `tieout_test_${Date.now()}_${randomBytes(4).toString('hex')}`;
  await asAdmin(
    server,
    (sql) => sql`create database ${sql(name)} template ${sql(inject('template'))} strategy wal_log`,
  );

  let hasFailed = false;
  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => {
      hasFailed = true;
    });
  });
  afterAll(async () => {
    if (hasFailed) {
      // The name only: the address holds the password.
      console.error(`kept the database ${name} of the failed test, on port ${new URL(server).port}`);
      return;
    }
    await asAdmin(server, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
  });

  const adminUrl = withDatabase(server, name);
  return { url: withLogin(adminUrl, 'tieout_app', inject('appPassword')), adminUrl, name };
}
