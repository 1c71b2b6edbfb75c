// A process of its own under load, for the crash test: reads "stop" on stdin, then prints what it saw as one JSON line.
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql as drizzleSql } from 'drizzle-orm';
import { connect, drizzleClient } from '../../src/db/client.ts';
import { toFault } from '../../src/db/errors.ts';
import { inTransaction } from '../../src/db/tx.ts';

const url = process.argv[2] ?? '';
const sql = connect({ url, role: 'people', max: 8 });
const db = drizzleClient({ url, role: 'people', max: 4 });

const acknowledged: string[] = [];
const outcomes: Record<string, number> = {};
let uncaught = 0;
let pending = 0;
let isStopping = false;
let nextId = 0;

const note = (outcome: string) => {
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
};
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error: Error) => {
    uncaught += 1;
    process.stderr.write(`${event}: ${error?.stack}\n`);
  });
}

const insertOne = async (id: string) => {
  await sql`insert into public.torture (id, part) values (${id}, 'a'), (${id}, 'b')`;
};
const insertPair = (id: string) =>
  inTransaction(sql, async (tx) => {
    await tx`insert into public.torture (id, part) values (${id}, 'a')`;
    await sleep(Math.random() * 5);
    await tx`insert into public.torture (id, part) values (${id}, 'b')`;
  });
// Goes on after its connection died: the second insert must not run on the next connection, outside the transaction.
const insertStubbornly = (id: string) =>
  inTransaction(sql, async (tx) => {
    await tx`insert into public.torture (id, part) values (${id}, 'a')`.catch(() => note('ignored'));
    await sleep(Math.random() * 30);
    await tx`insert into public.torture (id, part) values (${id}, 'b')`.catch(() => note('ignored'));
    await Promise.all([1, 2, 3].map(() => tx`select pg_sleep(0.001)`));
  });
const insertByDrizzle = (id: string) =>
  db.transaction(async (tx) => {
    await tx.execute(drizzleSql`insert into public.torture (id, part) values (${id}, 'a')`);
    await tx.execute(drizzleSql`insert into public.torture (id, part) values (${id}, 'b')`);
  });
const insertByCopy = (id: string) =>
  inTransaction(sql, async (tx) => {
    const rows = await tx`copy public.torture (id, part) from stdin`.writable();
    await pipeline(Readable.from([`${id}\ta\n`, `${id}\tb\n`]), rows);
  });
const readInBursts = async () => {
  await Promise.all(Array.from({ length: 40 }, (_, index) => sql`select ${index}::int as n`));
};
const readByCursor = async () => {
  let seen = 0;
  for await (const rows of sql`select * from generate_series(1, 2000)`.cursor(100)) {
    seen += rows.length;
    await sleep(1);
  }
  if (seen !== 2000) note('cursor_cut_short');
};

async function work(name: string, act: (id: string) => Promise<unknown>): Promise<void> {
  while (!isStopping) {
    const id = `${name}-${nextId++}`;
    pending += 1;
    try {
      await act(id);
      if (!name.startsWith('read')) acknowledged.push(id);
      note('ok');
    } catch (error) {
      const fault = toFault(error);
      note(fault instanceof Error && 'code' in fault ? String(fault.code) : `unmapped: ${fault}`);
      await sleep(5);
    } finally {
      pending -= 1;
    }
  }
}

const WORKERS = {
  insertOne,
  insertPair,
  insertStubbornly,
  insertByDrizzle,
  insertByCopy,
  readInBursts,
  readByCursor,
};
const workers = Object.entries(WORKERS).flatMap(([name, act]) => [1, 2, 3].map(() => work(name, act)));
process.stdout.write('working\n');

process.stdin.resume();
process.stdin.on('end', () => process.exit(1)); // the test was killed: stay behind no longer
await once(process.stdin, 'data');
isStopping = true;
await Promise.race([Promise.all(workers), sleep(20_000)]);
const unsettled = pending;

const rows = await sql<{ id: string; parts: string }[]>`
  select id, string_agg(part, '' order by part) as parts from public.torture group by id
`;
const stored = new Map(rows.map(({ id, parts }) => [id, parts]));
const lost = acknowledged.filter((id) => stored.get(id) !== 'ab');
const torn = rows.filter(({ parts }) => parts !== 'ab').map(({ id }) => id);
const report = { acknowledged: acknowledged.length, lost, torn, unsettled, uncaught, outcomes };
process.stdout.write(`${JSON.stringify(report)}\n`);
await Promise.all([sql.end({ timeout: 5 }), db.$client.end({ timeout: 5 })]);
process.exit(0);
