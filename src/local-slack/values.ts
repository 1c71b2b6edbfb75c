import { childrenOf } from './blocks/blocks.ts';
import type { Json } from './blocks/checks.ts';
import { isObject, lengthOf } from './blocks/checks.ts';

/** What a person typed or chose, plainly: text, a number, an option's value, an id, or several of these. */
export type Plain = string | number | boolean | string[] | null;

/** By block_id: the plain value, or the plain values by action_id. */
export type PlainValues = Record<string, Plain | Record<string, Plain>>;

const asText = (value: Plain): string | null => (value === null || value === '' ? null : String(value));
const asList = (value: Plain): string[] => {
  if (Array.isArray(value)) return value;
  return value === null || value === '' ? [] : [String(value)];
};

function optionsOf(element: Json): Json[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : [];
  const lists = [element.options, ...groups.map((group) => group.options)];
  return lists.flatMap((options) => (Array.isArray(options) ? options.filter(isObject) : []));
}

/** The option with this value. One that the menu does not offer is passed on as it is (external menus). */
function optionOf(element: Json, value: string): Json {
  const offered = optionsOf(element).find((option) => option.value === value);
  return offered ?? { text: { type: 'plain_text', text: value, emoji: true }, value };
}

type Shape = { field: string; initial: string; from: (element: Json, value: Plain) => unknown };

const one = (field: string, initial: string): Shape => ({
  field,
  initial,
  from: (_, value) => asText(value),
});
const many = (field: string, initial: string): Shape => ({
  field,
  initial,
  from: (_, value) => asList(value),
});
const chosen: Shape = {
  field: 'selected_option',
  initial: 'initial_option',
  from: (element, value) => (asText(value) === null ? null : optionOf(element, String(value))),
};
const chosenMany: Shape = {
  field: 'selected_options',
  initial: 'initial_options',
  from: (element, value) => asList(value).map((each) => optionOf(element, each)),
};

/** Where each element keeps its value, in `state.values` and in an action alike. */
const SHAPES: Record<string, Shape> = {
  plain_text_input: one('value', 'initial_value'),
  email_text_input: one('value', 'initial_value'),
  url_text_input: one('value', 'initial_value'),
  number_input: one('value', 'initial_value'),
  datepicker: one('selected_date', 'initial_date'),
  timepicker: one('selected_time', 'initial_time'),
  datetimepicker: {
    field: 'selected_date_time',
    initial: 'initial_date_time',
    from: (_, value) => (asText(value) === null ? null : Number(value)),
  },
  users_select: one('selected_user', 'initial_user'),
  channels_select: one('selected_channel', 'initial_channel'),
  conversations_select: one('selected_conversation', 'initial_conversation'),
  multi_users_select: many('selected_users', 'initial_users'),
  multi_channels_select: many('selected_channels', 'initial_channels'),
  multi_conversations_select: many('selected_conversations', 'initial_conversations'),
  static_select: chosen,
  external_select: chosen,
  radio_buttons: chosen,
  overflow: chosen,
  multi_static_select: chosenMany,
  multi_external_select: chosenMany,
  checkboxes: chosenMany,
  rich_text_input: {
    field: 'rich_text_value',
    initial: 'initial_value',
    from: (_, value) => (asText(value) === null ? null : richText(String(value))),
  },
};

const richText = (text: string): Json => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

/** The element's own field in an action, e.g. `{selected_user: 'U1'}`; empty for a button. */
export function chosenField(element: Json, value: Plain): Json {
  const shape = SHAPES[String(element.type)];
  return shape ? { [shape.field]: shape.from(element, value) } : {};
}

type Input = { block: Json; element: Json; required: boolean };

/** Everything that keeps a value: input blocks, and menus in sections and actions (never required). */
function inputsOf(blocks: readonly Json[]): Input[] {
  return blocks.flatMap((block) => {
    const nested = inputsOf(childrenOf(block).filter(isObject));
    const elements = [
      block.element,
      block.accessory,
      ...(block.type === 'actions' && Array.isArray(block.elements) ? block.elements : []),
    ].filter(isObject);
    const own = elements
      .filter((element) => String(element.type) in SHAPES && element.type !== 'overflow')
      .map((element) => ({
        block,
        element,
        required: block.type === 'input' && block.optional !== true,
      }));
    return [...own, ...nested];
  });
}

function given(values: PlainValues, input: Input): Plain | undefined {
  const forBlock = values[String(input.block.block_id)];
  if (forBlock === undefined) return undefined;
  if (forBlock !== null && typeof forBlock === 'object' && !Array.isArray(forBlock)) {
    return forBlock[String(input.element.action_id)];
  }
  return forBlock;
}

/** `state.values` in Slack's shape: what the person gave, else what the app proposed. */
export function stateValues(blocks: readonly Json[], values: PlainValues): Json {
  const state: Record<string, Json> = {};
  for (const input of inputsOf(blocks)) {
    const type = String(input.element.type);
    const shape = SHAPES[type];
    if (!shape) continue;
    const plain = given(values, input);
    const empty = shape.from(input.element, null);
    const value =
      plain === undefined ? (input.element[shape.initial] ?? empty) : shape.from(input.element, plain);
    const blockId = String(input.block.block_id);
    state[blockId] = {
      ...state[blockId],
      [String(input.element.action_id)]: { type, [shape.field]: value },
    };
  }
  return state;
}

/** What Slack's own client says under a field before anything is sent, by block_id. */
export function clientErrors(blocks: readonly Json[], state: Json): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { block, element, required } of inputsOf(blocks)) {
    if (block.type !== 'input') continue;
    const blockId = String(block.block_id);
    const held = (state[blockId] as Record<string, Json> | undefined)?.[String(element.action_id)];
    const shape = SHAPES[String(element.type)];
    const value = shape ? held?.[shape.field] : undefined;
    const missing = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
    const error = missing ? required && 'Please complete this required field.' : wrong(element, value);
    if (error) errors[blockId] = error;
  }
  return errors;
}

function wrong(element: Json, value: unknown): string | false {
  if (typeof value !== 'string') return false;
  return WRONG[String(element.type)]?.(element, value) ?? false;
}

const WRONG: Record<string, (element: Json, value: string) => string | false> = {
  plain_text_input: (element, value) => {
    const min = Number(element.min_length ?? 0);
    const max = Number(element.max_length ?? 3000);
    if (lengthOf(value) < min) return `Must be at least ${min} characters.`;
    return lengthOf(value) > max && `Must be at most ${max} characters.`;
  },
  email_text_input: (_, value) =>
    !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) && 'Please enter a valid email address.',
  url_text_input: (_, value) => !/^https?:\/\/\S+$/.test(value) && 'Please enter a valid URL.',
  datepicker: (_, value) => !/^\d{4}-\d{2}-\d{2}$/.test(value) && 'Please enter a valid date.',
  number_input: (element, value) => {
    const decimals = element.is_decimal_allowed === true;
    if (!(decimals ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(value)) {
      return decimals ? 'Please enter a number.' : 'Please enter a whole number.';
    }
    const { min_value: min, max_value: max } = element;
    if (min !== undefined && Number(value) < Number(min)) return `Must be ${String(min)} or more.`;
    return max !== undefined && Number(value) > Number(max) && `Must be ${String(max)} or less.`;
  },
};
