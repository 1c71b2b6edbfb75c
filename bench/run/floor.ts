import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connect, type Sql } from '../../src/db/client.ts';

const TIMES = 3;
const TABLES = {
  orders: 'order_no text, client text, campaign text, ordered_on date, amount numeric, currency text',
  invoices:
    'invoice_no text, client text, po_number text, memo text, invoiced_on date, amount numeric, currency text',
} as const;

type Where = { readonly adminUrl: string; readonly folder: string };

/** Seconds in which the bare database takes one file: COPY into a table without a key, the middle of three. */
export const copyFloor = (where: Where): Promise<number> =>
  middle(where, (sql) => copied(sql, where, 'orders'));

/** Seconds for COPY of both files and one hash join over them, written out, the middle of three. */
export const nightFloor = (where: Where): Promise<number> =>
  middle(where, async (sql) => {
    await copied(sql, where, 'orders');
    await copied(sql, where, 'invoices');
    await sql`
      create table floor.joined as
      select o.order_no, i.invoice_no, o.amount as ordered, i.amount as invoiced
      from floor.orders o
      join floor.invoices i on i.po_number = o.order_no`;
  });

async function middle({ adminUrl }: Where, work: (sql: Sql) => Promise<void>): Promise<number> {
  const sql = connect({ url: adminUrl, role: 'admin', max: 1 });
  try {
    const seconds: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      await sql`create schema floor`;
      for (const [table, columns] of Object.entries(TABLES)) {
        await sql`create table floor.${sql(table)} (${sql.unsafe(columns)})`;
      }
      const began = performance.now();
      await work(sql);
      seconds.push((performance.now() - began) / 1000);
      await sql`drop schema floor cascade`;
    }
    return seconds.toSorted((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function copied(sql: Sql, { folder }: Where, table: keyof typeof TABLES): Promise<void> {
  const target: Writable =
    await sql`copy floor.${sql(table)} from stdin with (format csv, header)`.writable();
  await pipeline(createReadStream(join(folder, `${table}.csv`), { highWaterMark: 262_144 }), target);
}
