/** A piece of an expression: its text, what it is, and the character it starts at, counted from 1. */
export type Token = {
  readonly kind: 'sign' | 'day' | 'days' | 'number' | 'text' | 'word';
  readonly text: string;
  readonly column: number;
};

/** Reading stopped here; caught where a condition is read, and told as a refusal. */
export class Misread extends Error {
  readonly column: number;
  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}

const KINDS = [
  ['day', /\d{4}-\d{2}-\d{2}(?![\w.-])/y],
  ['days', /\d{1,4}d(?!\w)/y],
  ['number', /\d+(?:\.\d+)?(?![\w.])/y],
  ['text', /'(?:[^']|'')*'|"(?:[^"]|"")*"/y],
  ['word', /[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?/iy],
  ['sign', /<=|>=|!=|[<>=+\-*(),%[\]]/y],
] as const;

/** The pieces of the text in order. Throws Misread where it holds anything else. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (token === undefined) throw new Misread(`cannot read "${text.slice(at).trim()}"`, at + 1);
    tokens.push(token);
    at = skipSpace(text, at + token.text.length);
  }
  return tokens;
}

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
};

function tokenAt(text: string, at: number): Token | undefined {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { kind, text: found, column: at + 1 };
  }
  return undefined;
}

/** The text that a quoted piece stands for; a doubled quote inside is one. */
export const unquoted = ({ text }: Token): string => {
  const quote = text[0] ?? '';
  return text.slice(1, -1).replaceAll(quote + quote, quote);
};
