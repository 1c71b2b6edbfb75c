import { h } from './dom.js';

let count = 0;
const WAIT_MS = 150;

/**
 * A menu to search in: type, walk with the arrows, choose with Enter. `find(typed)` gives the matching
 * `{ value, text, group }`, at once or later. `held()` of the node is the value, or the values of a `many`.
 */
export function combobox({ id, many, placeholder, chosen, atLeast = 0, find }) {
  count += 1;
  const listId = `options-${count}`;
  const picked = new Map(chosen.map((option) => [option.value, option]));
  let offered = [];
  let at = -1;
  let asked = 0;

  const input = h('input', {
    id,
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    placeholder,
    'aria-expanded': 'false',
    'aria-controls': listId,
    'aria-autocomplete': 'list',
  });
  const chips = h('div', { class: 'chips' });
  const list = h('ul', { id: listId, class: 'options', role: 'listbox', hidden: true });
  const root = h('div', { class: 'combobox' }, many ? chips : null, input, list);
  root.focusable = input;
  root.held = () => (many ? [...picked.keys()] : ([...picked.keys()][0] ?? null));

  const changed = () => root.dispatchEvent(new Event('change'));
  const shut = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const settle = () => {
    if (!many) input.value = [...picked.values()][0]?.text ?? '';
    else input.value = '';
    chips.replaceChildren(...[...picked.values()].map(chip));
  };
  const chip = (option) =>
    h(
      'span',
      { class: 'chip' },
      option.text,
      h(
        'button',
        {
          type: 'button',
          class: 'icon',
          'aria-label': `Remove ${option.text}`,
          onclick: () => {
            picked.delete(option.value);
            settle();
            input.focus();
            changed();
          },
        },
        '✕',
      ),
    );
  const choose = (option) => {
    if (!many) picked.clear();
    picked.set(option.value, option);
    settle();
    shut();
    changed();
  };
  const mark = (next) => {
    at = next;
    for (const [index, item] of [...list.querySelectorAll('[role=option]')].entries()) {
      item.setAttribute('aria-selected', String(index === at));
      if (index === at) item.scrollIntoView({ block: 'nearest' });
    }
    if (at >= 0) input.setAttribute('aria-activedescendant', `${listId}-${at}`);
  };
  const note = (words) => list.replaceChildren(h('li', { class: 'note', role: 'presentation' }, words));
  const draw = () => {
    let group = '';
    const items = offered.flatMap((option, index) => {
      const heading = option.group && option.group !== group;
      group = option.group ?? '';
      const item = h(
        'li',
        { id: `${listId}-${index}`, role: 'option', 'aria-selected': 'false' },
        option.text,
      );
      // Before the input loses the focus.
      item.addEventListener('mousedown', (event) => {
        event.preventDefault();
        choose(option);
      });
      return heading ? [h('li', { class: 'group', role: 'presentation' }, option.group), item] : [item];
    });
    if (items.length === 0) note('Nothing matches.');
    else list.replaceChildren(...items);
    mark(offered.length > 0 ? 0 : -1);
  };
  const open = async () => {
    asked += 1;
    const turn = asked;
    const isChosen = !many && picked.size > 0 && input.value === [...picked.values()][0].text;
    const typed = isChosen ? '' : input.value.trim();
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    if (typed.length < atLeast) {
      offered = [];
      return note(`Type ${atLeast} ${atLeast === 1 ? 'letter' : 'letters'} to search.`);
    }
    note('Searching…');
    const found = await find(typed);
    // An answer to what was typed before would show the wrong options.
    if (turn !== asked || list.hidden) return undefined;
    offered = many ? found.filter((option) => !picked.has(option.value)) : found;
    return draw();
  };
  let timer;
  input.addEventListener('input', () => {
    if (!many && input.value === '' && picked.size > 0) {
      picked.clear();
      changed();
    }
    clearTimeout(timer);
    timer = setTimeout(open, WAIT_MS);
  });
  input.addEventListener('focus', () => input.select());
  input.addEventListener('click', () => void open());
  input.addEventListener('blur', () => {
    shut();
    settle();
  });
  const KEYS = {
    ArrowDown: () => (list.hidden ? void open() : mark(Math.min(at + 1, offered.length - 1))),
    ArrowUp: () => mark(Math.max(at - 1, 0)),
    Enter: () => (list.hidden || !offered[at] ? null : choose(offered[at])),
    Escape: () => {
      shut();
      settle();
    },
  };
  input.addEventListener('keydown', (event) => {
    const act = KEYS[event.key];
    if (!act || (list.hidden && event.key !== 'ArrowDown')) return;
    // Escape closes the list and not the modal around it; Enter does not submit it.
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  settle();
  return root;
}
