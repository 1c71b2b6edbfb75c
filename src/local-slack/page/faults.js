import { ask, byId, h, keepingFocus, toast } from './dom.js';

const PRESETS = [
  {
    label: 'The message is stored, then the connection breaks',
    fault: { kind: 'drop_after_store', method: 'chat.postMessage' },
  },
  {
    label: 'The message is stored, then the answer is 500',
    fault: { kind: 'status_after_store', method: 'chat.postMessage', status: 500 },
  },
  {
    label: 'The connection breaks; the message appears 3 s later',
    fault: { kind: 'late_store', method: 'chat.postMessage', ms: 3000 },
  },
  { label: 'Slack never answers a post', fault: { kind: 'hang_after_store', method: 'chat.postMessage' } },
  { label: 'Too many requests: wait 5 s (429)', fault: { kind: 'rate_limited', retryAfter: 5 } },
  { label: 'Slack is down (503)', fault: { kind: 'status', status: 503 } },
  { label: 'Slack answers every call 2 s late', fault: { kind: 'latency', ms: 2000 } },
  { label: 'A proxy answers with a web page', fault: { kind: 'html' } },
  {
    label: 'Opening a form fails (expired_trigger_id)',
    fault: { kind: 'error', method: 'views.open', error: 'expired_trigger_id' },
  },
];

const same = (active, fault) => Object.entries(fault).every(([key, value]) => active[key] === value);

const attempt = (work) => work.catch((error) => toast(error.message));

/** Draws the drawer from the faults that are on, and below them what administrators can do. */
export function drawFaults(active, administration) {
  const count = byId('faults-count');
  count.hidden = active.length === 0;
  count.textContent = String(active.length);
  const others = active.filter((fault) => !PRESETS.some((preset) => same(fault, preset.fault)));
  keepingFocus(() =>
    byId('faults').replaceChildren(
      h('header', { class: 'bar' }, h('h2', {}, 'Faults and administration')),
      h(
        'div',
        { class: 'drawer' },
        h('p', {}, 'Make Slack fail the way it really does, and watch what the app makes of it.'),
        PRESETS.map((preset, index) => toggle(preset, index, active)),
        others.map((fault) => h('p', { class: 'note' }, `Also on: ${describe(fault)}`)),
        active.length > 0
          ? h(
              'button',
              {
                type: 'button',
                class: 'button',
                data: { key: 'faults-off' },
                onclick: () => attempt(ask('DELETE', 'faults')),
              },
              'Switch all off',
            )
          : null,
        administration,
      ),
    ),
  );
}

function toggle({ label, fault }, index, active) {
  const on = active.find((each) => same(each, fault));
  const input = h('input', { type: 'checkbox', id: `fault-${index}`, data: { key: `fault-${index}` } });
  input.checked = on !== undefined;
  input.addEventListener('change', () =>
    attempt(on ? ask('DELETE', `faults?id=${on.id}`) : ask('POST', 'faults', fault)),
  );
  return h(
    'label',
    { class: 'switch', for: `fault-${index}` },
    input,
    h('span', {}, label, on ? h('small', {}, on.hits === 1 ? 'met 1 call' : `met ${on.hits} calls`) : null),
  );
}

const describe = ({ id: _, hits, ...fault }) =>
  `${Object.entries(fault)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')} (met ${hits})`;
