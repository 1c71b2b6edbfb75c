import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  DEFAULTS as CONTENT,
  generate as makeContent,
} from '../../../examples/content-vs-billing/generate.ts';
import { DEFAULTS as LEADS, generate as makeLeads } from '../../../examples/leads-vs-campaigns/generate.ts';
import { jsonFile } from '../../../examples/support/text.ts';

const EXAMPLES = [
  {
    name: 'leads-vs-campaigns',
    made: makeLeads(LEADS),
    make: (seed: number, leads: number) => makeLeads({ seed, leads }),
  },
  {
    name: 'content-vs-billing',
    made: makeContent(CONTENT),
    make: (seed: number, stories: number) => makeContent({ seed, stories }),
  },
];

describe.each(EXAMPLES)('the generated example $name', ({ name, made, make }) => {
  const committed = (path: string): string =>
    readFileSync(new URL(`../../../examples/${name}/${path}`, import.meta.url), 'utf8');

  test('is what data/ and expected.json hold', () => {
    const held = Object.keys(made.files).map((file) => [file, committed(`data/${file}`)]);
    expect(Object.fromEntries(held)).toEqual(made.files);
    expect(committed('expected.json')).toBe(jsonFile(made.expected));
  });

  test('reads every line that was written', () => {
    const read = made.expected.deliveries.map(({ file, rowsRead }) => [file, rowsRead]);
    const written = Object.entries(made.files).map(([file, text]) => [
      file,
      text.trimEnd().split('\n').length - 1,
    ]);
    expect(Object.fromEntries(read)).toEqual(Object.fromEntries(written));
  });

  test('is the same for the same seed, and another for another', () => {
    expect(make(5, 80)).toEqual(make(5, 80));
    expect(make(5, 80).files).not.toEqual(make(6, 80).files);
  });

  test.each([80, 119, 150])('has as many stories as asked for: %i', (count) => {
    expect(make(3, count).expected.size).toBe(count);
  });

  test.each([3, 1000])('refuses to tell %i stories', (count) => {
    expect(() => make(1, count)).toThrow('ask for');
  });
});
