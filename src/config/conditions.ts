import type { ContractField, FeedContract } from '../core/contract.ts';
import { readCondition } from '../core/expression/read.ts';
import type { KnownField, KnownFields, Scope } from '../core/expression/scope.ts';
import { type AmountName, amountsOf, type Condition, type TermType } from '../core/expression/term.ts';
import type { Side } from '../core/spec.ts';
import type { Context } from './reconciliation-context.ts';

type Path = readonly PropertyKey[];

/** A condition about matched groups; undefined after noting why it cannot be read or would mean nothing. */
export function groupCondition(context: Context, text: string, path: Path): Condition | undefined {
  const fields = { expected: fieldsOn(context, 'expected'), actual: fieldsOn(context, 'actual') };
  const condition = read(context, { text, path, scope: { kind: 'group', fields } });
  if (condition) checkAmounts(context, condition, path);
  return condition;
}

/** A condition about single records of one side; undefined after noting what is wrong with it. */
export const recordCondition = (
  context: Context,
  { side, text, path }: { side: Side; text: string; path: Path },
): Condition | undefined =>
  read(context, { text, path, scope: { kind: 'record', side, fields: fieldsOn(context, side) } });

function read(
  { source }: Context,
  { text, path, scope }: { text: string; path: Path; scope: Scope },
): Condition | undefined {
  const found = readCondition(text, scope);
  if (found.ok) return found.value;
  source.problem(path, `${found.refusal.detail} (character ${found.refusal.column} of "${text}")`);
  return undefined;
}

function fieldsOn({ file, known }: Context, side: Side): KnownFields {
  const contract = known.feeds.get(file[side].feed);
  return contract && new Map(contract.fields.map((field) => [field.name, toKnown(field, contract)]));
}

const TYPES = {
  text: 'text',
  reference: 'text',
  choice: 'text',
  integer: 'number',
  decimal: 'number',
  date: 'date',
  instant: 'date',
  money: 'money',
} as const satisfies Record<ContractField['type']['kind'], TermType>;

const toKnown = (field: ContractField, contract: FeedContract): KnownField => ({
  type: TYPES[field.type.kind],
  isAmount: field.name === contract.amount,
  choices: field.type.kind === 'choice' ? field.type.of : undefined,
});

/** What each amount needs to be stated elsewhere in the file. */
const NEEDED = {
  expected: ['expected'],
  actual: ['actual'],
  diff: ['expected', 'actual'],
  'sum(credits)': ['actual'],
} as const satisfies Record<AmountName, readonly Side[]>;

function checkAmounts({ file, source }: Context, condition: Condition, path: Path): void {
  const amounts = amountsOf(condition);
  if (amounts.includes('sum(credits)') && file.credits === undefined) {
    source.problem(path, 'sum(credits) needs credits: { where: { <field>: <value> } } in this file');
  }
  for (const name of amounts) {
    const missing = NEEDED[name].find((side) => file[side].amount === undefined);
    if (missing)
      source.problem(path, `"${name}" needs an amount on the ${missing} side: ${missing}: { amount: … }`);
  }
}
