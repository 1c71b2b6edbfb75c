import { add, compare, fromDecimal, multiply, type Rational, subtract } from './rational.ts';
import { accept, type Result, refuse } from './result.ts';

/** The amounts a rule may speak of: the two sums, their difference (actual − expected) and the credits in the group. */
export const AMOUNT_NAMES = ['expected', 'actual', 'diff', 'sum(credits)'] as const;
export type AmountName = (typeof AMOUNT_NAMES)[number];

const COMPARISONS = ['<=', '>=', '<', '>', '='] as const;
type Comparison = (typeof COMPARISONS)[number];

/** A number is an amount of money (`5.00`) or a plain factor; the checker keeps the two apart. */
type Term =
  | { readonly kind: 'amount'; readonly name: AmountName }
  | { readonly kind: 'number'; readonly value: Rational }
  | { readonly kind: 'percent'; readonly value: Rational; readonly of: Term }
  | { readonly kind: 'call'; readonly name: 'max' | 'min'; readonly args: readonly Term[] }
  | { readonly kind: 'binary'; readonly op: '+' | '-' | '*'; readonly left: Term; readonly right: Term };

/** A closed, typed condition over the amounts of one group, as `abs(diff) <= max(5.00, 2% of expected)`. */
export type Expression = {
  readonly text: string;
  readonly op: Comparison;
  readonly left: Term;
  readonly right: Term;
};

/** Amounts of one group in major units, exact. */
export type Amounts = Readonly<Record<AmountName, Rational>>;

export type ExpressionRefusal = { readonly detail: string; readonly column: number };

const CHECKS = {
  '<=': (order: number) => order <= 0,
  '>=': (order: number) => order >= 0,
  '<': (order: number) => order < 0,
  '>': (order: number) => order > 0,
  '=': (order: number) => order === 0,
} as const satisfies Record<Comparison, (order: number) => boolean>;

/** Whether the condition holds for these amounts; exact, no rounding. */
export const holds = (expression: Expression, amounts: Amounts): boolean =>
  CHECKS[expression.op](compare(evaluate(expression.left, amounts), evaluate(expression.right, amounts)));

function evaluate(term: Term, amounts: Amounts): Rational {
  if (term.kind === 'amount') return amounts[term.name];
  if (term.kind === 'number') return term.value;
  if (term.kind === 'percent') return multiply(term.value, evaluate(term.of, amounts));
  if (term.kind === 'binary') {
    return ARITHMETIC[term.op](evaluate(term.left, amounts), evaluate(term.right, amounts));
  }
  const args = term.args.map((arg) => evaluate(arg, amounts));
  return args.reduce(CALLS[term.name]);
}

const ARITHMETIC = { '+': add, '-': subtract, '*': multiply } as const;
const CALLS = {
  max: (a: Rational, b: Rational) => (compare(a, b) >= 0 ? a : b),
  min: (a: Rational, b: Rational) => (compare(a, b) <= 0 ? a : b),
} as const;

type Token = { readonly text: string; readonly column: number };
class Misread extends Error {
  readonly column: number;
  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}

/**
 * Reads a condition of the closed grammar.
 *
 * Refuses: unknown words, a percentage without its base (`2%` of what?), multiplying two amounts, comparing two bare
 *          numbers, and anything left over, with the column where reading stopped.
 */
export function parseExpression(text: string): Result<Expression, ExpressionRefusal> {
  try {
    const tokens = tokenize(text);
    const position = { at: 0 };
    const left = readSum(tokens, position);
    const op = take(tokens, position, COMPARISONS);
    if (op === undefined) throw misread(tokens, position, text, `one of ${COMPARISONS.join(' ')}`);
    const right = readSum(tokens, position);
    if (position.at < tokens.length) throw misread(tokens, position, text, 'the end');
    if (!mentionsAmount(left) && !mentionsAmount(right)) {
      throw new Misread(`nothing here speaks of ${AMOUNT_NAMES.join(', ')}`, 1);
    }
    return accept({ text, op, left, right });
  } catch (error) {
    if (error instanceof Misread) return refuse({ detail: error.message, column: error.column });
    throw error;
  }
}

const TOKEN = /\s*(<=|>=|[<>=+\-*(),%]|\d+(?:\.\d+)?|[a-z_]+)/iy;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match?.[1] === undefined) throw new Misread(`cannot read "${text.slice(start).trim()}"`, start + 1);
    tokens.push({ text: match[1], column: match.index + match[0].length - match[1].length + 1 });
  }
  return tokens;
}

type Position = { at: number };

function take<T extends string>(tokens: Token[], position: Position, of: readonly T[]): T | undefined {
  const found = of.find((word) => word === tokens[position.at]?.text);
  if (found !== undefined) position.at += 1;
  return found;
}

function readSum(tokens: Token[], position: Position): Term {
  let left = readProduct(tokens, position);
  for (
    let op = take(tokens, position, ['+', '-']);
    op !== undefined;
    op = take(tokens, position, ['+', '-'])
  ) {
    left = { kind: 'binary', op, left, right: readProduct(tokens, position) };
  }
  return left;
}

function readProduct(tokens: Token[], position: Position): Term {
  let left = readFactor(tokens, position);
  while (take(tokens, position, ['*']) !== undefined) {
    const column = tokens[position.at]?.column ?? 1;
    const right = readFactor(tokens, position);
    if (mentionsAmount(left) && mentionsAmount(right)) {
      throw new Misread('two amounts cannot be multiplied', column);
    }
    left = { kind: 'binary', op: '*', left, right };
  }
  return left;
}

function readFactor(tokens: Token[], position: Position): Term {
  const token = tokens[position.at];
  if (token === undefined) throw new Misread('the condition ends too early', 1);
  position.at += 1;
  if (/^\d/.test(token.text)) return readNumber(token, tokens, position);
  if (token.text === '(') return closed(readSum(tokens, position), tokens, position);
  if (token.text === '-') return negate(readFactor(tokens, position));
  if (token.text === 'abs' || token.text === 'max' || token.text === 'min') {
    return readCall(token, token.text, { tokens, position });
  }
  if (token.text === 'sum') return readCredits(token, tokens, position);
  if (token.text === 'expected' || token.text === 'actual' || token.text === 'diff') {
    return { kind: 'amount', name: token.text };
  }
  throw new Misread(`"${token.text}" is not known here; use ${AMOUNT_NAMES.join(', ')}`, token.column);
}

const negate = (term: Term): Term => ({
  kind: 'binary',
  op: '-',
  left: { kind: 'number', value: { n: 0n, d: 1n } },
  right: term,
});

function readNumber(token: Token, tokens: Token[], position: Position): Term {
  const value = fromDecimal(token.text);
  if (take(tokens, position, ['%']) === undefined) return { kind: 'number', value };
  if (take(tokens, position, ['of']) === undefined) {
    throw new Misread(`${token.text}% of what? write "${token.text}% of expected"`, token.column);
  }
  return { kind: 'percent', value: { n: value.n, d: value.d * 100n }, of: readFactor(tokens, position) };
}

function readCall(
  token: Token,
  name: 'abs' | 'max' | 'min',
  { tokens, position }: { tokens: Token[]; position: Position },
): Term {
  expect('(', tokens, position);
  const args = [readSum(tokens, position)];
  while (take(tokens, position, [',']) !== undefined) args.push(readSum(tokens, position));
  expect(')', tokens, position);
  if (name === 'abs') {
    const [only, ...others] = args;
    if (only === undefined || others.length > 0) throw new Misread('abs takes one value', token.column);
    return { kind: 'call', name: 'max', args: [only, negate(only)] };
  }
  if (args.length < 2) throw new Misread(`${name} takes at least two values`, token.column);
  return { kind: 'call', name, args };
}

function readCredits(token: Token, tokens: Token[], position: Position): Term {
  expect('(', tokens, position);
  if (take(tokens, position, ['credits']) === undefined) {
    throw new Misread('only sum(credits) can be summed', token.column);
  }
  expect(')', tokens, position);
  return { kind: 'amount', name: 'sum(credits)' };
}

function closed(term: Term, tokens: Token[], position: Position): Term {
  expect(')', tokens, position);
  return term;
}

function expect(word: string, tokens: Token[], position: Position): void {
  if (take(tokens, position, [word]) === undefined) {
    const found = tokens[position.at];
    throw new Misread(`"${word}" is missing`, found?.column ?? (tokens.at(-1)?.column ?? 0) + 1);
  }
}

function misread(tokens: Token[], position: Position, text: string, wanted: string): Misread {
  const found = tokens[position.at];
  return new Misread(`${wanted} should follow, not "${found?.text ?? ''}"`, found?.column ?? text.length + 1);
}

function mentionsAmount(term: Term): boolean {
  if (term.kind === 'amount') return true;
  if (term.kind === 'number') return false;
  if (term.kind === 'percent') return mentionsAmount(term.of);
  if (term.kind === 'binary') return mentionsAmount(term.left) || mentionsAmount(term.right);
  return term.args.some(mentionsAmount);
}

/** Whether the condition speaks of the group's credits, so a spec without a credit rule can be refused. */
export const mentionsCredits = (expression: Expression): boolean => /\bcredits\b/.test(expression.text);
