import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/local-slack/blocks/checks.ts';
import { clientErrors, stateValues } from '../../../src/local-slack/values.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
const input = (id: string, element: Json, more: Json = {}): Json => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  element: { action_id: 'value', ...element },
  ...more,
});

describe('state.values', () => {
  it.each([
    [{ type: 'plain_text_input' }, 'a', { value: 'a' }],
    [{ type: 'number_input' }, 12, { value: '12' }],
    [{ type: 'datepicker' }, '2026-11-22', { selected_date: '2026-11-22' }],
    [{ type: 'datetimepicker' }, '1800000000', { selected_date_time: 1_800_000_000 }],
    [{ type: 'users_select' }, 'U1', { selected_user: 'U1' }],
    [{ type: 'multi_users_select' }, ['U1', 'U2'], { selected_users: ['U1', 'U2'] }],
    [{ type: 'static_select', options: [option('a')] }, 'a', { selected_option: option('a') }],
    [{ type: 'checkboxes', options: [option('a'), option('b')] }, ['b'], { selected_options: [option('b')] }],
    [{ type: 'static_select', options: [option('a')] }, null, { selected_option: null }],
  ])('puts %j given %j where Slack puts it', (element, given, expected) => {
    const state = stateValues([input('x', element)], { x: given });
    expect(state).toEqual({ x: { value: { type: element.type, ...expected } } });
  });

  it('starts from what the app proposed, until the person empties it', () => {
    const blocks = [input('x', { type: 'plain_text_input', initial_value: 'proposed' })];
    expect(stateValues(blocks, {})).toMatchObject({ x: { value: { value: 'proposed' } } });
    expect(stateValues(blocks, { x: '' })).toMatchObject({ x: { value: { value: null } } });
  });

  it('takes values by action_id where a block holds several', () => {
    const row = {
      type: 'actions',
      block_id: 'row',
      elements: [
        { type: 'users_select', action_id: 'who' },
        { type: 'datepicker', action_id: 'when' },
      ],
    };
    expect(stateValues([row], { row: { who: 'U1' } })).toEqual({
      row: {
        who: { type: 'users_select', selected_user: 'U1' },
        when: { type: 'datepicker', selected_date: null },
      },
    });
  });
});

describe("Slack's own check before sending", () => {
  it.each([
    [{ type: 'plain_text_input' }, '', 'Please complete this required field.'],
    [{ type: 'checkboxes', options: [option('a')] }, [], 'Please complete this required field.'],
    [{ type: 'plain_text_input', min_length: 3 }, 'ab', 'Must be at least 3 characters.'],
    [{ type: 'plain_text_input', max_length: 2 }, 'abc', 'Must be at most 2 characters.'],
    [{ type: 'number_input', is_decimal_allowed: false }, '1.5', 'Please enter a whole number.'],
    [{ type: 'number_input', is_decimal_allowed: true, min_value: '2' }, '1.5', 'Must be 2 or more.'],
    [{ type: 'number_input', is_decimal_allowed: true, max_value: '1' }, '1.5', 'Must be 1 or less.'],
    [{ type: 'email_text_input' }, 'ana', 'Please enter a valid email address.'],
    [{ type: 'url_text_input' }, 'acme', 'Please enter a valid URL.'],
  ])('stops %j given %j', (element, given, message) => {
    const blocks = [input('x', element)];
    expect(clientErrors(blocks, stateValues(blocks, { x: given }))).toEqual({ x: message });
  });

  it('lets an optional field stay empty', () => {
    const blocks = [input('x', { type: 'plain_text_input' }, { optional: true })];
    expect(clientErrors(blocks, stateValues(blocks, {}))).toEqual({});
  });
});
