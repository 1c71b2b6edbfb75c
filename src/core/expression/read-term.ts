import { currencyExponent } from '../currency.ts';
import { isDay } from './day.ts';
import { lookUp, type Scope } from './scope.ts';
import {
  AMOUNT_NAMES,
  type AmountName,
  type FieldRef,
  type Literal,
  type Term,
  type TermType,
} from './term.ts';
import { Misread, type Token, unquoted } from './tokens.ts';

/** Where reading stands. */
export type Reader = {
  readonly tokens: readonly Token[];
  readonly scope: Scope;
  readonly text: string;
  at: number;
};

/** The word or sign that stands here, if it is one of these; then reading goes on behind it. */
export function take<T extends string>(reader: Reader, of: readonly T[]): T | undefined {
  const token = reader.tokens[reader.at];
  const found = token?.kind === 'text' ? undefined : of.find((word) => word === token?.text);
  if (found !== undefined) reader.at += 1;
  return found;
}

export function expect(reader: Reader, word: string): void {
  if (take(reader, [word]) !== undefined) return;
  throw new Misread(`"${word}" is missing`, columnHere(reader));
}

/** The character where reading stands; behind the last one at the end. */
export const columnHere = ({ tokens, at, text }: Reader): number => tokens[at]?.column ?? text.length + 1;

/** Reads a sum of products. Throws Misread. */
export function readSum(reader: Reader): Term {
  let left = readProduct(reader);
  for (let op = take(reader, ['+', '-']); op !== undefined; op = take(reader, ['+', '-'])) {
    const column = columnHere(reader);
    left = added({ op, left, right: readProduct(reader), column });
  }
  return left;
}

/** A day and days give a day, two days the days between; everything else must be of one kind. */
function added({
  op,
  left,
  right,
  column,
}: {
  op: '+' | '-';
  left: Term;
  right: Term;
  column: number;
}): Term {
  const type = sumType(op, left.type, right.type);
  if (type !== undefined) return { kind: 'binary', op, left, right, type };
  throw new Misread(`${WORDS[left.type]} and ${WORDS[right.type]} cannot be added or subtracted`, column);
}

function sumType(op: '+' | '-', left: TermType, right: TermType): TermType | undefined {
  if (left === 'text' || right === 'text') return undefined;
  if (left === 'date' && right === 'date') return op === '-' ? 'days' : undefined;
  if (left === 'date' && right === 'days') return 'date';
  return left === 'date' || right === 'date' ? undefined : together(left, right);
}

/** The kind of two terms side by side; undefined where they are never comparable. */
export function together(left: TermType, right: TermType): TermType | undefined {
  if (left === right) return left;
  if (left === 'any') return right;
  if (right === 'any') return left;
  if (left === 'literal') return right === 'money' || right === 'number' ? right : undefined;
  if (right === 'literal') return left === 'money' || left === 'number' ? left : undefined;
  return undefined;
}

/** Kinds in words, for refusals. */
export const WORDS = {
  money: 'an amount',
  number: 'a number',
  literal: 'a number',
  date: 'a day',
  days: 'days',
  text: 'a text',
  any: 'a field',
} as const satisfies Record<TermType, string>;

function readProduct(reader: Reader): Term {
  let left = readFactor(reader);
  while (take(reader, ['*']) !== undefined) {
    const column = columnHere(reader);
    const right = readFactor(reader);
    left = { kind: 'binary', op: '*', left, right, type: productType(left.type, right.type, column) };
  }
  return left;
}

function productType(left: TermType, right: TermType, column: number): TermType {
  if (left === 'money' && right === 'money') throw new Misread('two amounts cannot be multiplied', column);
  const strange = [left, right].find((type) => type === 'text' || type === 'date' || type === 'days');
  if (strange !== undefined) throw new Misread(`${WORDS[strange]} cannot be multiplied`, column);
  if (left === 'money' || right === 'money') return 'money';
  return together(left, right) ?? 'number';
}

const CALLS = ['abs', 'max', 'min', 'sum', 'count'] as const;

function readFactor(reader: Reader): Term {
  const token = reader.tokens[reader.at];
  if (token === undefined) throw new Misread('the condition ends too early', 1);
  reader.at += 1;
  if (token.kind === 'number') return readNumber(reader, token);
  if (token.kind === 'text') return { kind: 'literal', type: 'text', text: unquoted(token) };
  if (token.kind === 'days') return { kind: 'literal', type: 'days', text: token.text.slice(0, -1) };
  if (token.kind === 'day') return readDay(token);
  if (token.text === '(') {
    const inner = readSum(reader);
    expect(reader, ')');
    return inner;
  }
  if (token.text === '-') return negated(readFactor(reader), columnHere(reader));
  const call = CALLS.find((name) => name === token.text);
  if (call !== undefined && reader.tokens[reader.at]?.text === '(') return READERS[call](reader, token);
  if (token.kind === 'word') return readName(reader, token);
  throw new Misread(`a value should stand here, not "${token.text}"`, token.column);
}

const negated = (right: Term, column: number): Term => {
  const left: Term = { kind: 'literal', type: right.type === 'days' ? 'days' : 'literal', text: '0' };
  return added({ op: '-', left, right, column });
};

function readDay(token: Token): Literal {
  if (!isDay(token.text)) throw new Misread(`there is no day ${token.text}`, token.column);
  return { kind: 'literal', type: 'date', text: token.text };
}

function readNumber(reader: Reader, token: Token): Term {
  if (take(reader, ['%']) === undefined) {
    const unit = reader.tokens[reader.at];
    const isUnit = unit?.kind === 'word' && /^[A-Z]{3}$/.test(unit.text);
    if (!isUnit) return { kind: 'literal', type: 'literal', text: token.text };
    if (currencyExponent(unit.text) === undefined) {
      throw new Misread(`"${unit.text}" is not an ISO 4217 currency code`, unit.column);
    }
    reader.at += 1;
    return { kind: 'literal', type: 'money', text: token.text, currency: unit.text };
  }
  if (take(reader, ['of']) === undefined) {
    throw new Misread(`${token.text}% of what? write "${token.text}% of expected"`, token.column);
  }
  const of = readFactor(reader);
  const type = productType('literal', of.type, token.column);
  return { kind: 'percent', share: hundredth(token.text), of, type };
}

/** `2` as `0.02`, by moving the point. */
function hundredth(text: string): string {
  const [whole = '0', fraction = ''] = text.split('.');
  const digits = whole.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
}

type CallReader = (reader: Reader, token: Token) => Term;

const READERS = {
  abs: (reader, token) => {
    const [only, ...others] = readArguments(reader);
    if (only === undefined || others.length > 0) throw new Misread('abs takes one value', token.column);
    return { kind: 'call', name: 'max', args: [only, negated(only, token.column)], type: only.type };
  },
  max: (reader, token) => extreme(reader, token, 'max'),
  min: (reader, token) => extreme(reader, token, 'min'),
  sum: (reader) => {
    expect(reader, '(');
    if (reader.scope.kind === 'group' && take(reader, ['credits']) !== undefined) {
      expect(reader, ')');
      return { kind: 'amount', name: 'sum(credits)', type: 'money' };
    }
    const column = columnHere(reader);
    const fields = readFields(reader);
    expect(reader, ')');
    const [field, other] = fields;
    if (other !== undefined) throw new Misread(ambiguous(fields), column);
    if (field === undefined || !ADDABLE.has(field.type)) {
      throw new Misread(`only amounts and numbers can be summed, or sum(credits)`, column);
    }
    return { kind: 'aggregate', of: 'sum', fields, type: field.type };
  },
  count: (reader) => {
    expect(reader, '(');
    inGroup(reader);
    const side = take(reader, ['expected', 'actual']);
    const isDistinct = side === undefined && take(reader, ['distinct']) !== undefined;
    if (side === undefined && !isDistinct) {
      throw new Misread(
        'write count(expected), count(actual) or count(distinct <field>)',
        columnHere(reader),
      );
    }
    const counted: Term =
      side === undefined
        ? { kind: 'aggregate', of: 'distinct', fields: readFields(reader), type: 'number' }
        : { kind: 'count', side, type: 'number' };
    expect(reader, ')');
    return counted;
  },
} as const satisfies Record<(typeof CALLS)[number], CallReader>;

const ADDABLE: ReadonlySet<TermType> = new Set(['money', 'number', 'any']);
const ORDERED: ReadonlySet<TermType> = new Set(['money', 'number', 'date', 'any']);

function inGroup({ scope, tokens, at }: Reader): void {
  if (scope.kind === 'group') return;
  throw new Misread(
    'one record is looked at here; there is nothing to sum or count',
    tokens[at]?.column ?? 1,
  );
}

function readArguments(reader: Reader): Term[] {
  expect(reader, '(');
  const args = [readSum(reader)];
  while (take(reader, [',']) !== undefined) args.push(readSum(reader));
  expect(reader, ')');
  return args;
}

/** `max(a, b)` is the larger value, `max(actual.invoice_date)` the latest day of the group. */
function extreme(reader: Reader, token: Token, name: 'max' | 'min'): Term {
  const [field, after] = [reader.tokens[reader.at + 1], reader.tokens[reader.at + 2]];
  const isOfGroup = reader.scope.kind === 'group' && field?.kind === 'word' && after?.text === ')';
  if (isOfGroup && !AMOUNT_NAMES.some((amount) => amount === field.text)) {
    expect(reader, '(');
    const fields = readFields(reader);
    expect(reader, ')');
    const type = fields[0]?.type ?? 'any';
    if (fields.some((one) => !ORDERED.has(one.type) || together(one.type, type) === undefined)) {
      throw new Misread(`${name} of a group is of amounts, numbers or days`, field.column);
    }
    return { kind: 'aggregate', of: name, fields, type };
  }
  const args = readArguments(reader);
  if (args.length < 2)
    throw new Misread(`${name} takes at least two values, or one field of a group`, token.column);
  const type = args.map((arg) => arg.type).reduce((one, other) => together(one, other) ?? 'text');
  if (type === 'text') throw new Misread(`${name} cannot compare these`, token.column);
  return { kind: 'call', name, args, type };
}

function readFields(reader: Reader): readonly FieldRef[] {
  inGroup(reader);
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'word') throw new Misread('a field should stand here', columnHere(reader));
  reader.at += 1;
  return lookUp(reader.scope, { name: token.text, column: token.column });
}

function readName(reader: Reader, token: Token): Term {
  const { scope } = reader;
  const amount = AMOUNT_NAMES.find((name): name is AmountName => name === token.text);
  if (scope.kind === 'group' && amount !== undefined) return { kind: 'amount', name: amount, type: 'money' };
  const fields = lookUp(scope, { name: token.text, column: token.column });
  const [field, other] = fields;
  if (field === undefined || other !== undefined) throw new Misread(ambiguous(fields), token.column);
  return { kind: 'field', field, type: field.type };
}

const ambiguous = (fields: readonly FieldRef[]): string =>
  `both sides have it: write ${fields.map(({ side, name }) => `${side}.${name}`).join(' or ')}`;
