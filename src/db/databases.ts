import { connect, type Sql } from './client.ts';
import { databaseError, toFault } from './errors.ts';
import { withDatabase, withLogin } from './url.ts';

/** Runs `work` with one administrator's connection that is closed afterwards. */
export async function asAdmin<T>(adminUrl: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connect({ url: adminUrl, role: 'admin', applicationName: 'tieout admin' });
  try {
    return await work(sql);
  } catch (error) {
    throw toFault(error);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The URL of the database `name` on the same server; makes the database when there is none. */
export async function createDatabaseIfMissing(adminUrl: string, name: string): Promise<string> {
  await asAdmin(adminUrl, async (sql) => {
    const found = await sql`select from pg_database where datname = ${name}`;
    if (found.length > 0) return;
    try {
      await sql`create database ${sql(name)}`;
    } catch (error) {
      // Another start made it between the two statements: 42P04, or 23505 when it was at the very same time.
      if (!['42P04', '23505'].includes(databaseError(error)?.code ?? '')) throw error;
    }
  });
  return withDatabase(adminUrl, name);
}

export type AppLogin = {
  readonly database: string;
  /** Letters and digits only: it is written into a statement that takes no parameters. */
  readonly password: string;
};

/**
 * Lets tieout_app log in with `password`, and returns its URL. For servers that are ours: the embedded one and tests.
 *
 * Roles belong to the whole server: two who set it at the same time must set the same password.
 */
export async function provisionAppLogin(adminUrl: string, { database, password }: AppLogin): Promise<string> {
  if (!/^[A-Za-z0-9]{16,}$/.test(password))
    throw new Error('the password must be 16 or more letters and digits');
  const url = withDatabase(adminUrl, database);
  await asAdmin(withDatabase(adminUrl, 'postgres'), async (sql) => {
    await sql`select pg_advisory_lock(7310575183)`; // "tuple concurrently updated" without it
    await sql.unsafe(`alter role tieout_app login password '${password}'`);
    await sql`grant connect on database ${sql(database)} to tieout_app`;
  });
  return withLogin(url, 'tieout_app', password);
}
