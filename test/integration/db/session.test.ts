import { describe, expect, it, onTestFinished } from 'vitest';
import { type ConnectOptions, connect, type Sql } from '../../../src/db/client.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import { toFault } from '../../../src/db/errors.ts';
import { assertSafeSession } from '../../../src/db/session.ts';
import { withLogin } from '../../../src/db/url.ts';
import { testDatabase } from '../../support/database.ts';

const database = await testDatabase();

const open = (options: Partial<ConnectOptions>): Sql => {
  const sql = connect({ url: database.url, role: 'people', max: 1, ...options });
  onTestFinished(() => sql.end());
  return sql;
};

/** The URL of a login that exists for the running test. */
async function loginOf(attributes: string, statements: readonly string[] = []): Promise<string> {
  const name = `tieout_test_${Math.random().toString(36).slice(2)}`;
  const run = (text: string) =>
    asAdmin(database.adminUrl, (admin) => admin.unsafe(text.replaceAll('ROLE', name)));
  await run(`create role ROLE login password 'secret-of-the-test' ${attributes}`);
  for (const statement of statements) await run(statement);
  onTestFinished(async () => {
    await run('drop owned by ROLE');
    await run('drop role ROLE');
  });
  return withLogin(database.adminUrl, name, 'secret-of-the-test');
}

describe('the check at the start', () => {
  it('accepts the application role', async () => {
    await expect(assertSafeSession(open({}))).resolves.toBeUndefined();
  });

  it('refuses a superuser in one line that names the variable and the way out', async () => {
    const error = await assertSafeSession(open({ url: database.adminUrl })).catch((thrown: Error) => thrown);

    expect(error).toMatchObject({ code: 'database_role_unsafe' });
    expect(String(error)).toMatch(/DATABASE_URL: the role \S+ .*tieout_app/);
    expect(String(error)).not.toContain('\n');
  });

  it('accepts an administrator’s URL that steps down to the application role', async () => {
    const sql = open({ url: database.adminUrl, stepDown: true });

    await expect(assertSafeSession(sql, { steppedDown: true })).resolves.toBeUndefined();
    expect(await sql`select current_user::text as name`).toEqual([{ name: 'tieout_app' }]);
  });

  it('refuses the same URL when it did not step down', async () => {
    await expect(
      assertSafeSession(open({ url: database.adminUrl }), { steppedDown: true }),
    ).rejects.toMatchObject({ code: 'database_role_unsafe' });
  });

  it('refuses a role that passes by row-level security', async () => {
    const url = await loginOf('bypassrls');

    await expect(assertSafeSession(open({ url }))).rejects.toThrow('BYPASSRLS');
  });

  it('refuses a role that may create roles: on PostgreSQL 15 it could make itself a member of the owner', async () => {
    const url = await loginOf('createrole', ['grant tieout_app to ROLE']);

    await expect(assertSafeSession(open({ url }))).rejects.toThrow('CREATEROLE');
  });

  it('says which role to grant to a login that is nothing yet', async () => {
    const sql = open({ url: await loginOf('') });
    const error = await sql`select from tieout.currency`.catch(toFault);

    expect(error).toMatchObject({ code: 'permission_denied' });
    expect(String(error)).toContain('grant tieout_app to');
  });

  it('refuses a member of the owner, also one that does not inherit', async () => {
    const url = await loginOf('noinherit', ['grant tieout_owner to ROLE']);

    await expect(assertSafeSession(open({ url }))).rejects.toThrow('owns the tables');
  });

  it('refuses an owner of a table', async () => {
    const url = await loginOf('', [
      'grant create on schema tieout to ROLE',
      'create table tieout.stray (id int)',
      'alter table tieout.stray owner to ROLE',
    ]);

    await expect(assertSafeSession(open({ url }))).rejects.toThrow('owns the tables');
  });

  it('refuses synchronous_commit = off', async () => {
    const url = await loginOf('', ['alter role ROLE set synchronous_commit = off']);

    await expect(assertSafeSession(open({ url }))).rejects.toThrow('synchronous_commit is off');
  });

  it('says that the login was refused, without the password', async () => {
    const url = withLogin(database.url, 'tieout_app', 'a-wrong-password');
    const error = await assertSafeSession(open({ url })).catch((thrown: Error) => thrown);

    expect(error).toMatchObject({ code: 'database_login_refused' });
    expect(String(error)).not.toContain('a-wrong-password');
  });
});
