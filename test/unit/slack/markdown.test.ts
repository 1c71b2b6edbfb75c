import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { markdownBlocks } from '../../../src/slack/views/markdown.ts';

const textsOf = (markdown: string): string[] =>
  markdownBlocks(markdown).map(({ text }) => (text as { text: string }).text);

describe('Markdown as Slack shows it', () => {
  it('has a section per heading, and leaves out the title', () => {
    expect(textsOf('# Title\n\nFirst.\n\n## Look\n\nThere.\n\n### Then\n\nHere.')).toEqual([
      'First.',
      '*Look*\nThere.',
      '*Then*\nHere.',
    ]);
  });

  it.each([
    ['bold and italic', '**now** or *never*', '*now* or _never_'],
    ['code', 'type `/recon order`', 'type `/recon order`'],
    [
      'a link with the host it leads to',
      '[wiki](https://wiki.example/a?b=1&c=2)',
      'wiki (<https://wiki.example/a?b=1&amp;c=2|wiki.example>)',
    ],
    ['a link to nowhere', '[x](javascript:alert)', 'x'],
    ['a list', '- one\n- two\n  - within', '• one\n• two\n    ◦ within'],
    ['numbered steps', '2. one\n3. two', '2. one\n3. two'],
    ['a quotation', '> said', '&gt; said'],
    ['a table as lines', '| a | b |\n|---|---|\n| 1 | 2 |', 'a · b\n1 · 2'],
    ['marks of Slack as they are written', 'a <!channel> & <@U1>', 'a &lt;!channel&gt; &amp; &lt;@U1&gt;'],
  ])('shows %s', (_, markdown, shown) => {
    expect(textsOf(markdown)).toEqual([shown]);
  });

  it.each([
    ['an emoji', 'ok :rotating\\_light: now'],
    ['an emoji behind a mark', 'ok :\\+1: now'],
    ['a call to everyone', 'ok @[](javascript:x)here now'],
    ['an address', 'see http\\://evil.example now'],
  ])('lets no mark part %s that would come alive in Slack', (_, markdown) => {
    expect(textsOf(markdown).join('')).not.toMatch(/:[\w+'-]+:|@here|:\/\//);
  });

  it('splits what is too long for one section, and shows nothing for nothing', () => {
    const long = Array.from({ length: 40 }, (_, index) => `${index} ${'word '.repeat(30)}`).join('\n\n');
    const texts = textsOf(long);
    expect(texts.length).toBeGreaterThan(1);
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(3_000);
    expect(texts.join('\n')).toContain('39 word');
    expect(textsOf('')).toEqual([]);
  });
});

const PLAYBOOKS = new URL('../../../playbooks/', import.meta.url);
const FILES = readdirSync(PLAYBOOKS, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.md'),
);

it.each(FILES)('playbooks/%s fits on one page of Details, with nothing cut', (name) => {
  const texts = textsOf(readFileSync(new URL(name, PLAYBOOKS), 'utf8'));
  expect(texts.length).toBeGreaterThan(4);
  expect(texts.length).toBeLessThan(12);
  expect(texts.join('')).not.toMatch(/…|[<>]/);
});
