import { suggestion } from '../nearest-word.ts';
import { SIDES, type Side } from '../spec.ts';
import { AMOUNT_NAMES, type FieldRef, type TermType } from './term.ts';
import { Misread } from './tokens.ts';

/** What a contract says of one field, as far as conditions care. */
export type KnownField = {
  readonly type: TermType;
  readonly isAmount: boolean;
  /** The only values it may have; undefined: any. */
  readonly choices: readonly string[] | undefined;
};

/** The fields of a side by name; undefined where its contract could not be read, and then any name is taken. */
export type KnownFields = ReadonlyMap<string, KnownField> | undefined;

/** What a condition may speak of: the records of one side, or matched groups of both. */
export type Scope =
  | { readonly kind: 'record'; readonly side: Side; readonly fields: KnownFields }
  | { readonly kind: 'group'; readonly fields: Readonly<Record<Side, KnownFields>> };

type Named = { readonly name: string; readonly column: number };

/**
 * The fields a name may mean: `expected.owner` one, `owner` one for each side that has it.
 *
 * Throws: Misread where there is none.
 */
export function lookUp(scope: Scope, { name, column }: Named): readonly FieldRef[] {
  const [first, rest] = name.includes('.') ? name.split('.') : [undefined, name];
  const sides = sidesOf(scope, { side: first, column });
  const found = sides.flatMap((side) => refOf(scope, side, rest ?? '') ?? []);
  const known = found.filter(({ type }) => type !== 'any');
  if (known.length > 0) return known;
  if (found[0] !== undefined) return [found[0]];
  throw new Misread(
    `"${name}" is no field here${suggestion(name, namesIn(scope, first !== undefined))}`,
    column,
  );
}

function sidesOf(
  scope: Scope,
  { side, column }: { side: string | undefined; column: number },
): readonly Side[] {
  const all: readonly Side[] = scope.kind === 'record' ? [scope.side] : SIDES;
  if (side === undefined) return all;
  const named = all.find((known) => known === side);
  if (named !== undefined) return [named];
  throw new Misread(`"${side}." is no side here; use ${all.join(' or ')}`, column);
}

const fieldsOn = (scope: Scope, side: Side): KnownFields =>
  scope.kind === 'record' ? scope.fields : scope.fields[side];

function refOf(scope: Scope, side: Side, name: string): FieldRef | undefined {
  const fields = fieldsOn(scope, side);
  if (fields === undefined) return { side, name, type: 'any', isAmount: false };
  const field = fields.get(name);
  return field && { side, name, type: field.type, isAmount: field.isAmount };
}

/** The values a field may have, where its contract lists them. */
export const choicesOf = (scope: Scope, { side, name }: FieldRef): readonly string[] | undefined =>
  fieldsOn(scope, side)?.get(name)?.choices;

function namesIn(scope: Scope, isDotted: boolean): readonly string[] {
  if (scope.kind === 'record') return [...(scope.fields?.keys() ?? [])];
  const names = SIDES.flatMap((side) =>
    [...(scope.fields[side]?.keys() ?? [])].map((name) => (isDotted ? `${side}.${name}` : name)),
  );
  return [...new Set([...names, ...(isDotted ? [] : AMOUNT_NAMES)])];
}
