import { h } from './dom.js';

/** A button that opens a list of actions: arrows walk through it, Escape and a click elsewhere close it. */
export function menu({ label, face, kind = '', key }, actions) {
  const list = h('div', { class: 'menu', role: 'menu', 'aria-label': label });
  const details = h(
    'details',
    { class: `overflow ${kind}` },
    h(
      'summary',
      { class: 'button', role: 'button', 'aria-label': label, 'aria-haspopup': 'menu', data: { key } },
      face,
    ),
    list,
  );
  const items = () => [...list.children];
  const close = () => {
    details.open = false;
    details.querySelector('summary').focus();
  };
  for (const { words, danger, act } of actions) {
    const choose = () => {
      close();
      act();
    };
    list.append(
      h(
        'button',
        { type: 'button', role: 'menuitem', class: danger ? 'danger' : '', onclick: choose },
        words,
      ),
    );
  }
  details.addEventListener('toggle', () => {
    if (details.open) items()[0]?.focus();
  });
  details.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' && details.open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (step && details.open) {
      event.preventDefault();
      const all = items();
      all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
    }
  });
  return details;
}

addEventListener('click', ({ target }) => {
  for (const open of document.querySelectorAll('details.overflow[open]')) {
    if (!open.contains(target)) open.open = false;
  }
});
