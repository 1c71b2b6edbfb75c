import { once } from 'node:events';
import { connect as connectSocket, createServer, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect, drizzleClient, type Sql } from '../../../src/db/client.ts';
import { copyRows } from '../../../src/db/copy-rows.sql.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import { toFault } from '../../../src/db/errors.ts';
import { testDatabase } from '../../support/database.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people', max: 2 });
afterAll(() => sql.end({ timeout: 1 }));

const one = (): Sql => {
  const client = connect({ url: database.url, role: 'people', max: 1 });
  onTestFinished(() => client.end({ timeout: 1 }));
  return client;
};
const asFault = (error: unknown) => Promise.reject(toFault(error));

describe('what is sent', () => {
  it('does not wait for the server to acknowledge what was sent before', async () => {
    const took: number[] = [];
    await one().begin(async (tx) => {
      await tx`create temp table few (n integer) on commit drop`;
      for (let n = 0; n < 20; n += 1) {
        const began = performance.now();
        await copyRows(tx, { table: 'few', columns: ['n'] }, [[n]]);
        took.push(performance.now() - began);
      }
    });

    expect(Math.min(...took.slice(10))).toBeLessThan(40); // a server acknowledges after 40 ms what it is not asked to answer
  });
});

describe('values', () => {
  it('come back as the types the code counts on', async () => {
    const [row] = await sql`
      select 9007199254740993::int8 as big, 1.10::numeric as exact, date '2026-11-22' as day,
             timestamptz '2026-11-22 10:00:00+02' as instant, '{"a":1}'::jsonb as parsed, array['x','y'] as list
    `;

    expect(row).toEqual({
      big: 9007199254740993n,
      exact: '1.10',
      day: '2026-11-22',
      instant: new Date('2026-11-22T08:00:00Z'),
      parsed: { a: 1 },
      list: ['x', 'y'],
    });
  });

  it('go out unchanged, in arrays too', async () => {
    const [row] = await sql`
      select ${9007199254740993n}::int8 as big, ${'2026-11-22'}::date as day,
             ${[1n, 2n]}::int8[] as bigs, ${['2026-01-01', '2026-02-02']}::date[] as days
    `;

    expect(row).toEqual({
      big: 9007199254740993n,
      day: '2026-11-22',
      bigs: [1n, 2n],
      days: ['2026-01-01', '2026-02-02'],
    });
  });

  it('stay the same on the raw pool when another pool is wrapped by Drizzle', async () => {
    const db = drizzleClient({ url: database.url, role: 'people', max: 1 });
    onTestFinished(() => db.$client.end());
    const [row] = await sql`select now() as at`;

    expect(row?.at).toBeInstanceOf(Date);
  });
});

describe('limits of a pool', () => {
  it('are set on every connection', async () => {
    const [row] = await sql`
      select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
             current_setting('search_path') as path, current_setting('application_name') as name,
             current_setting('TimeZone') as zone
    `;

    expect(row).toEqual({
      statement: '5s',
      lock: '2s',
      path: 'tieout,pg_catalog',
      name: 'tieout people',
      zone: 'UTC',
    });
  });

  it('end a statement that takes too long', async () => {
    const hasty = connect({ url: database.url, role: 'people', max: 1, statementTimeout: 50 });
    onTestFinished(() => hasty.end());

    await expect(hasty`select pg_sleep(5)`.catch(asFault)).rejects.toMatchObject({
      code: 'statement_timeout',
    });
  });

  it('end the wait for a free connection', async () => {
    const client = one();
    Object.assign(client.options, { queue_deadline: 0.05 });
    const holder = client.begin((tx) => tx`select pg_sleep(0.4)`);
    await sleep(100);

    await expect(client`select 1`.catch(asFault)).rejects.toMatchObject({
      code: 'pool_exhausted',
      retryable: true,
    });
    await holder;
    expect(await client`select 1 as one`).toEqual([{ one: 1 }]);
  });

  it('give up a server that takes the query and is silent', async () => {
    const { url, silence } = await mutedServer();
    const client = connect({ url, role: 'people', max: 1 });
    Object.assign(client.options, { silence: 0.5 });
    onTestFinished(() => client.end({ timeout: 0 }));
    await client`select 1`;
    silence();

    await expect(client`select 2`.catch(asFault)).rejects.toMatchObject({
      code: 'server_silent',
      retryable: true,
    });
  });
});

describe('a slow reader or writer', () => {
  const strict = (): Sql => {
    const client = one();
    Object.assign(client.options, { silence: 0.2 });
    return client;
  };

  it('is not taken for a silent server while it reads a cursor', async () => {
    let seen = 0;
    for await (const rows of strict()`select * from generate_series(1, 20)`.cursor(10)) {
      await sleep(400);
      seen += rows.length;
    }

    expect(seen).toBe(20);
  });

  it('is not taken for a silent server while it writes a copy', async () => {
    const client = strict();
    await client`create temporary table slowly (id int)`;
    const rows = await client`copy slowly from stdin`.writable();
    const slowly = async function* () {
      yield '1\n';
      await sleep(400);
      yield '2\n';
    };
    await pipeline(Readable.from(slowly()), rows);

    expect(await client`select id from slowly`).toEqual([{ id: 1 }, { id: 2 }]);
  });
});

describe('one bad query', () => {
  it('spoils no other on the same connection', async () => {
    const client = one();
    await client`select 1`;
    const outcomes = await Promise.allSettled([
      client`select 'first' as value`,
      client`select ${undefined as unknown as string} as value`,
      client`select 'third' as value`,
    ]);

    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: [{ value: 'first' }] },
      { status: 'rejected', reason: { code: 'UNDEFINED_VALUE' } },
      { status: 'fulfilled', value: [{ value: 'third' }] },
    ]);
  });

  it('leaves the connection usable when it was idle', async () => {
    const client = one();
    await client`select 1`;

    await expect(client`select ${undefined as unknown as string}`).rejects.toMatchObject({
      code: 'UNDEFINED_VALUE',
    });
    expect(await client`select 2 as two`).toEqual([{ two: 2 }]);
  });
});

describe('a transaction behind a full pipeline', () => {
  it('commits what it wrote', async () => {
    const client = connect({ url: database.url, role: 'people', max: 2 });
    onTestFinished(() => client.end({ timeout: 1 }));
    await Promise.all([1, 2].map(() => client`select pg_sleep(0.02)`));
    // The driver's limit is 100 waiting queries per connection: the two transactions come exactly there.
    const pings = Array.from({ length: 200 }, () => client`select 1`.execute());
    const writes = Array.from({ length: 2 }, () => client.begin((tx) => tx`select txid_current() as id`));

    await expect(Promise.all([...pings, ...writes])).resolves.toHaveLength(202);
    const states = await asAdmin(
      database.adminUrl,
      (admin) =>
        admin`select state from pg_stat_activity where datname = ${database.name} and state like 'idle in%'`,
    );
    expect(states).toEqual([]);
  });
});

describe('a connection that dies', () => {
  const killAll = () =>
    asAdmin(
      database.adminUrl,
      (admin) =>
        admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database.name} and pid <> pg_backend_pid()`,
    );

  it('makes its cursor fail, not end early', async () => {
    const client = one();
    const readAll = async () => {
      for await (const _ of client`select * from generate_series(1, 1000)`.cursor(100)) {
        await killAll();
        await sleep(50);
      }
    };

    await expect(readAll()).rejects.toThrow();
  });

  it('is replaced at the next query', async () => {
    const client = one();
    await client`select 1`;
    await killAll();
    await sleep(50);

    expect(await client`select 1 as one`).toEqual([{ one: 1 }]);
  });
});

describe('a copy', () => {
  it('fails when the server refuses its rows at the end', async () => {
    await asAdmin(database.adminUrl, async (admin) => {
      await admin`create table public.copied (id int primary key)`;
      await admin`grant all on public.copied to tieout_app`;
    });
    const client = one();
    const copy = client.begin(async (tx) => {
      const rows = await tx`copy public.copied (id) from stdin`.writable();
      await pipeline(Readable.from(['1\n1\n']), rows);
    });

    await expect(copy).rejects.toThrow('duplicate key');
    expect(await client`select 1 as one`).toEqual([{ one: 1 }]);
  });
});

/** A way to the test database that can stop carrying anything, as a firewall does that forgot the connection. */
async function mutedServer(): Promise<{ url: string; silence: () => void }> {
  const target = new URL(database.url);
  const { port, hostname } = target;
  const sockets: Socket[] = [];
  const proxy: Server = createServer((near) => {
    const far = connectSocket(Number(port), hostname);
    sockets.push(near, far);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const address = proxy.address();
  target.port = String(typeof address === 'object' ? address?.port : 0);
  const silence = () => {
    for (const socket of sockets) socket.unpipe();
  };
  return { url: target.href, silence };
}
