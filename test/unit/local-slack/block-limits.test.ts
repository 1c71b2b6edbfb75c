import { describe, expect, it } from 'vitest';
import { messageProblems, viewProblems } from '../../../src/local-slack/blocks/surfaces.ts';

const x = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const md = (text: string) => ({ type: 'mrkdwn', text });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const option = (value: string, text = 'o') => ({ text: plain(text), value });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('L'),
  element,
  ...more,
});
const button = (more: object = {}) => ({ type: 'button', text: plain('B'), ...more });
const confirm = (more: object = {}) => ({
  title: plain('T'),
  text: md('x'),
  confirm: plain('Y'),
  deny: plain('N'),
  ...more,
});
const pie = (segments: object[]) => ({
  type: 'data_visualization',
  title: 'T',
  chart: { type: 'pie', segments },
});
const cell = (text: string) => ({ type: 'raw_text', text });
const bars = (categories: string[], labels: string[]) => ({
  type: 'data_visualization',
  title: 'T',
  chart: {
    type: 'bar',
    series: [{ name: 's', data: labels.map((label) => ({ label, value: 1 })) }],
    axis_config: { categories },
  },
});
const modal = (more: object) => ({
  type: 'modal',
  title: plain('T'),
  submit: plain('S'),
  blocks: [{ type: 'divider' }],
  ...more,
});

/** [what is bounded, the payload for a size, the bound]: taken at the bound, refused one beyond. */
const UPPER: [string, (size: number) => object, number][] = [
  ['section text', (n) => ({ type: 'section', text: md(x(n)) }), 3000],
  ['section field', (n) => ({ type: 'section', fields: [md(x(n))] }), 2000],
  ['section fields', (n) => ({ type: 'section', fields: many(n, () => md('x')) }), 10],
  ['header text', (n) => ({ type: 'header', text: plain(x(n)) }), 150],
  ['context elements', (n) => ({ type: 'context', elements: many(n, () => md('x')) }), 10],
  ['actions elements', (n) => actions(...many(n, () => button())), 25],
  ['button text', (n) => actions(button({ text: plain(x(n)) })), 75],
  ['button value', (n) => actions(button({ value: x(n) })), 2000],
  ['button url', (n) => actions(button({ url: x(n) })), 3000],
  ['action_id', (n) => actions(button({ action_id: x(n) })), 255],
  ['block_id', (n) => ({ type: 'divider', block_id: x(n) }), 255],
  ['confirm title', (n) => actions(button({ confirm: confirm({ title: plain(x(n)) }) })), 100],
  ['confirm text', (n) => actions(button({ confirm: confirm({ text: md(x(n)) }) })), 300],
  ['confirm button', (n) => actions(button({ confirm: confirm({ deny: plain(x(n)) }) })), 30],
  ['option text', (n) => actions({ type: 'static_select', options: [option('v', x(n))] }), 75],
  ['option value', (n) => actions({ type: 'static_select', options: [option(x(n))] }), 150],
  ['select options', (n) => actions({ type: 'static_select', options: many(n, (i) => option(`${i}`)) }), 100],
  ['select placeholder', (n) => actions({ type: 'users_select', placeholder: plain(x(n)) }), 150],
  ['overflow options', (n) => actions({ type: 'overflow', options: many(n, (i) => option(`${i}`)) }), 5],
  ['checkboxes options', (n) => actions({ type: 'checkboxes', options: many(n, (i) => option(`${i}`)) }), 10],
  ['radio options', (n) => actions({ type: 'radio_buttons', options: many(n, (i) => option(`${i}`)) }), 10],
  ['image alt text', (n) => ({ type: 'image', image_url: 'https://a.b/c', alt_text: x(n) }), 2000],
  ['input label', (n) => input({ type: 'plain_text_input' }, { label: plain(x(n)) }), 2000],
  ['input hint', (n) => input({ type: 'plain_text_input' }, { hint: plain(x(n)) }), 2000],
  ['max_length', (n) => input({ type: 'plain_text_input', max_length: n }), 3000],
  ['markdown text', (n) => ({ type: 'markdown', text: x(n) }), 12_000],
  ['table rows', (n) => ({ type: 'table', rows: many(n, () => [{ type: 'raw_text', text: 'x' }]) }), 100],
  ['table columns', (n) => ({ type: 'table', rows: [many(n, () => ({ type: 'raw_text', text: 'x' }))] }), 20],
  ['table characters', (n) => ({ type: 'table', rows: [[{ type: 'raw_text', text: x(n) }]] }), 10_000],
  ['alert text', (n) => ({ type: 'alert', text: md(x(n)) }), 200],
  ['chart segments', (n) => pie(many(n, (i) => ({ label: `${i}`, value: 1 }))), 6],
  ['chart label', (n) => pie([{ label: x(n), value: 1 }]), 20],
  [
    'container children',
    (n) => ({ type: 'container', title: plain('T'), child_blocks: many(n, () => ({ type: 'divider' })) }),
    10,
  ],
];

describe('a bound', () => {
  it.each(UPPER)('on %s is taken, and refused one beyond', (_, make, bound) => {
    expect(messageProblems([make(bound)])).toEqual([]);
    expect(messageProblems([make(bound + 1)])).not.toEqual([]);
  });

  it('of 50 blocks is for messages, of 100 for views', () => {
    const dividers = (count: number) => many(count, () => ({ type: 'divider' }));
    expect(messageProblems(dividers(50))).toEqual([]);
    expect(messageProblems(dividers(51))).toEqual([
      { message: 'no more than 50 items allowed', pointer: '/blocks' },
    ]);
    expect(viewProblems(modal({ blocks: dividers(100) }), ['modal'])).toEqual([]);
    expect(viewProblems(modal({ blocks: dividers(101) }), ['modal'])).not.toEqual([]);
  });

  it.each([
    ['title', (n: number) => ({ title: plain(x(n)) }), 24],
    ['submit', (n: number) => ({ submit: plain(x(n)) }), 24],
    ['close', (n: number) => ({ close: plain(x(n)) }), 24],
    ['private_metadata', (n: number) => ({ private_metadata: x(n) }), 3000],
    ['callback_id', (n: number) => ({ callback_id: x(n) }), 255],
  ])('on the %s of a view is taken, and refused one beyond', (_, make, bound) => {
    expect(viewProblems(modal(make(bound)), ['modal'])).toEqual([]);
    expect(viewProblems(modal(make(bound + 1)), ['modal'])).not.toEqual([]);
  });

  it('counts an emoji as one character', () => {
    expect(messageProblems([{ type: 'header', text: plain('😀'.repeat(150)) }])).toEqual([]);
    expect(messageProblems([{ type: 'header', text: plain('😀'.repeat(151)) }])).not.toEqual([]);
  });
});

describe('refuses', () => {
  it.each<[string, object[], string]>([
    ['an empty text', [{ type: 'section', text: md('') }], '/blocks/0/text/text'],
    ['a section without text and fields', [{ type: 'section' }], '/blocks/0'],
    ['a section with no fields', [{ type: 'section', fields: [] }], '/blocks/0/fields'],
    ['mrkdwn in a header', [{ type: 'header', text: md('x') }], '/blocks/0/text/type'],
    ['mrkdwn on a button', [actions(button({ text: md('x') }))], '/blocks/0/elements/0/text/type'],
    ['a field that Slack does not know', [{ type: 'divider', colour: 'red' }], '/blocks/0'],
    ['an unknown block', [{ type: 'banner' }], '/blocks/0/type'],
    ['an unknown element', [actions({ type: 'knob' })], '/blocks/0/elements/0/type'],
    ['no actions', [actions()], '/blocks/0/elements'],
    ['an unknown style', [actions(button({ style: 'loud' }))], '/blocks/0/elements/0/style'],
    ['an input element among actions', [actions({ type: 'plain_text_input' })], '/blocks/0/elements/0/type'],
    ['a button in an input', [input(button())], '/blocks/0/element/type'],
    ['an input without a label', [{ type: 'input', element: { type: 'plain_text_input' } }], '/blocks/0'],
    ['a menu without options', [actions({ type: 'static_select' })], '/blocks/0/elements/0'],
    ['an empty menu', [actions({ type: 'static_select', options: [] })], '/blocks/0/elements/0/options'],
    [
      'options and groups at once',
      [
        actions({
          type: 'static_select',
          options: [option('a')],
          option_groups: [{ label: plain('g'), options: [option('b')] }],
        }),
      ],
      '/blocks/0/elements/0',
    ],
    [
      'a first choice that is no option',
      [actions({ type: 'static_select', options: [option('a')], initial_option: option('b') })],
      '/blocks/0/elements/0/initial_option',
    ],
    [
      'a day that does not exist',
      [actions({ type: 'datepicker', initial_date: '2026-02-30' })],
      '/blocks/0/elements/0/initial_date',
    ],
    [
      'a time that does not exist',
      [actions({ type: 'timepicker', initial_time: '24:00' })],
      '/blocks/0/elements/0/initial_time',
    ],
    [
      'an image with two sources',
      [{ type: 'image', alt_text: 'x', image_url: 'https://a.b', slack_file: { id: 'F1' } }],
      '/blocks/0',
    ],
    ['an image without words', [{ type: 'image', image_url: 'https://a.b' }], '/blocks/0'],
    [
      'a number input that does not say whether decimals are allowed',
      [input({ type: 'number_input' })],
      '/blocks/0/element',
    ],
    [
      'a minimum above the maximum',
      [input({ type: 'plain_text_input', min_length: 5, max_length: 4 })],
      '/blocks/0/element',
    ],
    ['a pie without weight', [pie([{ label: 'a', value: 0 }])], '/blocks/0/chart/segments/0/value'],
    ['a point outside the categories', [bars(['a'], ['b'])], '/blocks/0/chart/series/0/data'],
    ['a category without a point', [bars(['a', 'b'], ['a'])], '/blocks/0/chart/series/0/data'],
    [
      'rich text in the head of a data table',
      [{ type: 'data_table', caption: 'c', rows: [[{ type: 'rich_text', elements: [] }], [cell('x')]] }],
      '/blocks/0/rows/0/0',
    ],
    [
      'rows of different lengths in a data table',
      [{ type: 'data_table', caption: 'c', rows: [[cell('a'), cell('b')], [cell('x')]] }],
      '/blocks/0/rows/1',
    ],
    ['two tables', many(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] })), '/blocks'],
    ['the same block_id twice', many(2, () => ({ type: 'divider', block_id: 'a' })), '/blocks/1/block_id'],
    [
      'the same action_id twice in a block',
      [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
      '/blocks/0/elements/1/action_id',
    ],
    ['a file input in a message', [input({ type: 'file_input' })], '/blocks/0/element/type'],
    ['a block that is no object', ['hello' as unknown as object], '/blocks/0'],
  ])('%s', (_, blocks, pointer) => {
    expect(messageProblems(blocks).map((problem) => problem.pointer)).toContain(pointer);
  });

  it.each<[string, object]>([
    ['a modal without a title', { type: 'modal', blocks: [{ type: 'divider' }] }],
    ['a modal without blocks', { type: 'modal', title: plain('T') }],
    ['a modal with no blocks', modal({ blocks: [] })],
    ['a mrkdwn title', modal({ title: md('T') })],
    [
      'an input without a submit button',
      { type: 'modal', title: plain('T'), blocks: [input({ type: 'plain_text_input' })] },
    ],
    ['markdown in a modal', modal({ blocks: [{ type: 'markdown', text: 'x' }] })],
    [
      'two inputs that want the focus',
      modal({ blocks: many(2, () => input({ type: 'plain_text_input', focus_on_load: true })) }),
    ],
    ['a home in place of a modal', { type: 'home', blocks: [{ type: 'divider' }] }],
    ['submit_disabled, which only configuration views have', modal({ submit_disabled: true })],
  ])('%s', (_, view) => {
    expect(viewProblems(view, ['modal'])).not.toEqual([]);
  });
});

describe('takes', () => {
  it('the same action_id in two blocks', () => {
    expect(
      messageProblems([actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))]),
    ).toEqual([]);
  });

  it('an input in a message, and a file input in a modal', () => {
    expect(messageProblems([input({ type: 'plain_text_input' })])).toEqual([]);
    expect(
      viewProblems(modal({ blocks: [input({ type: 'file_input', max_files: 10 })] }), ['modal']),
    ).toEqual([]);
  });
});
