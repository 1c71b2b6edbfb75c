import type { Check } from './checks.ts';
import { ELEMENTS, type ElementType } from './elements.ts';

const SELECTS: ElementType[] = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
];
const MULTI_SELECTS: ElementType[] = [
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_conversations_select',
  'multi_channels_select',
];
const CHOOSERS: ElementType[] = [
  ...SELECTS,
  ...MULTI_SELECTS,
  'checkboxes',
  'radio_buttons',
  'datepicker',
  'timepicker',
];

/** The elements that Slack takes in each place. */
export const ALLOWED = {
  actions: [...CHOOSERS, 'button', 'workflow_button', 'overflow', 'datetimepicker', 'rich_text_input'],
  accessory: [...CHOOSERS, 'button', 'workflow_button', 'overflow', 'image'],
  input: [
    ...CHOOSERS,
    'datetimepicker',
    'plain_text_input',
    'email_text_input',
    'url_text_input',
    'number_input',
    'file_input',
    'rich_text_input',
  ],
  contextActions: ['feedback_buttons', 'icon_button'],
} satisfies Record<string, ElementType[]>;

export const elementsOf = (allowed: readonly ElementType[]): Record<string, Check> =>
  Object.fromEntries(allowed.map((name) => [name, ELEMENTS[name]]));
