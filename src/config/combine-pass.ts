import { setsOf } from '../core/score/combine.ts';
import type { CombinePass } from '../core/spec.ts';
import { toWindow } from './exact-pass.ts';
import { type Context, fieldOf, readPair } from './reconciliation-context.ts';
import type { ReconciliationFile } from './schema-reconciliation.ts';

type CombineFile = NonNullable<ReconciliationFile['find'][number]['combine']>;

const MAX_ITEMS = 4;
const POOL = 16;
/** More sets than this per record take a run too long, and find too much by chance. */
const MOST_SETS = 25_000;

/** The combining pass that a file states, after noting whatever in it cannot hold or would find sets by chance. */
export function toCombinePass(context: Context, pass: CombineFile, index: number): CombinePass {
  const path = ['find', index, 'combine'];
  const within = pass.within.map((text, at) => readPair(context, text, [...path, 'within', at]));
  const kinds = within.flatMap(({ expected, actual }, at) => [
    fieldOf(context, 'expected', { name: expected, path: [...path, 'within', at] })?.type.kind,
    fieldOf(context, 'actual', { name: actual, path: [...path, 'within', at] })?.type.kind,
  ]);
  if (kinds.every((kind) => kind === 'money' || kind === 'date' || kind === 'instant')) {
    context.source.problem(
      [...path, 'within'],
      'amount and date alone never tell whose something is: add a field that does, such as the client',
    );
  }
  for (const side of ['expected', 'actual'] as const) {
    if (context.file[side].amount !== undefined) continue;
    context.source.problem(
      path,
      `combine adds amounts up, and the ${side} side names none: ${side}: { amount: … }`,
    );
  }
  if (pass.tolerance !== undefined && Number(pass.tolerance) !== 0) {
    const text =
      'combine is exact to the cent: with a tolerance inside the search, sets are found by chance; let verify judge what differs';
    context.source.problem([...path, 'tolerance'], text);
  }
  const [maxItems, pool] = [pass.max_items ?? MAX_ITEMS, pass.pool ?? POOL];
  if (setsOf(pool, maxItems) > MOST_SETS) {
    const text = `${maxItems} out of ${pool} are ${setsOf(pool, maxItems)} sets per record; at most ${MOST_SETS} are searched: lower max_items or pool`;
    context.source.problem(path, text);
  }
  return {
    kind: 'combine',
    name: pass.name ?? `combine-${index + 1}`,
    within: { expected: within.map(({ expected }) => expected), actual: within.map(({ actual }) => actual) },
    cardinality: pass.cardinality ?? 'one-to-many',
    maxItems,
    pool,
    window: pass.window === undefined ? undefined : toWindow(context, pass.window, [...path, 'window']),
  };
}
