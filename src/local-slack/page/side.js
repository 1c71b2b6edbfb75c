import { ask, byId, h, toast } from './dom.js';

const SHOWN_AT_FIRST = 2;

const chosen = () =>
  new URLSearchParams(location.hash.slice(1)).get('people')?.split(',').filter(Boolean) ?? [];

/** One window per person, each with the page as they see it. Windows of those who stay are not loaded again. */
function draw(people) {
  const ids = chosen();
  byId('people').replaceChildren(
    ...people.map(({ id, realName }) => {
      const box = h('input', { type: 'checkbox' });
      box.checked = ids.includes(id);
      box.addEventListener('change', () => {
        const next = box.checked ? [...ids, id] : ids.filter((each) => each !== id);
        location.hash = new URLSearchParams({ people: next.join(',') }).toString();
      });
      return h('label', {}, box, realName);
    }),
  );
  const known = new Map([...byId('columns').children].map((frame) => [frame.dataset.person, frame]));
  for (const [id, frame] of known) if (!ids.includes(id)) frame.remove();
  for (const id of ids) {
    const person = people.find((each) => each.id === id);
    if (!person || known.has(id)) continue;
    byId('columns').append(
      h('iframe', { src: `/#as=${id}`, title: `Slack of ${person.realName}`, data: { person: id } }),
    );
  }
}

async function start() {
  const people = await ask('GET', 'people');
  if (chosen().length === 0) {
    const first = people.slice(0, SHOWN_AT_FIRST).map(({ id }) => id);
    history.replaceState(null, '', `#${new URLSearchParams({ people: first.join(',') })}`);
  }
  draw(people);
  addEventListener('hashchange', () => draw(people));
}

start().catch((error) => toast('The people could not be loaded.', error.message));
