import { chart, table } from './charts.js';
import { control, heldBy, isControl } from './controls.js';
import { byId, h } from './dom.js';
import { menu } from './menu.js';
import { mrkdwn, plainText } from './mrkdwn.js';
import { richText } from './rich-text.js';

/** A text object as nodes. */
export function words(text, context) {
  if (!text) return [];
  if (text.type === 'mrkdwn') return mrkdwn(text.text, context);
  return plainText(text.text, text.emoji !== false)
    .split('\n')
    .flatMap((part, index) => (index > 0 ? [h('br'), part] : [part]));
}

/**
 * Draws blocks. `context` has the workspace's lists and `zone`, and:
 * `act(element, block, value)` sends a press; `key` names the surface; `kept` holds values by block and action;
 * `errors` holds the message per block_id.
 */
export const drawBlocks = (blocks, context) => blocks.map((block) => drawBlock(block, context));

function drawBlock(block, context) {
  const draw = BLOCKS[block.type];
  if (draw) return draw(block, context);
  return h('p', { class: 'note' }, `A ${block.type} block, which this page does not draw.`);
}

const BLOCKS = {
  section: (block, context) =>
    h(
      'div',
      { class: 'block section' },
      h(
        'div',
        { class: 'section-text' },
        block.text ? h('div', { class: 'text' }, words(block.text, context)) : null,
        block.fields
          ? h(
              'div',
              { class: 'fields' },
              block.fields.map((field) => h('div', {}, words(field, context))),
            )
          : null,
      ),
      block.accessory ? h('div', { class: 'accessory' }, drawElement(block.accessory, block, context)) : null,
    ),
  header: (block, context) => h('h3', { class: 'block header' }, words(block.text, context)),
  divider: () => h('hr', { class: 'block' }),
  context: (block, context) =>
    h(
      'div',
      { class: 'block context' },
      block.elements.map((e) => h('span', {}, e.type === 'image' ? image(e) : words(e, context))),
    ),
  actions: (block, context) =>
    h(
      'div',
      { class: 'block actions' },
      block.elements.map((element) => drawElement(element, block, context)),
    ),
  image: (block, context) =>
    h(
      'figure',
      { class: 'block image' },
      block.title ? h('figcaption', {}, words(block.title, context)) : null,
      image(block),
    ),
  rich_text: (block, context) => h('div', { class: 'block text' }, richText(block, context)),
  markdown: (block, context) => h('div', { class: 'block text' }, markdown(block.text, context)),
  table: (block, context) => h('div', { class: 'block' }, table(block, context)),
  data_table: (block, context) => h('div', { class: 'block' }, table(block, context)),
  data_visualization: (block) => h('div', { class: 'block' }, chart(block)),
  alert: (block, context) =>
    h('div', { class: `block alert ${block.level ?? 'default'}`, role: 'note' }, words(block.text, context)),
  container: (block, context) =>
    h(
      'div',
      { class: 'block container' },
      h('strong', {}, block.title ? words(block.title, context) : richText(block.rich_text_title, context)),
      block.subtitle ? h('div', { class: 'note' }, words(block.subtitle, context)) : null,
      drawBlocks(block.child_blocks, context),
    ),
  card: (block, context) =>
    h(
      'div',
      { class: 'block container' },
      ['title', 'subtitle', 'body', 'subtext'].map((part) =>
        block[part] ? h(part === 'title' ? 'strong' : 'div', {}, words(block[part], context)) : null,
      ),
      block.actions
        ? h(
            'div',
            { class: 'actions' },
            block.actions.map((e) => drawElement(e, block, context)),
          )
        : null,
    ),
  carousel: (block, context) => h('div', { class: 'block carousel' }, drawBlocks(block.elements, context)),
  context_actions: (block, context) =>
    h(
      'div',
      { class: 'block actions' },
      block.elements.map((element) => drawElement(element, block, context)),
    ),
  input: drawInput,
};

/** Markdown, as far as its marks and Slack's are the same thing written differently. */
function markdown(text, context) {
  const bold = text.replaceAll(/\*\*(.+?)\*\*/g, '*$1*').replaceAll(/~~(.+?)~~/g, '~$1~');
  const lines = bold.replaceAll(/^#{1,6} (.+)$/gm, '*$1*').replaceAll(/^[-*] /gm, '• ');
  return mrkdwn(lines.replaceAll(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '<$2|$1>'), context);
}

function image(element) {
  if (!element.image_url) return h('span', { class: 'note' }, element.alt_text);
  return h('img', { src: element.image_url, alt: element.alt_text, loading: 'lazy' });
}

const keyOf = (context, block, element) => `${context.key}/${block.block_id}/${element.action_id}`;

function drawInput(block, context) {
  const { element } = block;
  const id = keyOf(context, block, element);
  const error = context.errors?.[block.block_id];
  const node = control(element, {
    id,
    block,
    value: context.kept?.[block.block_id]?.[element.action_id],
    context,
  });
  const focusable = node.focusable ?? node;
  focusable.dataset.key = id;
  context.fields?.push({ block, element, node });
  if (block.hint || error) {
    const about = [error ? `${id}-error` : null, block.hint ? `${id}-hint` : null].filter(Boolean);
    focusable.setAttribute('aria-describedby', about.join(' '));
  }
  if (error) focusable.setAttribute('aria-invalid', 'true');
  if (block.dispatch_action)
    node.addEventListener('change', () => context.act(element, block, heldBy(element, node)));
  const grouped = ['checkboxes', 'radio_buttons'].includes(element.type);
  const label = [
    words(block.label, context),
    block.optional ? h('span', { class: 'optional' }, ' (optional)') : null,
  ];
  const body = [
    node,
    block.hint ? h('small', { class: 'hint', id: `${id}-hint` }, words(block.hint, context)) : null,
    error ? h('p', { class: 'error', id: `${id}-error` }, '⚠ ', error) : null,
  ];
  return grouped
    ? h('fieldset', { class: 'block input' }, h('legend', {}, label), body)
    : h('div', { class: 'block input' }, h('label', { for: id }, label), body);
}

function drawElement(element, block, context) {
  if (element.type === 'image') return image(element);
  if (element.type === 'overflow') return overflow(element, block, context);
  if (element.type === 'feedback_buttons') {
    return [element.positive_button, element.negative_button].map((each) =>
      button({ ...element, ...each, type: 'button' }, block, context),
    );
  }
  if (!isControl(element)) return button(element, block, context);
  const id = keyOf(context, block, element);
  const node = control(element, {
    id,
    block,
    value: context.kept?.[block.block_id]?.[element.action_id],
    context,
  });
  const focusable = node.focusable ?? node;
  focusable.dataset.key = id;
  focusable.setAttribute('aria-label', element.placeholder?.text ?? element.action_id);
  context.fields?.push({ block, element, node });
  node.addEventListener('change', async () => {
    if (await confirmed(element.confirm, context)) await context.act(element, block, heldBy(element, node));
  });
  return node;
}

function button(element, block, context) {
  const node = h(
    'button',
    {
      type: 'button',
      class: `button ${element.style ?? ''}`,
      'aria-label': element.accessibility_label,
      title: element.url,
      data: { key: keyOf(context, block, element) },
      onclick: async () => {
        if (!(await confirmed(element.confirm, context))) return;
        if (element.url) window.open(element.url, '_blank', 'noreferrer');
        await busy(node, () => context.act(element, block));
      },
    },
    words(element.text, context),
  );
  return node;
}

function overflow(element, block, context) {
  const actions = element.options.map((option) => ({
    words: words(option.text, context),
    act: async () => {
      if (option.url) window.open(option.url, '_blank', 'noreferrer');
      if (await confirmed(element.confirm, context)) await context.act(element, block, option.value);
    },
  }));
  return menu({ label: 'More actions', face: '⋯', key: keyOf(context, block, element) }, actions);
}

/** The control waits, visibly, while something is sent. */
export async function busy(node, work) {
  if (node.getAttribute('aria-busy') === 'true') return;
  node.setAttribute('aria-busy', 'true');
  try {
    await work();
  } finally {
    node.removeAttribute('aria-busy');
  }
}

/** Asks first when the element says so. */
function confirmed(confirm, context) {
  if (!confirm) return Promise.resolve(true);
  const dialog = byId('confirm');
  return new Promise((resolve) => {
    const close = (answer) => () => {
      dialog.close();
      resolve(answer);
    };
    dialog.replaceChildren(
      h('h2', {}, words(confirm.title, context)),
      h('div', { class: 'modal-body text' }, words(confirm.text, context)),
      h(
        'footer',
        {},
        h(
          'button',
          { type: 'button', class: 'button', onclick: close(false) },
          confirm.deny ? words(confirm.deny, context) : 'Cancel',
        ),
        h(
          'button',
          { type: 'button', class: `button ${confirm.style ?? 'primary'}`, onclick: close(true) },
          confirm.confirm ? words(confirm.confirm, context) : 'Yes',
        ),
      ),
    );
    dialog.oncancel = () => resolve(false);
    dialog.showModal();
  });
}
