import { type ExactPass, type Reconciliation, SIDES } from './spec.ts';

/** The passes whose groups depend on nothing but the records of one key, and that key's fields on each side. */
export type RestingPasses = Pick<ExactPass, 'expected' | 'actual'> & { readonly passes: readonly string[] };

/**
 * The passes at the head of `find` whose groups a run may leave as an earlier run decided them, as long as no record of
 * their key has changed; undefined where there are none.
 *
 * They compare one and the same key, and whatever takes records away before them (duplicates) compares that key too, and
 * maybe more: records of two keys never meet in any of it. Days that must lie near each other, records that are renamed or
 * take others back, and rates of a day reach further than a key; such specs are looked at whole.
 */
export function restingPasses(spec: Reconciliation): RestingPasses | undefined {
  const [first] = spec.find;
  if (first?.kind !== 'exact' || first.window) return undefined;
  if (spec.identity || spec.rates || (spec.reversals ?? []).length > 0) return undefined;
  const isWithin = spec.duplicates.every(({ side, same }) =>
    first[side].every((name) => same.includes(name)),
  );
  if (!isWithin) return undefined;
  const { expected, actual } = first;
  const end = spec.find.findIndex(
    (pass) =>
      pass.kind !== 'exact' ||
      pass.window ||
      !isSame(pass.expected, expected) ||
      !isSame(pass.actual, actual),
  );
  const head = end < 0 ? spec.find : spec.find.slice(0, end);
  return { passes: head.map(({ name }) => name), expected, actual };
}

/**
 * Whether a run lists what it leaves without a match, so that the next one finds it without reading what rests. A spec that
 * leaves records out may leave out most of them, and would list them all.
 */
export const listsUnpaired = (spec: Reconciliation): boolean =>
  restingPasses(spec) !== undefined && SIDES.every((side) => spec[side].when === undefined);

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, at) => name === other[at]);
