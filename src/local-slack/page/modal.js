import { busy, drawBlocks, words } from './blocks.js';
import { heldBy } from './controls.js';
import { ask, byId, h, keepingFocus, toast } from './dom.js';

/** What was typed stays while the app replaces the view, field by field, as on Slack. */
const kept = new Map();
let shown = { id: null, revision: 0 };
let errors = {};
let fields = [];
let openedFrom;

const valuesOf = () => {
  const values = {};
  for (const { block, element, node } of fields) {
    values[block.block_id] ??= {};
    values[block.block_id][element.action_id] = heldBy(element, node);
  }
  return values;
};

function remember() {
  if (shown.id !== null) kept.set(shown.id, valuesOf());
}

/** Shows the top one of the person's open views, or nothing. */
export function showViews(views, context) {
  const dialog = byId('modal');
  const view = views.at(-1);
  const open = new Set(views.map((each) => each.id));
  for (const id of kept.keys()) if (!open.has(id)) kept.delete(id);
  if (!view) {
    shown = { id: null, revision: 0 };
    fields = [];
    if (dialog.open) dialog.close();
    if (openedFrom) giveFocusBack();
    return;
  }
  if (view.id === shown.id && view.revision === shown.revision) return;
  if (shown.id !== null && open.has(shown.id)) remember();
  errors = {};
  const fresh = view.id !== shown.id;
  shown = { id: view.id, revision: view.revision };
  draw(view, context);
  if (!dialog.open) {
    openedFrom ??= document.activeElement?.dataset?.key;
    dialog.showModal();
  }
  if (fresh)
    (
      dialog.querySelector('.modal-body :is(input, select, textarea)') ?? dialog.querySelector('button')
    )?.focus();
}

let leaving = false;
/** Closes a view, or all. One request at a time: browsers may report one Escape twice. */
async function leave(request) {
  if (leaving) return;
  leaving = true;
  try {
    await ask('POST', 'close', request);
  } catch (error) {
    // The view is still there: forget that it was drawn, so that the next reload shows it again.
    shown = { id: null, revision: 0 };
    toast(error.message);
  } finally {
    leaving = false;
  }
}

/** Gives the focus back to the control that opened the modal, also when it was drawn again meanwhile. */
function giveFocusBack() {
  const control = [...document.querySelectorAll('[data-key]')].find(
    ({ dataset }) => dataset.key === openedFrom,
  );
  control?.focus();
  openedFrom = undefined;
}

function draw(view, context) {
  const dialog = byId('modal');
  fields = [];
  const here = {
    ...context,
    key: view.id,
    kept: kept.get(view.id),
    errors,
    fields,
    act: (element, block, value) => context.actInView(view, element, block, { value, values: valuesOf() }),
    suggest: (element, block, query) =>
      context.suggestAt({ viewId: view.id, values: valuesOf() }, element, block, query),
  };
  const close = (which) => () => void leave({ as: context.me, ...which });
  const trouble = h('p', { class: 'trouble', role: 'alert', hidden: true });
  const send = view.submit
    ? h(
        'button',
        { type: 'submit', class: 'button primary', data: { key: `${view.id}/submit` } },
        words(view.submit, context),
      )
    : null;
  const form = h(
    'form',
    { novalidate: true },
    h(
      'header',
      {},
      h('h2', { id: 'modal-title' }, words(view.title, context)),
      h(
        'button',
        { type: 'button', class: 'icon', 'aria-label': 'Close', onclick: close({ all: true }) },
        '✕',
      ),
    ),
    h('div', { class: 'modal-body' }, drawBlocks(view.blocks, here)),
    trouble,
    h(
      'footer',
      {},
      h(
        'button',
        { type: 'button', class: 'button', onclick: close({ viewId: view.id }) },
        view.close ? words(view.close, context) : view.submit ? 'Cancel' : 'Close',
      ),
      send,
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void busy(send, () => submit(view, { context, trouble }));
  });
  dialog.setAttribute('aria-labelledby', 'modal-title');
  dialog.oncancel = close({ viewId: view.id });
  keepingFocus(() => dialog.replaceChildren(form));
}

async function submit(view, { context, trouble }) {
  trouble.hidden = true;
  try {
    const result = await ask('POST', 'submit', { as: context.me, viewId: view.id, values: valuesOf() });
    if (result.notice) {
      trouble.hidden = false;
      trouble.textContent = `⚠ ${result.notice}`;
      return;
    }
    if (!result.errors) return;
    remember();
    errors = result.errors;
    draw(view, context);
    byId('modal').querySelector('[aria-invalid]')?.focus();
  } catch (error) {
    trouble.hidden = false;
    trouble.textContent = `⚠ ${error.message}`;
  }
}
