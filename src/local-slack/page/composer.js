import { h } from './dom.js';
import { showEnd } from './messages.js';

let count = 0;

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What was typed as Slack stores it: inert, but for the people and channels that it names. */
export function asWritten(text, { users, channels }) {
  const named = (list, field, mark) => (whole, name) => {
    const found = list.find((item) => item[field] === name);
    return found ? `<${mark}${found.id}>` : whole;
  };
  return escaped(text)
    .replaceAll(/(?<![\w@])@([\w.-]*\w)/g, named(users, 'handle', '@'))
    .replaceAll(/(?<![\w#&])#([\w-]*\w)/g, named(channels, 'name', '#'));
}

/** What could stand where the caret is: a command at the start, a person after an @. */
function offersFor(before, { commands, people }) {
  const command = /^\/[\w-]*$/.exec(before);
  if (command) {
    return commands()
      .filter((each) => each.command.startsWith(before))
      .map((each) => ({ insert: `${each.command} `, from: 0, name: each.command, about: each.description }));
  }
  const mention = /(?:^|\s)@([\w.-]*)$/.exec(before);
  if (!mention) return [];
  const typed = mention[1].toLowerCase();
  return people()
    .filter(({ handle, realName }) => `${handle} ${realName}`.toLowerCase().includes(typed))
    .slice(0, 8)
    .map(({ handle, realName }) => ({
      insert: `@${handle} `,
      from: before.length - mention[1].length - 1,
      name: `@${handle}`,
      about: realName,
    }));
}

/** Sends what is typed on Enter, a new line on Shift and Enter; offers commands after / and people after @. */
export function composer(form, { send, commands = () => [], people = () => [] }) {
  count += 1;
  const area = form.querySelector('textarea');
  const listId = `suggestions-${count}`;
  const list = h('ul', {
    id: listId,
    class: 'suggestions',
    role: 'listbox',
    'aria-label': 'Suggestions',
    hidden: true,
  });
  form.prepend(list);
  area.disabled = false; // not before: what is sent without these listeners would be lost
  area.setAttribute('aria-controls', listId);
  area.setAttribute('aria-autocomplete', 'list');
  let offers = [];
  let at = 0;

  const grow = () => {
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, 160)}px`;
  };
  const mark = (next) => {
    at = (next + offers.length) % offers.length;
    for (const [index, item] of [...list.children].entries()) {
      item.setAttribute('aria-selected', String(index === at));
    }
    area.setAttribute('aria-activedescendant', `${listId}-${at}`);
  };
  const take = (offer) => {
    const after = area.value.slice(area.selectionStart);
    area.value = area.value.slice(0, offer.from) + offer.insert + after;
    const caret = offer.from + offer.insert.length;
    area.setSelectionRange(caret, caret);
    area.focus();
    suggest();
  };
  function suggest() {
    offers = offersFor(area.value.slice(0, area.selectionStart), { commands, people });
    list.hidden = offers.length === 0;
    list.replaceChildren(
      ...offers.map((offer, index) => {
        const item = h(
          'li',
          { id: `${listId}-${index}`, role: 'option', 'aria-selected': 'false' },
          h('strong', {}, offer.name),
          h('span', {}, offer.about),
        );
        item.addEventListener('mousedown', (event) => {
          event.preventDefault();
          take(offer);
        });
        return item;
      }),
    );
    if (list.hidden) area.removeAttribute('aria-activedescendant');
    else mark(0);
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = area.value.trim();
    if (!text) return;
    area.value = '';
    grow();
    suggest();
    showEnd(form.parentElement.querySelector('.messages')); // where it is going to stand, and its answer
    send(text);
  });
  const KEYS = {
    ArrowDown: () => mark(at + 1),
    ArrowUp: () => mark(at - 1),
    Tab: () => take(offers[at]),
    Enter: () => take(offers[at]),
    Escape: () => {
      list.hidden = true;
    },
  };
  area.addEventListener('keydown', (event) => {
    if (event.isComposing || event.shiftKey) return;
    if (!list.hidden && KEYS[event.key]) {
      event.preventDefault();
      event.stopPropagation();
      KEYS[event.key]();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  area.addEventListener('input', () => {
    grow();
    suggest();
  });
  area.addEventListener('blur', () => {
    list.hidden = true;
  });
}
