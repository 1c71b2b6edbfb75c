import type { PushRefusal } from './read-push.ts';

const DEEPEST = 33;
const LONGEST_LIST = 10_000;

/** What makes a body no JSON that anybody sends in good faith, whatever it says; undefined when it may be read. */
export function textProblem(text: string): PushRefusal | undefined {
  if (!/^[\s\uFEFF]*[{[]/.test(text))
    return { status: 400, code: 'not_json', detail: 'the body is no JSON object' };
  const shape = shapeOf(text);
  if (shape.depth > DEEPEST) {
    return { status: 400, code: 'json_too_deep', detail: `it is nested deeper than ${DEEPEST - 1}` };
  }
  if (shape.longest > LONGEST_LIST) {
    return { status: 413, code: 'list_too_long', detail: `a list has more than ${LONGEST_LIST} items` };
  }
  if (/\\u0000/i.test(text.replaceAll('\\\\', ''))) {
    return { status: 400, code: 'nul_character', detail: 'a NUL character stands in it' };
  }
  if (hasHalfCharacter(text)) {
    return {
      status: 400,
      code: 'text_malformed',
      detail: 'half a character (a lone surrogate) stands in it',
    };
  }
  return undefined;
}

/** How deep it is nested and how long its longest list is, found without parsing it. */
function shapeOf(text: string): { depth: number; longest: number } {
  const counts: number[] = [];
  let depth = 0;
  let longest = 0;
  for (let at = 0; at < text.length && depth <= DEEPEST; at += 1) {
    const character = text[at];
    if (character === '"') at = stringEnd(text, at);
    else if (character === '{' || character === '[') {
      counts.push(character === '[' ? 1 : Number.NEGATIVE_INFINITY);
      depth = Math.max(depth, counts.length);
    } else if (character === ',') {
      const count = (counts.pop() ?? 0) + 1;
      counts.push(count);
      longest = Math.max(longest, count);
    } else if (character === '}' || character === ']') counts.pop();
  }
  return { depth, longest };
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** Halves of characters as escapes: each high one must be followed by its low one, and each low one preceded. */
function hasHalfCharacter(text: string): boolean {
  const plain = text.replaceAll('\\\\', '');
  if (!/\\ud[89a-f]/i.test(plain)) return false;
  return /\\ud[89a-f]/i.test(plain.replaceAll(/\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}/gi, ''));
}
