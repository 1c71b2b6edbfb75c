import type postgres from 'postgres';
import {
  type AmountName,
  type Comparison,
  type Condition,
  type FieldRef,
  type Literal,
  type Term,
  type TermType,
  type Test,
  termsOf,
} from '../core/expression/term.ts';
import type { Side } from '../core/spec.ts';
import type { Tx } from './tx.ts';

export type SqlPart = postgres.PendingQuery<postgres.Row[]>;

/** Where the values of a condition stand in the statement around it. */
export type Place = {
  readonly tx: Tx;
  /** The alias of the pool row, or record, that is looked at on each side. */
  readonly row: Readonly<Record<Side, string>>;
  /** The currency that amounts are compared in. */
  readonly currency: SqlPart;
  /** What a condition says of a group as a whole, by term; nothing where one record is looked at. */
  readonly ofGroup: ReadonlyMap<Term, SqlPart>;
};

/**
 * A condition as SQL with bound values, always true or false. It means exactly what `holdsInGroup` and `holdsForRecord` of
 * core/expression say; a property test holds them equal.
 */
export function testSql(test: Test, place: Place): SqlPart {
  const { tx } = place;
  if (test.kind === 'not') return tx`not ${testSql(test.test, place)}`;
  if (test.kind === 'all')
    return joined(
      tx,
      test.tests.map((one) => testSql(one, place)),
      tx`and`,
    );
  if (test.kind === 'any')
    return joined(
      tx,
      test.tests.map((one) => testSql(one, place)),
      tx`or`,
    );
  if (test.kind === 'missing') return tx`(${termSql(test.term, place)} is null)`;
  if (test.kind === 'compare') return comparisonSql(place, test);
  const items = test.list.map((item) =>
    item === null
      ? tx`${termSql(test.term, place)} is null`
      : tx`coalesce(${termSql(test.term, place)} = ${termSql(item, place)}, false)`,
  );
  return joined(tx, items, tx`or`);
}

function joined(tx: Tx, parts: readonly SqlPart[], by: SqlPart): SqlPart {
  const [first, ...others] = parts;
  if (first === undefined) throw new Error('a list of conditions is empty');
  return tx`(${others.reduce((all, part) => tx`${all} ${by} ${part}`, first)})`;
}

function comparisonSql(place: Place, test: Extract<Test, { kind: 'compare' }>): SqlPart {
  const { tx } = place;
  const [left, right] = [termSql(test.left, place), termSql(test.right, place)];
  return COMPARISONS[test.op](tx, left, right);
}

/** A missing value is equal to nothing, and neither less nor more. */
const COMPARISONS = {
  '<=': (tx, left, right) => tx`coalesce(${left} <= ${right}, false)`,
  '>=': (tx, left, right) => tx`coalesce(${left} >= ${right}, false)`,
  '<': (tx, left, right) => tx`coalesce(${left} < ${right}, false)`,
  '>': (tx, left, right) => tx`coalesce(${left} > ${right}, false)`,
  '=': (tx, left, right) => tx`coalesce(${left} = ${right}, false)`,
  '!=': (tx, left, right) => tx`not coalesce(${left} = ${right}, false)`,
} as const satisfies Record<Comparison, (tx: Tx, left: SqlPart, right: SqlPart) => SqlPart>;

function termSql(term: Term, place: Place): SqlPart {
  const { tx } = place;
  const column = place.ofGroup.get(term);
  if (column !== undefined) return column;
  if (term.kind === 'literal') return literalSql(term, place);
  if (term.kind === 'field') return fieldSql(tx, term.field, place.row[term.field.side]);
  if (term.kind === 'percent') return tx`(${term.share}::numeric * ${termSql(term.of, place)})`;
  if (term.kind === 'binary') {
    const [left, right] = [termSql(term.left, place), termSql(term.right, place)];
    return ARITHMETIC[term.op](tx, left, right);
  }
  if (term.kind === 'call') return callSql(place, term);
  throw new Error(`${term.kind} is of a group, and has no value here`);
}

const ARITHMETIC = {
  '+': (tx: Tx, left: SqlPart, right: SqlPart): SqlPart => tx`(${left} + ${right})`,
  '-': (tx: Tx, left: SqlPart, right: SqlPart): SqlPart => tx`(${left} - ${right})`,
  '*': (tx: Tx, left: SqlPart, right: SqlPart): SqlPart => tx`(${left} * ${right})`,
} as const;

/** Unlike `greatest`, undefined as soon as one value is missing. */
function callSql(place: Place, { name, args }: Extract<Term, { kind: 'call' }>): SqlPart {
  const { tx } = place;
  const values = args.map((arg) => termSql(arg, place));
  const list = values.reduce((all, value) => tx`${all}, ${value}`);
  const anyMissing = joined(
    tx,
    values.map((value) => tx`${value} is null`),
    tx`or`,
  );
  const found = name === 'max' ? tx`greatest(${list})` : tx`least(${list})`;
  return tx`(case when not ${anyMissing} then ${found} end)`;
}

function literalSql({ type, text, currency }: Literal, { tx, ...place }: Place): SqlPart {
  const value = LITERALS[type](tx, text);
  if (currency === undefined) return value;
  return tx`(case when ${place.currency} = ${currency} then ${value} end)`;
}

const numeric = (tx: Tx, text: string): SqlPart => tx`${text}::numeric`;

const LITERALS = {
  money: numeric,
  number: numeric,
  literal: numeric,
  days: (tx, text) => tx`${text}::integer`,
  date: (tx, text) => tx`${text}::date`,
  text: (tx, text) => tx`${text}::text`,
  any: (tx, text) => tx`${text}::text`,
} as const satisfies Record<TermType, (tx: Tx, text: string) => SqlPart>;

/** The value of a field of one pool row or record, null where it is missing, empty, or not of its type. */
export function fieldSql(tx: Tx, field: FieldRef, row: string): SqlPart {
  if (field.isAmount) return tx`tieout.major(${tx(row)}.amount_minor, ${tx(row)}.currency)`;
  const text = tx`nullif(${tx(row)}.fields::json ->> ${field.name}::text, '')`;
  if (field.type === 'date') return tx`tieout.as_day(${text})`;
  return field.type === 'money' || field.type === 'number' ? tx`tieout.as_number(${text})` : text;
}

const MINOR_SQL = {
  expected: (tx, group) => tx`${tx(group)}.expected_minor`,
  actual: (tx, group) => tx`${tx(group)}.actual_minor`,
  diff: (tx, group) => tx`(${tx(group)}.actual_minor - ${tx(group)}.expected_minor)`,
  'sum(credits)': (tx, group) => tx`${tx(group)}.credits_minor`,
} as const satisfies Record<AmountName, (tx: Tx, group: string) => SqlPart>;

/** An amount of a group in major units, from its sums; `group` is the alias of the row that has them. */
export const amountSql = (tx: Tx, name: AmountName, group: string): SqlPart =>
  tx`tieout.major(${MINOR_SQL[name](tx, group)}, ${tx(group)}.currency)`;

/**
 * What one minor unit of each currency is in major ones, for a join: asked by function for each amount of a condition and each
 * group, it is most of what deciding costs.
 */
export const UNITS_SQL = (tx: Tx): SqlPart =>
  tx`unit as materialized (select c.code, ('1e-' || c.exponent)::numeric as major from tieout.currency c)`;

/** A condition about nothing but the sums of a group; `unit` is the alias of the row of `UNITS_SQL` of its currency. */
export function sumsTest(
  tx: Tx,
  { test }: Condition,
  { group, unit }: { group: string; unit: string },
): SqlPart {
  const ofGroup = new Map<Term, SqlPart>();
  for (const term of termsOf(test)) {
    if (term.kind === 'amount')
      ofGroup.set(term, tx`(${MINOR_SQL[term.name](tx, group)} * ${tx(unit)}.major)`);
  }
  return testSql(test, {
    tx,
    row: { expected: '', actual: '' },
    currency: tx`${tx(group)}.currency`,
    ofGroup,
  });
}
