import { byId, h } from './dom.js';

/** Sends what is typed on Enter, a new line on Shift and Enter. `commands` are offered after a slash. */
export function composer(form, { send, commands = () => [] }) {
  const area = form.querySelector('textarea');
  const grow = () => {
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, 160)}px`;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = area.value.trim();
    if (!text) return;
    area.value = '';
    grow();
    suggest('', []);
    send(text);
  });
  area.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  area.addEventListener('input', () => {
    grow();
    suggest(area.value, commands());
  });
}

function suggest(typed, commands) {
  const known = typed.startsWith('/')
    ? commands.filter(({ command }) => command.startsWith(typed.split(' ')[0]))
    : [];
  byId('commands').hidden = known.length === 0;
  byId('commands').replaceChildren(
    ...known.map(({ command, description, usageHint }) =>
      h(
        'li',
        {},
        h('strong', {}, command),
        usageHint ? h('code', {}, usageHint) : null,
        h('span', {}, description),
      ),
    ),
  );
}
