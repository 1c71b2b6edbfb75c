import type { Reconciliation, Side } from '../../core/spec.ts';
import type { SqlPart } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { keyExpression } from './key-expression.ts';
import type { NamedColumns } from './named-columns.sql.ts';
import { type SideFeeds, sideOf } from './side-feeds.sql.ts';

type SideKey = { readonly side: Side; readonly names: readonly string[] };

/**
 * The columns of the pool that hold what its records are asked for by, each once, in the columns `key_0`, `key_1` and so on: what
 * is read out of JSON for every record costs a microsecond each time (2026-11-30). With a leading comma, of records `r`.
 */
export function poolKeys(
  tx: Tx,
  spec: Reconciliation,
  { feeds, columns }: { feeds: SideFeeds; columns: NamedColumns },
): SqlPart {
  const keyOf = ({ side, names }: SideKey) =>
    keyExpression(tx, { names, amount: spec[side].amount, columns: columns[side] }, 'r');
  return keysOf(spec).reduce(
    (all, key, nth) => tx`
      ${all}, case ${sideOf(tx, feeds)} when ${key.side} then ${keyOf(key)} end as ${tx(columnOf(nth))}`,
    tx``,
  );
}

/** The key of pool row `p` by the fields of one side; null for rows of the other. */
export function poolKey(tx: Tx, spec: Reconciliation, { side, names }: SideKey): SqlPart {
  const nth = keysOf(spec).findIndex((key) => isSame(key, { side, names }));
  if (nth >= 0) return tx`p.${tx(columnOf(nth))}`;
  return tx`case p.side when ${side} then ${keyExpression(tx, { names, amount: spec[side].amount })} end`;
}

/** The key of pool row `p` by the fields of its side. */
export const poolKeyOfSide = (
  tx: Tx,
  spec: Reconciliation,
  by: Readonly<Record<Side, readonly string[]>>,
): SqlPart => tx`
  case p.side when 'expected' then ${poolKey(tx, spec, { side: 'expected', names: by.expected })}
              else ${poolKey(tx, spec, { side: 'actual', names: by.actual })} end`;

/** Where contacts are merged, records are found by other values than they are filled in with: nothing is known before. */
function keysOf({ identity, duplicates, find }: Reconciliation): readonly SideKey[] {
  if (identity) return [];
  const wanted = [
    ...duplicates.map(({ side, same }): SideKey => ({ side, names: same })),
    ...find.flatMap((pass): SideKey[] =>
      pass.kind === 'exact'
        ? [
            { side: 'expected', names: pass.expected },
            { side: 'actual', names: pass.actual },
          ]
        : [],
    ),
  ];
  return wanted.filter((key, at) => wanted.findIndex((other) => isSame(other, key)) === at);
}

const isSame = (one: SideKey, other: SideKey): boolean =>
  one.side === other.side &&
  one.names.length === other.names.length &&
  one.names.every((name, at) => name === other.names[at]);

const columnOf = (nth: number): string => `key_${nth}`;
