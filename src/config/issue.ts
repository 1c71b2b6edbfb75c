import { z } from 'zod';
import { suggestion } from '../core/nearest-word.ts';

type RawIssue = z.core.$ZodRawIssue;

/**
 * A schema's complaint in words that say what to write instead; undefined leaves it to the schema's own message.
 * Unknown keys give one line per key, in the order of the issue's `keys`.
 */
export function describeIssue(issue: RawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue);
    return issue.keys.map((key) => `is not a known key${suggestion(key, known)}`).join('\n');
  }
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined || issue.input === null)
      return `is missing; it must be ${TYPE_WORDS(issue.expected)}`;
    return `must be ${TYPE_WORDS(issue.expected)}, not ${found(issue.input)}${hint(issue.expected, issue.input)}`;
  }
  if (issue.code === 'invalid_value') {
    if (issue.input === undefined) return `is missing; it must be one of ${issue.values.join(', ')}`;
    return `${found(issue.input)} is not possible${suggestion(String(issue.input), issue.values.map(String))}`;
  }
  if (issue.code === 'invalid_union' && 'discriminator' in issue) {
    return `must be one of ${discriminatorValues(issue).join(', ')}`;
  }
  if (issue.code === 'invalid_key') return issue.issues[0]?.message;
  if (issue.code === 'too_small') return tooSmall(issue);
  if (issue.code === 'too_big') return tooBig(issue);
  return undefined;
}

type Bounded<Code extends RawIssue['code']> = Extract<RawIssue, { code: Code }>;

function tooSmall({ origin, minimum, inclusive }: Bounded<'too_small'>): string {
  if (origin === 'number' || origin === 'int')
    return `must be ${inclusive ? 'at least' : 'above'} ${minimum}`;
  return minimum === 1 ? 'is empty; it needs at least one' : `is too short; it needs at least ${minimum}`;
}

function tooBig({ origin, maximum, inclusive }: Bounded<'too_big'>): string {
  if (origin === 'number' || origin === 'int') return `must be ${inclusive ? 'at most' : 'below'} ${maximum}`;
  return origin === 'string'
    ? `is too long; at most ${maximum} characters are taken`
    : `has too many; at most ${maximum} are taken`;
}

function knownKeys(issue: RawIssue): readonly string[] {
  return issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
}

function discriminatorValues(issue: RawIssue): readonly string[] {
  if (!(issue.inst instanceof z.ZodDiscriminatedUnion)) return [];
  const key = issue.inst.def.discriminator;
  return issue.inst.options.flatMap((option) => {
    const literal = option instanceof z.ZodObject ? option.shape[key] : undefined;
    return literal instanceof z.ZodLiteral ? [String(literal.value)] : [];
  });
}

const TYPE_WORDS = (expected: string): string =>
  Object.hasOwn(WORDS, expected) ? (WORDS[expected] ?? expected) : expected;

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

function found(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object' && input !== null) return 'a group of keys';
  const text = JSON.stringify(input) ?? String(input);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const hint = (expected: string, input: unknown): string =>
  expected === 'string' && (typeof input === 'number' || typeof input === 'boolean')
    ? '; put it in quotes'
    : '';
