import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { Problems, YamlSource } from '../../../src/config/yaml.ts';

const schema = z.strictObject({
  name: z.string().optional(),
  most: z.number().gt(0).max(6).optional(),
  words: z.record(z.string(), z.unknown()).optional(),
  list: z.array(z.unknown()).max(2).optional(),
  short: z.string().max(3).optional(),
});

function problems(text: string): readonly string[] {
  const found = new Problems();
  new YamlSource('f.yaml', text, found).read(schema);
  return found.lines();
}

const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);

describe('a file is refused, at the line, for', () => {
  it.each([
    ['a NUL character', 'name: "a\\0b"', '1:7 holds a NUL character, which cannot be kept; take it out'],
    ['half a character', '\nname: "\\ud83d"', '2:7 holds half a character; take it out'],
    ['such a key', 'words: { "a\\0": 1 }', '1:10 holds a NUL character, which cannot be kept; take it out'],
    [
      'a number that other programs read in eights',
      'most: 017',
      '1:7 "017" is not how a number is written here; write it like 17 or 0.99, or in quotes where it is text',
    ],
    [
      'one beyond all numbers',
      'most: 1e400',
      '1:7 "1e400" is not how a number is written here; write it like 17 or 0.99, or in quotes where it is text',
    ],
    [
      'none at all',
      'most: .nan',
      '1:7 ".nan" is not how a number is written here; write it like 17 or 0.99, or in quotes where it is text',
    ],
    [
      'one that would lose its end',
      'words: { a: 12345678901234567890 }',
      '1:13 "12345678901234567890" has more digits than a number keeps; put it in quotes',
    ],
    ['a key that would be another', 'words: { 01: jan }', '1:10 "01" would be read as "1"; put it in quotes'],
    ['a key that would be none', 'words: { null: x }', '1:10 "null" would be read as ""; put it in quotes'],
    ['a list as a key', '? [a, b]\n: 1', '1:3 a key is one word'],
    ['a name that nothing has', 'name: *nope', '1:7 nothing above is marked &nope'],
    [
      'what repeats itself',
      'words: &w { a: { b: *w } }',
      '1:21 *w stands inside what it repeats; write it out',
    ],
    ['a tab', 'words:\n\ta: 1\n', '2:1 a tab cannot indent YAML; use spaces'],
    ['a second document', 'name: a\n---\nname: b\n', '2:1 a second document begins here; a file holds one'],
    ['depth', `list: ${deep('[', ']', 50)}`, '1:46 is nested more than 40 deep'],
    ['length', `name: ${'x'.repeat(1_000_000)}`, '1:1 is longer than 1,000,000 characters; take it apart'],
    ['too much of a number', 'most: 7', '1:7 most: must be at most 6'],
    ['too little of a number', 'most: 0', '1:7 most: must be above 0'],
    ['a long text', 'short: abcd', '1:8 short: is too long; at most 3 characters are taken'],
    ['a long list', 'list: [1, 2, 3]', '1:7 list: has too many; at most 2 are taken'],
  ])('%s', (_, text, problem) => {
    expect(problems(text)).toEqual([`f.yaml:${problem}`]);
  });

  it('very great depth, in one line', () => {
    expect(problems(`list: ${deep('[', ']', 20_000)}`)).toEqual([expect.stringContaining('nested too deep')]);
  });

  it('aliases that multiply', () => {
    const lines = [...'abcdefghi'].map(
      (name, at) =>
        `${name}: &${name} [${Array(9)
          .fill(at === 0 ? 'x' : `*${'abcdefghi'[at - 1]}`)
          .join()}]`,
    );
    expect(problems(lines.join('\n'))).toEqual([
      expect.stringContaining('aliases (*name) repeat one another'),
    ]);
  });
});

test('plain numbers, negative ones, fractions and what is marked once are read', () => {
  expect(problems('most: 0.99\nwords: { a: -3, b: &x 1.50, c: *x, 7: y, true: z }\n')).toEqual([]);
});
