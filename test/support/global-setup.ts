import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { asAdmin, createDatabaseIfMissing, provisionAppLogin } from '../../src/db/databases.ts';
import { startEmbedded } from '../../src/db/embedded/server.ts';
import { migrate } from '../../src/db/migrate.ts';
import { withDatabase } from '../../src/db/url.ts';

/** What the set-up hands to every test file. */
declare module 'vitest' {
  export interface ProvidedContext {
    /** A superuser (or a role that may create databases and roles) on the test server. */
    adminUrl: string;
    template: string;
    appPassword: string;
  }
}

const DATA_FOLDER = fileURLToPath(new URL('../../.tieout/test-postgres', import.meta.url));
const DAY_MS = 86_400_000;

/** One server for the run, one migrated template in it; test files clone the template. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given === undefined ? await startEmbedded({ dataDir: DATA_FOLDER, fast: true }) : undefined;
  const adminUrl = given ?? server?.url ?? '';
  // Derived, not random: two runs on the same server must agree, since a role has one password.
  const appPassword = createHash('sha256').update(`tieout test ${adminUrl}`).digest('hex').slice(0, 32);
  const template = `tieout_template_${Date.now()}_${process.pid}_${project.name}`;

  await dropForgotten(adminUrl);
  const templateUrl = await createDatabaseIfMissing(adminUrl, template);
  await migrate(templateUrl);
  await provisionAppLogin(adminUrl, { database: template, password: appPassword });
  project.provide('adminUrl', adminUrl);
  project.provide('template', template);
  project.provide('appPassword', appPassword);

  return async () => {
    await asAdmin(adminUrl, (sql) => sql`drop database if exists ${sql(template)} with (force)`);
    await server?.stop();
  };
}

/** Drops what runs of the day before yesterday kept: killed ones, and failures nobody looks at any more. */
async function dropForgotten(adminUrl: string): Promise<void> {
  await asAdmin(withDatabase(adminUrl, 'postgres'), async (sql) => {
    const rows = await sql<{ datname: string }[]>`
      select datname from pg_database where datname ~ '^tieout_(template|test)_[0-9]{13}_'
    `;
    const forgotten = rows.filter(({ datname }) => Date.now() - Number(datname.split('_')[2]) > 2 * DAY_MS);
    for (const { datname } of forgotten) await sql`drop database if exists ${sql(datname)} with (force)`;
  });
}
