import type { Apart } from '../../core/hand-match.ts';
import type { Reconciliation, Side } from '../../core/spec.ts';
import type { SqlPart } from '../../db/condition.sql.ts';
import { freeRecords } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';
import type { NamedColumn, NamedColumns } from './named-columns.sql.ts';

export type KeyFields = {
  readonly names: readonly string[];
  readonly amount: string | undefined;
  /** Of records, the fields that are read from a column: JSON read for each of a million records is most of what a key costs. */
  readonly columns?: ReadonlyMap<string, NamedColumn>;
};

/**
 * The SQL text two records share when their key fields are equal: null as soon as one value is missing or empty. Of pool rows
 * `p`, with the fields by which they are found, or of records `r`. Field names are bound parameters. The same rule as `keyOf` in
 * core/match.ts; a property test holds them equal.
 */
export function keyExpression(tx: Tx, { names, amount, columns }: KeyFields, row: 'p' | 'r' = 'p'): SqlPart {
  const fields = row === 'p' ? tx`coalesce(p.names, p.fields)` : tx`r.fields`;
  const [first, ...others] = names.map((name) => {
    if (name === amount) return tx`${tx(row)}.amount_minor::text || ' ' || ${tx(row)}.currency`;
    const column = columns?.get(name);
    const value = column ? tx`${tx(row)}.${tx(column)}` : tx`(${fields}::json ->> ${name}::text)`;
    return tx`nullif(replace(${value}, chr(31), ' '), '')`;
  });
  if (!first) throw new Error('a key needs at least one field');
  return others.reduce((key, part) => tx`${key} || chr(31) || ${part}`, first);
}

/** The key of row `r`, a record or an earlier version of one with its `side`, by the fields of that side. */
export function sideKey(
  tx: Tx,
  spec: Reconciliation,
  { by, columns }: { by: Readonly<Record<Side, readonly string[]>>; columns: NamedColumns },
): SqlPart {
  const keyOf = (side: Side) =>
    keyExpression(tx, { names: by[side], amount: spec[side].amount, columns: columns[side] }, 'r');
  return tx`case r.side when 'expected' then ${keyOf('expected')} else ${keyOf('actual')} end`;
}

/**
 * A key as it is kept: whole while it is short, else its beginning and its hash, because an index row of Postgres ends
 * at 2,704 bytes and a text field may be longer than that.
 */
export const keptKey = (tx: Tx, column: string) => tx`
  case when length(${tx(column)}) <= 400 then ${tx(column)}
       else left(${tx(column)}, 100) || '…' || encode(sha256(convert_to(${tx(column)}, 'UTF8')), 'hex') end`;

/** Pool rows `p` that an exact pass sees: those that are free (`freeRecords`), and do not stand aside in it. */
export async function seenRecords(
  tx: Tx,
  { firstPass, apart }: { readonly firstPass: string | undefined; readonly apart: Apart },
): Promise<{ rows: SqlPart; isSeen: SqlPart }> {
  const { rows, isFree } = await freeRecords(tx, firstPass);
  // Asked all the same, an empty table costs a fifth of the pass: the whole pool is hashed for it (2026-11-30).
  if (apart.size === 0) return { rows, isSeen: isFree };
  return {
    rows,
    isSeen: tx`${isFree} and not exists (select from stood_aside s where s.record_id = p.record_id)`,
  };
}
