import type { Tx } from '../../db/tx.ts';

/**
 * The SQL text two pool rows share when their key fields are equal: null as soon as one value is missing or empty.
 * Field names are bound parameters. The same rule as `keyOf` in core/match.ts; a property test holds them equal.
 */
export function keyExpression(tx: Tx, names: readonly string[], amountField: string | undefined) {
  const [first, ...others] = names.map((name) =>
    name === amountField
      ? tx`p.amount_minor::text || ' ' || p.currency`
      : tx`nullif(replace(coalesce(p.names, p.fields) ->> ${name}::text, chr(31), ' '), '')`,
  );
  if (!first) throw new Error('a key needs at least one field');
  return others.reduce((key, part) => tx`${key} || chr(31) || ${part}`, first);
}

/**
 * A key as it is kept: whole while it is short, else its beginning and its hash, because an index row of Postgres ends
 * at 2,704 bytes and a text field may be longer than that.
 */
export const keptKey = (tx: Tx, column: string) => tx`
  case when length(${tx(column)}) <= 400 then ${tx(column)}
       else left(${tx(column)}, 100) || '…' || encode(sha256(convert_to(${tx(column)}, 'UTF8')), 'hex') end`;

/** Pool rows that nothing has taken yet. */
export const isFree = (tx: Tx) => tx`
  not exists (select from planned_member m where m.record_id = p.record_id)
  and not exists (select from planned_duplicate d where d.record_id = p.record_id and d.nth > 1)`;

/** Pool rows that an exact pass sees: free, and not standing aside in it. */
export const isSeen = (tx: Tx) => tx`
  ${isFree(tx)} and not exists (select from stood_aside s where s.record_id = p.record_id)`;
