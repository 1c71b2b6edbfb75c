import { h } from './dom.js';
import { emoji, formatDate, link, mrkdwn } from './mrkdwn.js';

const TAGS = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u' };

const LEAVES = {
  text: (leaf) => document.createTextNode(leaf.text),
  link: (leaf) => link(leaf.url, leaf.text),
  emoji: (leaf) => document.createTextNode(emoji(leaf.name)),
  user: (leaf, context) => mrkdwn(`<@${leaf.user_id}>`, context)[0],
  usergroup: (leaf, context) => mrkdwn(`<!subteam^${leaf.usergroup_id}>`, context)[0],
  channel: (leaf, context) => mrkdwn(`<#${leaf.channel_id}>`, context)[0],
  broadcast: (leaf, context) => mrkdwn(`<!${leaf.range}>`, context)[0],
  date: (leaf, context) =>
    document.createTextNode(formatDate(new Date(leaf.timestamp * 1000), leaf.format, context.zone)),
  color: (leaf) => document.createTextNode(leaf.value),
};

function leaf(value, context) {
  const node = LEAVES[value.type]?.(value, context) ?? document.createTextNode('');
  return Object.entries(TAGS).reduce(
    (inner, [style, tag]) => (value.style?.[style] ? h(tag, {}, inner) : inner),
    node,
  );
}

const leaves = (part, context) => part.elements.map((each) => leaf(each, context));

const PARTS = {
  rich_text_section: (part, context) => h('p', {}, leaves(part, context)),
  rich_text_quote: (part, context) => h('blockquote', {}, leaves(part, context)),
  rich_text_preformatted: (part, context) => h('pre', {}, leaves(part, context)),
  rich_text_list: (part, context) =>
    h(
      part.style === 'ordered' ? 'ol' : 'ul',
      {},
      part.elements.map((item) => h('li', {}, leaves(item, context))),
    ),
};

/** The nodes of a `rich_text` block. */
export const richText = (block, context) => block.elements.map((part) => PARTS[part.type]?.(part, context));
