import type { Sql } from './client.ts';
import { databaseError } from './errors.ts';
import { inTransaction } from './tx.ts';

/** Longer than what a statement may keep in memory here, so that each piece is written. */
const PIECE = 65_536;

/** SQLSTATEs: no space is left; somebody limited what may be written (`temp_file_limit`). */
const FULL = '53100';
const LIMITED = '53400';

/**
 * Whether the database finds room for `bytes` on its disk; undefined where it may not be tried. What is written is a spill file
 * of one statement, gone with it: no row, and above all no log, which on a full disk would end the server.
 */
export async function hasRoom(sql: Sql, bytes: number): Promise<boolean | undefined> {
  try {
    await spill(sql, bytes);
    return true;
  } catch (error) {
    const code = databaseError(error)?.code;
    if (code === LIMITED) return undefined;
    if (code === FULL) return false;
    throw error;
  }
}

async function spill(sql: Sql, bytes: number): Promise<void> {
  await inTransaction(
    sql,
    async (tx) => {
      await tx`set local work_mem = '64kB'`;
      await tx`
        with piece as materialized (
          select repeat('x', ${PIECE}::integer) || n as filled from generate_series(1, ${Math.ceil(bytes / PIECE)}::integer) as n
        )
        select count(filled) from piece`;
    },
    { snapshot: true },
  );
}
