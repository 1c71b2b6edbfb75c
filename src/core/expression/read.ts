import { suggestion } from '../nearest-word.ts';
import { accept, type Result, refuse } from '../result.ts';
import { SIDES } from '../spec.ts';
import { columnHere, expect, type Reader, readSum, take, together, WORDS } from './read-term.ts';
import { choicesOf, type Scope } from './scope.ts';
import {
  AMOUNT_NAMES,
  COMPARISONS,
  type Condition,
  type Literal,
  type Term,
  type Test,
  termsOf,
} from './term.ts';
import { Misread, tokenize, unquoted } from './tokens.ts';

/** What cannot be read or would mean nothing, with the character, counted from 1. */
export type ExpressionRefusal = { readonly detail: string; readonly column: number };

/**
 * Reads a condition of the closed grammar (docs/spec.md).
 *
 * Refuses: unknown words, a percentage without its base (`2%` of what?), comparing what is never comparable, multiplying
 *          two amounts, a condition over nothing but constants, and anything left over, with the column.
 */
export function readCondition(text: string, scope: Scope): Result<Condition, ExpressionRefusal> {
  try {
    const reader: Reader = { tokens: tokenize(text), scope, text, at: 0 };
    const test = readAny(reader);
    if (reader.at < reader.tokens.length) throw shouldFollow(reader, 'the end');
    const terms = termsOf(test);
    if (
      terms.every(
        ({ kind }) => kind === 'literal' || kind === 'percent' || kind === 'call' || kind === 'binary',
      )
    ) {
      const subjects = scope.kind === 'group' ? `${AMOUNT_NAMES.join(', ')} or a field` : 'a field';
      throw new Misread(`nothing here speaks of ${subjects}`, 1);
    }
    const sides = terms.flatMap((term) => (term.kind === 'field' ? [term.field.side] : []));
    return accept({ text, test, each: SIDES.filter((side) => sides.includes(side)) });
  } catch (error) {
    if (error instanceof Misread) return refuse({ detail: error.message, column: error.column });
    throw error;
  }
}

function readAny(reader: Reader): Test {
  const tests = [readAll(reader)];
  while (take(reader, ['or']) !== undefined) tests.push(readAll(reader));
  return joined('any', tests);
}

function readAll(reader: Reader): Test {
  const tests = [readTest(reader)];
  while (take(reader, ['and']) !== undefined) tests.push(readTest(reader));
  return joined('all', tests);
}

const joined = (kind: 'all' | 'any', tests: readonly Test[]): Test => {
  const [only, ...others] = tests;
  return only !== undefined && others.length === 0 ? only : { kind, tests };
};

function readTest(reader: Reader): Test {
  if (take(reader, ['not']) !== undefined) return { kind: 'not', test: readTest(reader) };
  if (reader.tokens[reader.at]?.text !== '(') return readComparison(reader);
  // A bracket may open a condition or a sum: whichever can be read; else the one that was read further says why not.
  const from = reader.at;
  const comparison = attempt(() => readComparison(reader));
  if (!(comparison instanceof Misread)) return comparison;
  const reached = reader.at;
  reader.at = from;
  const nested = attempt(() => readNested(reader));
  if (!(nested instanceof Misread)) return nested;
  throw reached > reader.at ? comparison : nested;
}

function readNested(reader: Reader): Test {
  expect(reader, '(');
  const test = readAny(reader);
  expect(reader, ')');
  return test;
}

function attempt<T>(work: () => T): T | Misread {
  try {
    return work();
  } catch (error) {
    if (error instanceof Misread) return error;
    throw error;
  }
}

function readComparison(reader: Reader): Test {
  const left = readSum(reader);
  const op = take(reader, COMPARISONS);
  if (op === undefined) return readOther(reader, left);
  const column = columnHere(reader);
  const right = readSum(reader);
  const type = together(left.type, right.type);
  if (type === undefined)
    throw new Misread(`${WORDS[left.type]} and ${WORDS[right.type]} are never comparable`, column);
  if (type === 'text' && op !== '=' && op !== '!=')
    throw new Misread('texts are equal or not; they have no order', column);
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const)
    checkChoice(reader.scope, one, { literal: other, column });
  return { kind: 'compare', op, left, right };
}

/** `in [a, b]`, `not in [a, null]`, `is null`, `is not null`. */
function readOther(reader: Reader, term: Term): Test {
  const isOutside = take(reader, ['not']) !== undefined;
  if (take(reader, ['in']) !== undefined) {
    const test: Test = { kind: 'in', term, list: readList(reader, term) };
    return isOutside ? { kind: 'not', test } : test;
  }
  if (isOutside) throw shouldFollow(reader, 'in');
  if (take(reader, ['is']) === undefined)
    throw shouldFollow(reader, `one of ${COMPARISONS.join(' ')}, in, is`);
  const isThere = take(reader, ['not']) !== undefined;
  expect(reader, 'null');
  const test: Test = { kind: 'missing', term };
  return isThere ? { kind: 'not', test } : test;
}

function readList(reader: Reader, term: Term): readonly (Literal | null)[] {
  expect(reader, '[');
  const list = [readItem(reader, term)];
  while (take(reader, [',']) !== undefined) list.push(readItem(reader, term));
  expect(reader, ']');
  return list;
}

/** In a list, a bare word is a text. */
function readItem(reader: Reader, term: Term): Literal | null {
  if (take(reader, ['null']) !== undefined) return null;
  const column = columnHere(reader);
  const token = reader.tokens[reader.at];
  const isText = token?.kind === 'word' || token?.kind === 'text';
  if (isText) reader.at += 1;
  const read: Term = isText
    ? { kind: 'literal', type: 'text', text: token.kind === 'text' ? unquoted(token) : token.text }
    : readSum(reader);
  if (read.kind !== 'literal') throw new Misread('a list holds plain values', column);
  if (together(term.type, read.type) === undefined) {
    throw new Misread(`${WORDS[term.type]} is never ${WORDS[read.type]}`, column);
  }
  checkChoice(reader.scope, term, { literal: read, column });
  return read;
}

/** A value that a field can never have is a slip. */
function checkChoice(scope: Scope, term: Term, { literal, column }: { literal: Term; column: number }): void {
  if (term.kind !== 'field' || literal.kind !== 'literal' || literal.type !== 'text') return;
  const choices = choicesOf(scope, term.field);
  if (choices === undefined || choices.includes(literal.text)) return;
  throw new Misread(
    `"${literal.text}" is no value of ${term.field.name}${suggestion(literal.text, choices)}`,
    column,
  );
}

function shouldFollow(reader: Reader, wanted: string): Misread {
  const found = reader.tokens[reader.at];
  return new Misread(
    `${wanted} should follow, not "${found?.text ?? ''}"`,
    found?.column ?? reader.text.length + 1,
  );
}
