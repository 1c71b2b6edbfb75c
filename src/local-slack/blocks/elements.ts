import type { Check, Fields, Rule } from './checks.ts';
import { boolean, exactlyOneOf, isObject, list, number, object, oneOf, pattern, string } from './checks.ts';
import {
  confirm,
  conversationFilter,
  dispatchConfig,
  initialIsAnOption,
  option,
  optionGroup,
  plain,
  plainOption,
  richOption,
  slackFile,
  style,
} from './composition.ts';
import { LIMITS } from './limits.ts';

const type = string();
const id = string({ max: LIMITS.idLength });
const url = string({ min: 1, max: LIMITS.button.url });
const actionable = { action_id: id } satisfies Fields;
const confirmable = { confirm } satisfies Fields;
const focusable = { focus_on_load: boolean } satisfies Fields;
const placeholder = { placeholder: plain(LIMITS.placeholder) } satisfies Fields;
const dispatchable = { dispatch_action_config: dispatchConfig } satisfies Fields;
const menu = { ...actionable, ...confirmable, ...focusable, ...placeholder } satisfies Fields;
const manyOf = { max_selected_items: number({ min: 1, integer: true }) } satisfies Fields;
const ids = list(string({ min: 1 }));

const button = object({
  required: { type, text: plain(LIMITS.button.text) },
  optional: {
    ...actionable,
    ...confirmable,
    style,
    url,
    value: string({ max: LIMITS.button.value }),
    accessibility_label: string({ max: LIMITS.button.accessibilityLabel }),
  },
});

const workflowButton = object({
  required: {
    type,
    text: plain(LIMITS.button.text),
    workflow: object({
      required: {
        trigger: object({
          required: { url },
          optional: {
            customizable_input_parameters: list(
              object({ required: { name: string({ min: 1 }), value: string() } }),
            ),
          },
        }),
      },
    }),
  },
  optional: {
    ...actionable,
    style,
    accessibility_label: string({ max: LIMITS.button.accessibilityLabel }),
  },
});

const choices = (limits: { min: number; max: number }, of: Check): Fields => ({ options: list(of, limits) });

function staticMenu(initial: Fields): Check {
  return object({
    required: { type },
    optional: {
      ...menu,
      ...initial,
      options: list(plainOption, LIMITS.select.options),
      option_groups: list(optionGroup, LIMITS.select.groups),
    },
    also: [exactlyOneOf('options', 'option_groups'), initialIsAnOption],
  });
}

const otherMenu = (extra: Fields): Check => object({ required: { type }, optional: { ...menu, ...extra } });

const conversationMenu = {
  default_to_current_conversation: boolean,
  filter: conversationFilter,
} satisfies Fields;

/** `min_length` at most `max_length`, `min_value` at most `max_value`. */
const ordered =
  (low: string, high: string): Rule =>
  (value, pointer, problems) => {
    if (value[low] === undefined || value[high] === undefined) return;
    if (Number(value[low]) > Number(value[high])) {
      problems.push({ message: `${low} must be less than or equal to ${high}`, pointer });
    }
  };

const numeric = pattern(/^-?\d+(\.\d+)?$/, 'a number written as a string');

/** Whole numbers only, where the input says that decimals are not allowed. */
const wholeNumbers: Rule = (value, pointer, problems) => {
  if (value.is_decimal_allowed !== false) return;
  for (const field of ['initial_value', 'min_value', 'max_value']) {
    const given = value[field];
    if (typeof given === 'string' && given.includes('.')) {
      problems.push({ message: 'must be a whole number', pointer: `${pointer}/${field}` });
    }
  }
};

const oneLine = object({
  required: { type },
  optional: { ...actionable, ...dispatchable, ...focusable, ...placeholder, initial_value: string() },
});

const calendarDay: Check = (value, pointer, problems) => {
  const valid =
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value);
  if (!valid) problems.push({ message: 'must be a date as YYYY-MM-DD', pointer });
};

const imageFields = {
  image_url: string({ min: 1, max: LIMITS.image.url }),
  slack_file: slackFile,
} satisfies Fields;

export const imageElement = object({
  required: { type, alt_text: string({ max: LIMITS.image.altText }) },
  optional: { ...imageFields, image_width: number(), image_height: number(), image_bytes: number() },
  also: [exactlyOneOf('image_url', 'slack_file')],
});

const feedback = object({
  required: { text: plain(LIMITS.button.text), value: string({ max: LIMITS.button.value }) },
  optional: { accessibility_label: string({ max: LIMITS.button.accessibilityLabel }) },
});

export const urlSource = object({
  required: { type: oneOf('url'), url: string(LIMITS.urlSource), text: string({ min: 1 }) },
});

const emailAddress: Rule = (value, pointer, problems) => {
  const initial = value.initial_value;
  if (typeof initial === 'string' && initial !== '' && !/^[^\s@]+@[^\s@]+$/.test(initial)) {
    problems.push({ message: 'must be an e-mail address', pointer: `${pointer}/initial_value` });
  }
};

/** Every element of Block Kit by its type. */
export const ELEMENTS = {
  button,
  workflow_button: workflowButton,
  static_select: staticMenu({ initial_option: plainOption }),
  multi_static_select: staticMenu({ initial_options: list(plainOption, { min: 1 }), ...manyOf }),
  external_select: otherMenu({
    initial_option: plainOption,
    min_query_length: number({ min: 0, integer: true }),
  }),
  multi_external_select: otherMenu({
    initial_options: list(plainOption, { min: 1 }),
    min_query_length: number({ min: 0, integer: true }),
    ...manyOf,
  }),
  users_select: otherMenu({ initial_user: string({ min: 1 }) }),
  multi_users_select: otherMenu({ initial_users: ids, ...manyOf }),
  conversations_select: otherMenu({
    initial_conversation: string({ min: 1 }),
    response_url_enabled: boolean,
    ...conversationMenu,
  }),
  multi_conversations_select: otherMenu({ initial_conversations: ids, ...conversationMenu, ...manyOf }),
  channels_select: otherMenu({ initial_channel: string({ min: 1 }), response_url_enabled: boolean }),
  multi_channels_select: otherMenu({ initial_channels: ids, ...manyOf }),
  overflow: object({
    required: { type, ...choices(LIMITS.overflow, option(['plain_text'], true)) },
    optional: { ...actionable, ...confirmable },
  }),
  datepicker: otherMenu({ initial_date: calendarDay }),
  timepicker: otherMenu({
    initial_time: pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as HH:mm'),
    timezone: string({ min: 1 }),
  }),
  datetimepicker: object({
    required: { type },
    optional: {
      ...actionable,
      ...confirmable,
      ...focusable,
      initial_date_time: number({ min: 1_000_000_000, max: 9_999_999_999, integer: true }),
    },
  }),
  checkboxes: object({
    required: { type, ...choices(LIMITS.choices, richOption) },
    optional: {
      ...actionable,
      ...confirmable,
      ...focusable,
      initial_options: list(richOption, LIMITS.choices),
    },
    also: [initialIsAnOption],
  }),
  radio_buttons: object({
    required: { type, ...choices(LIMITS.choices, richOption) },
    optional: { ...actionable, ...confirmable, ...focusable, initial_option: richOption },
    also: [initialIsAnOption],
  }),
  plain_text_input: object({
    required: { type },
    optional: {
      ...actionable,
      ...dispatchable,
      ...focusable,
      ...placeholder,
      initial_value: string({ max: LIMITS.plainTextInput.longest }),
      multiline: boolean,
      min_length: number({ min: 0, max: LIMITS.plainTextInput.longest, integer: true }),
      max_length: number({ min: 1, max: LIMITS.plainTextInput.longest, integer: true }),
    },
    also: [ordered('min_length', 'max_length')],
  }),
  email_text_input: (value, pointer, problems) => {
    oneLine(value, pointer, problems);
    if (isObject(value)) emailAddress(value, pointer, problems);
  },
  url_text_input: oneLine,
  number_input: object({
    required: { type, is_decimal_allowed: boolean },
    optional: {
      ...actionable,
      ...dispatchable,
      ...focusable,
      ...placeholder,
      initial_value: numeric,
      min_value: numeric,
      max_value: numeric,
    },
    also: [ordered('min_value', 'max_value'), wholeNumbers],
  }),
  file_input: object({
    required: { type },
    optional: {
      ...actionable,
      filetypes: list(string({ min: 1 })),
      max_files: number({ ...LIMITS.fileInput, integer: true }),
    },
  }),
  rich_text_input: object({
    required: { type },
    optional: {
      ...actionable,
      ...dispatchable,
      ...focusable,
      ...placeholder,
      initial_value: object({ open: true }),
      min_lines: number({ min: 1, integer: true }),
      max_lines: number({ min: 1, integer: true }),
    },
  }),
  image: imageElement,
  feedback_buttons: object({
    required: { type, positive_button: feedback, negative_button: feedback },
    optional: actionable,
  }),
  icon_button: object({
    required: { type, icon: string({ min: 1 }), text: plain(LIMITS.button.text) },
    optional: {
      ...actionable,
      ...confirmable,
      value: string({ max: LIMITS.button.value }),
      accessibility_label: string({ max: LIMITS.button.accessibilityLabel }),
      visible_to_user_ids: list(string({ min: 1 }), { max: LIMITS.visibleTo }),
    },
  }),
} satisfies Record<string, Check>;

export type ElementType = keyof typeof ELEMENTS;
