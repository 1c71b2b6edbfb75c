import type { ContractField } from '../core/contract.ts';
import type { Condition } from '../core/expression/term.ts';
import type { ExactPass, Window } from '../core/spec.ts';
import { groupCondition } from './conditions.ts';
import { type Context, fieldOf, readPair } from './reconciliation-context.ts';
import type { ReconciliationFile } from './schema-reconciliation.ts';

type ExactFile = NonNullable<ReconciliationFile['find'][number]['exact']>;
type Path = readonly PropertyKey[];

/** The exact pass that a file states, after noting whatever in it cannot hold or would not be safe. */
export function toExactPass(context: Context, pass: ExactFile, index: number): ExactPass {
  const path = ['find', index, 'exact'];
  const pairs = pass.on.map((text, at) => readPair(context, text, [...path, 'on', at]));
  const kinds = pairs.flatMap((pair, at) => kindsOf(context, pair, [...path, 'on', at]));
  if (kinds.every((kind) => kind === 'money' || kind === 'date' || kind === 'instant')) {
    const text =
      'amount and date alone never match: two orders of one day and price are common; add a reference or name';
    context.source.problem([...path, 'on'], text);
  }
  const cardinality = pass.cardinality ?? 'one-to-one';
  if (pass.window !== undefined && cardinality === 'many-to-many') {
    context.source.problem(
      [...path, 'window'],
      'days tell whose something is only where one side is one record',
    );
  }
  return {
    kind: 'exact',
    name: pass.name ?? `exact-${index + 1}`,
    expected: pairs.map(({ expected }) => expected),
    actual: pairs.map(({ actual }) => actual),
    cardinality,
    window: pass.window === undefined ? undefined : toWindow(context, pass.window, [...path, 'window']),
    tolerance:
      pass.tolerance === undefined ? undefined : toTolerance(context, pass.tolerance, [...path, 'tolerance']),
  };
}

function kindsOf(
  context: Context,
  { expected, actual }: { expected: string; actual: string },
  path: Path,
): readonly (ContractField['type']['kind'] | undefined)[] {
  const left = fieldOf(context, 'expected', { name: expected, path });
  const right = fieldOf(context, 'actual', { name: actual, path });
  if (left && right && isNeverEqual(left.type.kind, right.type.kind)) {
    context.source.problem(
      path,
      `${expected} is ${left.type.kind} and ${actual} is ${right.type.kind}: never equal`,
    );
  }
  return [left?.type.kind, right?.type.kind];
}

type Kind = ContractField['type']['kind'];

/** A text may well hold a day or a number as the other side has it; a day is no number, and nothing but an amount is one. */
const isNeverEqual = (one: Kind, other: Kind): boolean =>
  (one === 'money') !== (other === 'money') ||
  (isDay(one) && isNumber(other)) ||
  (isNumber(one) && isDay(other));

const isDay = (kind: Kind): boolean => kind === 'date' || kind === 'instant';
const isNumber = (kind: Kind): boolean => kind === 'integer' || kind === 'decimal';

const WINDOW = /^(-?\d{1,4})\.\.(-?\d{1,4})d$/;

/** `0..30d`: from the expected to the actual record. */
export function toWindow(context: Context, text: string, path: Path): Window {
  const [, from, to] = WINDOW.exec(text) ?? [];
  const window = { from: Number(from), to: Number(to) };
  if (from !== undefined && window.from <= window.to) return window;
  context.source.problem(path, `"${text}" is no number of days; write 0..30d, or -3..3d to look both ways`);
  return { from: 0, to: 0 };
}

/** `5.00`, `2% of expected`, `max(5.00, 2% of expected)`; with `+` the actual side may only be more, with `-` only less. */
function toTolerance(context: Context, text: string, path: Path): Condition | undefined {
  const [, sign = '', bound = ''] = /^\s*([+-]?)\s*(.*)$/.exec(text) ?? [];
  const written = {
    '': `abs(diff) <= ${bound}`,
    '+': `diff >= 0 and diff <= ${bound}`,
    '-': `diff <= 0 and -diff <= ${bound}`,
  };
  return groupCondition(context, written[sign as keyof typeof written], path);
}
