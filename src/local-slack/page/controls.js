import { combobox } from './combobox.js';
import { h } from './dom.js';
import { plainText } from './mrkdwn.js';

const words = (text) => (text ? plainText(text.text, text.emoji !== false) : '');

/** The options of a menu, with the people or channels of the workspace where the menu offers those. */
function optionsOf(element, context) {
  const kind = element.type.replace(/^multi_/, '');
  const people = () =>
    context.users.filter((user) => !user.deleted && !user.isBot).map((user) => [user.id, user.realName]);
  const channels = () =>
    context.channels
      .filter((c) => c.kind === 'public' || c.kind === 'private')
      .map((c) => [c.id, `#${c.name}`]);
  if (kind === 'users_select') return people();
  if (kind === 'channels_select') return channels();
  if (kind === 'conversations_select') return [...channels(), ...people()];
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  return groups.flatMap((group) =>
    group.options.map((option) => [option.value, words(option.text), group.label && words(group.label)]),
  );
}

const initialOf = (element) =>
  element.initial_option?.value ??
  element.initial_user ??
  element.initial_channel ??
  element.initial_conversation ??
  element.initial_date ??
  element.initial_time ??
  element.initial_value ??
  (element.initial_options?.map((option) => option.value) ||
    element.initial_users ||
    element.initial_channels ||
    element.initial_conversations);

const line =
  (type, extra = {}) =>
  (element, { id, value }) =>
    h('input', {
      id,
      type,
      value: value ?? '',
      placeholder: words(element.placeholder) || undefined,
      ...extra,
    });

/** Longer lists than this are searched in rather than scrolled through. */
const MOST_TO_SCROLL = 12;

function menu(element, { id, block, value, context }) {
  if (element.type.endsWith('external_select')) return searched(element, { id, block, value, context });
  const options = optionsOf(element, context);
  if (options.length <= MOST_TO_SCROLL && !element.type.startsWith('multi_')) {
    return listed(element, options, { id, value });
  }
  const all = options.map(([key, text, group]) => ({ value: key, text, group }));
  const chosen = [value ?? []].flat();
  return combobox({
    id,
    many: element.type.startsWith('multi_'),
    placeholder: words(element.placeholder) || 'Choose…',
    chosen: all.filter((option) => chosen.includes(option.value)),
    find: (typed) => all.filter(({ text }) => text.toLowerCase().includes(typed.toLowerCase())),
  });
}

/** What was found once is known by its words also when the view is drawn again. */
const wordsOfValue = new Map();

function searched(element, { id, block, value, context }) {
  const initial = [element.initial_option ?? [], element.initial_options ?? []].flat();
  for (const option of initial) wordsOfValue.set(option.value, words(option.text));
  return combobox({
    id,
    many: element.type.startsWith('multi_'),
    placeholder: words(element.placeholder) || 'Search…',
    chosen: [value ?? []].flat().map((each) => ({ value: each, text: wordsOfValue.get(each) ?? each })),
    atLeast: element.min_query_length ?? 3,
    find: async (typed) => {
      const found = await context.suggest(element, block, typed);
      for (const option of found) wordsOfValue.set(option.value, option.text);
      return found;
    },
  });
}

function listed(element, options, { id, value }) {
  const select = h('select', { id });
  select.append(h('option', { value: '' }, words(element.placeholder) || 'Choose…'));
  const groups = new Map();
  for (const [key, label, group] of options) {
    const option = h('option', { value: key }, label);
    option.selected = key === value;
    if (!group) select.append(option);
    else {
      if (!groups.has(group)) groups.set(group, select.appendChild(h('optgroup', { label: group })));
      groups.get(group).append(option);
    }
  }
  return select;
}

function choices(kind) {
  return (element, { id, value }) => {
    const chosen = new Set([value ?? []].flat());
    return h(
      'div',
      { id, class: 'choices', role: kind === 'radio' ? 'radiogroup' : 'group' },
      element.options.map((option, index) => {
        const input = h('input', { type: kind, name: id, value: option.value, id: `${id}-${index}` });
        input.checked = chosen.has(option.value);
        const about = option.description ? h('small', {}, words(option.description)) : null;
        return h('label', { for: `${id}-${index}` }, input, h('span', {}, words(option.text), about));
      }),
    );
  };
}

const CONTROLS = {
  plain_text_input: (element, options) => {
    if (!element.multiline) return line('text', { maxlength: element.max_length })(element, options);
    const area = h('textarea', {
      id: options.id,
      rows: 4,
      maxlength: element.max_length,
      placeholder: words(element.placeholder) || undefined,
    });
    area.value = options.value ?? '';
    return area;
  },
  rich_text_input: (_, options) => h('textarea', { id: options.id, rows: 4 }, ''),
  email_text_input: line('email'),
  url_text_input: line('url'),
  number_input: (element, options) =>
    line('text', { inputmode: element.is_decimal_allowed ? 'decimal' : 'numeric' })(element, options),
  datepicker: line('date'),
  timepicker: line('time'),
  datetimepicker: (element, options) =>
    line('datetime-local')(element, {
      ...options,
      value:
        options.value ??
        (element.initial_date_time && new Date(element.initial_date_time * 1000).toISOString().slice(0, 16)),
    }),
  checkboxes: choices('checkbox'),
  radio_buttons: choices('radio'),
  file_input: () => h('p', { class: 'note' }, 'Files cannot be chosen in the local Slack.'),
};

for (const kind of ['static', 'external', 'users', 'conversations', 'channels']) {
  CONTROLS[`${kind}_select`] = menu;
  CONTROLS[`multi_${kind}_select`] = menu;
}

export const isControl = (element) => element !== undefined && element.type in CONTROLS;

/** The control for an element. `value` is what the person gave before, when there is such. */
export function control(element, { id, block, value, context }) {
  return CONTROLS[element.type](element, { id, block, value: value ?? initialOf(element), context });
}

/** The plain value that a control holds now; null when it is empty. */
export function heldBy(element, node) {
  if (element.type === 'checkboxes') return [...node.querySelectorAll('input:checked')].map((i) => i.value);
  if (element.type === 'radio_buttons') return node.querySelector('input:checked')?.value ?? null;
  if (node.held) return node.held();
  if (element.type === 'datetimepicker') {
    return node.value ? String(Math.floor(new Date(node.value).getTime() / 1000)) : null;
  }
  return node.value === '' || node.value === undefined ? null : node.value;
}
