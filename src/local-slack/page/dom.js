/** An element with properties (`class`, `on...` handlers, `data`, attributes) and children. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'data') Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children.flat(3).filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Asks the local Slack; throws its own sentence when it refuses. */
export async function ask(method, path, body) {
  const response = await fetch(`/local/${path}`, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `The local Slack answered ${response.status}.`);
  return answer;
}

/** Shows a sentence for a while, with something to do about it. A new one of the same words restarts the wait. */
export function toast(text, detail, offer) {
  const area = byId('toasts');
  for (const other of [...area.children]) if (other.dataset.text === text) other.remove();
  const shown = h(
    'div',
    { class: 'toast', data: { text } },
    h('span', { class: 'triangle', 'aria-hidden': 'true' }, offer ? '↓' : '⚠'),
    h('div', {}, h('strong', {}, text), detail ? h('small', {}, detail) : null),
    offer
      ? h('button', { type: 'button', class: 'button', onclick: () => leave(offer.act) }, offer.words)
      : null,
    h(
      'button',
      { type: 'button', class: 'icon', 'aria-label': 'Dismiss', onclick: () => shown.remove() },
      '✕',
    ),
  );
  const leave = (act) => {
    shown.remove();
    act();
  };
  area.append(shown);
  setTimeout(() => shown.remove(), 9000);
}

/** Keeps the focus on the same control when its surroundings are drawn again. */
export function keepingFocus(draw) {
  const { key } = document.activeElement?.dataset ?? {};
  draw();
  if (!key || document.activeElement?.dataset?.key === key) return;
  const again = [...document.querySelectorAll('[data-key]')].find((element) => element.dataset.key === key);
  again?.focus({ preventScroll: true });
}
