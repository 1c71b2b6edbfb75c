import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge, type Own } from '../support/hostile-judge.ts';
import { stringsOf, tortureSurface } from '../support/hostile-run.ts';
import { PARTS, SURFACES } from '../support/hostile-surfaces.ts';

const VIEWS = new URL('../../src/slack/views/', import.meta.url);
/** Every hostile bit there is, and a share of what is made of them; `npm run torture:hostile` takes 10,000. */
const STRINGS = stringsOf(200);

describe('the list of surfaces', () => {
  test('has every function that a view exports', async () => {
    const files = readdirSync(VIEWS).filter((name) => name.endsWith('.ts'));
    const exported = await Promise.all(
      files.map(async (name) => {
        const module: Record<string, unknown> = await import(new URL(name, VIEWS).href);
        return Object.keys(module)
          .filter((key) => typeof module[key] === 'function')
          .map((key) => `${basename(name, '.ts')}#${key}`);
      }),
    );
    const listed = [...Object.keys(SURFACES).map((name) => name.split(' ', 1)[0]), ...PARTS];
    expect([...new Set(listed)].toSorted()).toEqual(exported.flat().toSorted());
  });
});

describe('every surface is taken by Slack and has nothing alive in it, whatever the sources say', () => {
  test.each(Object.keys(SURFACES))('%s', (name) => {
    expect(tortureSurface(name, STRINGS)).toEqual({
      renders: STRINGS.length,
      invalid: 0,
      alive: 0,
      examples: [],
    });
  });
});

const OWN: Own = {
  tokens: new Set(['<!date^7^{date_short_pretty} {time}|now>']),
  addresses: ['https://wiki.example/'],
  instants: new Set([7]),
  hasLinks: true,
};
const section = (text: string, rest: object = { verbatim: true }) => ({
  type: 'section',
  text: { type: 'mrkdwn', text, ...rest },
});
const plain = (text: string, emoji = false) => ({
  type: 'header',
  text: { type: 'plain_text', text, emoji },
});

describe('the judge', () => {
  test.each([
    ['a mention', '<@U123>'],
    ['a broadcast mark', '<!channel>'],
    ['a link that hides where it leads', '<https://evil.example|Invoice>'],
    ['a link that is not https', '<http://evil.example|evil.example>'],
    ['somebody else’s date', '<!date^8^{date_short_pretty} {time}|now>'],
    ['half a mark', '<!channel'],
    ['the end of a mark', 'channel>'],
    ['a bare ampersand', 'a & b'],
    ['the word @here', 'ask @here'],
    ['an emoji', 'ok :rotating_light:'],
    ['an address', 'see https://evil.example'],
    ['a bidi override', 'a\u202eb'],
    ['a zero-width space', 'a\u200bb'],
    ['a tag', 'a\u{e0041}b'],
    ['half a pair', 'a\ud83d b'],
    ['NUL', 'a\u0000b'],
  ])('finds %s in mrkdwn and in fallback text', (_, text) => {
    expect(judge({ text: 'harmless', blocks: [section(text)] }, OWN).alive).toHaveLength(1);
    expect(judge({ text, blocks: [] }, OWN).alive).toHaveLength(1);
  });

  test.each([
    ['a mark in plain text', plain('<!here>')],
    ['an unseen character in plain text', plain('a\u2067b')],
    ['plain text in which names of emoji become emoji', plain('ok', true)],
    ['mrkdwn in which names become mentions', section('ok', {})],
    [
      'a mark in a cell',
      { type: 'data_table', caption: 'a', rows: [[{ type: 'raw_text', text: '<!here>' }]] },
    ],
    [
      'an unseen character in an input',
      {
        type: 'input',
        label: { type: 'plain_text', text: 'a', emoji: false },
        element: { type: 'plain_text_input', initial_value: 'a\u200bb' },
      },
    ],
  ])('finds %s', (_, block) => {
    expect(judge({ text: 'harmless', blocks: [block] }, OWN).alive).toHaveLength(1);
  });

  test('lets the view’s own dates, links and addresses be, and text that is escaped', () => {
    const text =
      'due <!date^7^{date_short_pretty} {time}|now> <https://a.example/x|a.example> &lt;!here&gt; https://wiki.example/';
    expect(judge({ text, blocks: [section(text)] }, OWN)).toEqual({ invalid: [], alive: [] });
  });

  test('counts what Slack would refuse', () => {
    expect(judge({ text: '', blocks: [section('')] }, OWN).invalid).toHaveLength(2);
    expect(judge({ type: 'modal', blocks: [] }, OWN).invalid).not.toEqual([]);
  });
});
