import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { connect, type Sql } from '../../../src/db/client.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import { violates } from '../../../src/db/errors.ts';
import { inTransaction, inWorkspace, type Tx } from '../../../src/db/tx.ts';
import { testDatabase } from '../../support/database.ts';

const database = await testDatabase();
await asAdmin(database.adminUrl, async (sql) => {
  await sql`create table public.note (id int, text text, constraint note_id_key unique (id))`;
  await sql`grant all on public.note to tieout_app`;
});
const sql = connect({ url: database.url, role: 'people', max: 3 });
afterAll(() => sql.end({ timeout: 1 }));

const WORKSPACE = '0195f0e0-0000-7000-8000-000000000001';
const backend = async (tx: Tx | Sql): Promise<number> => (await tx`select pg_backend_pid() as pid`)[0]?.pid;
const terminate = (pid: number) =>
  asAdmin(database.adminUrl, (admin) => admin`select pg_terminate_backend(${pid})`);
const notes = async (): Promise<unknown[]> => [...(await sql`select id, text from public.note order by id`)];

describe('a workspace transaction', () => {
  it('sets the workspace for its own statements only', async () => {
    const inside = await inWorkspace(
      sql,
      WORKSPACE,
      (tx) => tx`select current_setting('tieout.workspace_id') as id`,
    );
    const outside = await sql`select coalesce(current_setting('tieout.workspace_id', true), '') as id`;

    expect(inside[0]?.id).toBe(WORKSPACE);
    expect(outside[0]?.id).toBe('');
  });

  it('writes nothing when its function throws', async () => {
    const attempt = inWorkspace(sql, WORKSPACE, async (tx) => {
      await tx`insert into public.note values (1, 'gone')`;
      throw new Error('changed my mind');
    });

    await expect(attempt).rejects.toThrow('changed my mind');
    expect(await notes()).toEqual([]);
  });

  it('returns an array as it is', async () => {
    expect(await inWorkspace(sql, WORKSPACE, async () => [1, 2])).toEqual([1, 2]);
  });

  it('names the constraint that refused a row', async () => {
    const error = await inTransaction(sql, async (tx) => {
      await tx`insert into public.note values (2, 'a'), (2, 'b')`;
    }).catch((thrown: unknown) => thrown);

    expect(violates(error, 'note_id_key')).toBe(true);
    expect(violates(error, 'another_key')).toBe(false);
  });

  it('reads one snapshot and refuses to write when asked for a snapshot', async () => {
    const attempt = inTransaction(sql, (tx) => tx`insert into public.note values (3, 'a')`, {
      snapshot: true,
    });

    await expect(attempt).rejects.toMatchObject({ code: 'read_only' });
  });
});

describe('two transactions that deadlock', () => {
  const crossUpdate = async (first: number, second: number, repeatable: boolean) =>
    inTransaction(
      sql,
      async (tx) => {
        await tx`update public.note set text = text where id = ${first}`;
        await sleep(100);
        await tx`update public.note set text = text where id = ${second}`;
      },
      { repeatable },
    );

  it('both succeed when their functions are repeatable', async () => {
    await sql`insert into public.note values (10, 'x'), (11, 'y')`;

    await expect(Promise.all([crossUpdate(10, 11, true), crossUpdate(11, 10, true)])).resolves.toHaveLength(
      2,
    );
  });

  it('tell one of them to try again when they are not', async () => {
    const outcomes = await Promise.allSettled([crossUpdate(10, 11, false), crossUpdate(11, 10, false)]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes).toContainEqual(
      expect.objectContaining({ reason: expect.objectContaining({ code: 'deadlock', retryable: true }) }),
    );
  });
});

describe('a transaction handle', () => {
  it('refuses a query after the commit', async () => {
    const kept = await inTransaction(sql, async (tx) => ({ tx }));

    await expect(kept.tx`insert into public.note values (20, 'late')`).rejects.toMatchObject({
      code: 'TRANSACTION_ENDED',
    });
    expect(await sql`select from public.note where id = 20`).toHaveLength(0);
  });

  it('refuses a query made in the transaction and sent after it', async () => {
    const kept = await inTransaction(sql, async (tx) => ({
      late: tx`insert into public.note values (21, 'late')`,
    }));

    await expect(kept.late).rejects.toMatchObject({ code: 'TRANSACTION_ENDED' });
  });

  it('refuses a query of a branch that nobody waited for', async () => {
    let straggler: Promise<unknown> = Promise.resolve();
    await inTransaction(sql, async (tx) => {
      straggler = tx`select pg_sleep(0.01)`
        .then(() => tx`insert into public.note values (22, 'late')`)
        .catch((e) => e);
    }).catch(() => undefined);

    expect(await straggler).toMatchObject({ code: 'TRANSACTION_ENDED' });
    expect(await sql`select from public.note where id = 22`).toHaveLength(0);
  });

  it('runs nothing on the next connection when its own died', async () => {
    let late: Promise<unknown> = Promise.resolve();
    const attempt = inTransaction(sql, async (tx) => {
      await tx`insert into public.note values (23, 'first')`;
      late = terminate(await backend(tx))
        .then(() => sleep(50))
        .then(() => Promise.all([1, 2, 3].map(() => sql`select pg_sleep(0.02)`))) // every connection is open again
        .then(() => tx`insert into public.note values (24, 'second')`)
        .catch((error: unknown) => error);
      await late;
    });

    await expect(attempt).rejects.toMatchObject({ code: 'connection_lost', retryable: true });
    expect(await late).toMatchObject({ code: 'CONNECTION_CLOSED' });
    expect(await sql`select from public.note where id in (23, 24)`).toHaveLength(0);
  });

  it('ends when it waits for too long between two statements', async () => {
    const impatient = connect({ url: `${database.url}`, role: 'people', max: 1 });
    const attempt = inTransaction(impatient, async (tx) => {
      await tx`set idle_in_transaction_session_timeout = 50`;
      await sleep(200);
      await tx`select 1`;
    });

    await expect(attempt).rejects.toMatchObject({
      code: expect.stringMatching(/idle_in_transaction|connection_lost/),
    });
    await impatient.end();
  });
});
