import { drawBlocks } from './blocks.js';
import { h, keepingFocus } from './dom.js';
import { emoji, formatDate, mrkdwn } from './mrkdwn.js';

const COLOURS = 8;
const colourOf = (id) => [...id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % COLOURS;

const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part[0]?.toUpperCase() ?? '')
    .join('');

/** The round picture of a person: initials on a colour of their own. */
const avatar = (user) =>
  h(
    'span',
    { class: `avatar colour-${colourOf(user.id)} ${user.isBot ? 'bot' : ''}`, 'aria-hidden': 'true' },
    initials(user.realName),
  );

const atOf = (message) => new Date(Number(message.ts) * 1000);

/**
 * Draws messages into a list, touching only those that changed. `context` is that of `drawBlocks`, with
 * `act(message, ...)`, `openThread(message)`, `hide(message)` and `notices` by ts.
 */
export function drawMessages(list, messages, context) {
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80 || list.children.length === 0;
  const existing = new Map([...list.children].map((item) => [item.dataset.ts, item]));
  keepingFocus(() => {
    let day = '';
    const items = messages.flatMap((message) => {
      const today = formatDate(atOf(message), '{day_divider_pretty}', context.zone);
      const divider = today === day ? [] : [existing.get(today) ?? dayDivider(today)];
      day = today;
      return [...divider, current(existing.get(message.ts), message, context)];
    });
    list.replaceChildren(...items);
  });
  if (wasAtEnd) list.scrollTop = list.scrollHeight;
}

const dayDivider = (day) => h('li', { class: 'day', data: { ts: day } }, h('span', {}, day));

function current(known, message, context) {
  const notice = context.notices.get(message.ts);
  const seal = JSON.stringify([message, notice, context.sealed]);
  if (known?.seal === seal) return known;
  const item = drawMessage(message, notice, context);
  item.seal = seal;
  return item;
}

function drawMessage(message, notice, context) {
  const user = context.users.find((candidate) => candidate.id === message.user) ?? {
    id: message.user,
    realName: message.subtype === 'tombstone' ? 'Slackbot' : message.user,
  };
  const here = {
    ...context,
    key: message.ts,
    act: (element, block, value) => context.act(message, element, block, value),
  };
  return h(
    'li',
    {
      class: `message ${message.only_for_me ? 'only-me' : ''} ${message.subtype ?? ''}`,
      data: { ts: message.ts },
    },
    avatar(user),
    h(
      'div',
      { class: 'body' },
      message.only_for_me ? onlyYou(message, context) : null,
      h(
        'div',
        { class: 'by' },
        h('strong', {}, message.username ?? user.realName),
        user.isBot ? h('span', { class: 'app-mark' }, 'APP') : null,
        h(
          'time',
          { datetime: atOf(message).toISOString(), title: atOf(message).toString() },
          formatDate(atOf(message), '{time}', context.zone),
        ),
      ),
      content(message, here),
      notice
        ? h(
            'p',
            { class: 'trouble', role: 'alert' },
            h('span', { 'aria-hidden': 'true' }, '⚠ '),
            notice.text,
            h('small', {}, notice.detail),
          )
        : null,
      reactions(message),
      threadLink(message, context),
    ),
  );
}

const onlyYou = (message, context) =>
  h(
    'p',
    { class: 'only' },
    'Only visible to you',
    h('button', { type: 'button', class: 'link', onclick: () => context.hide(message) }, 'Dismiss'),
  );

function content(message, here) {
  const edited = message.edited
    ? h('span', { class: 'edited', title: 'This message was changed' }, ' (edited)')
    : null;
  const attached = (message.attachments ?? []).map((attachment) => {
    const box = h(
      'div',
      { class: 'attachment' },
      attachment.text ? h('div', { class: 'text' }, mrkdwn(attachment.text, here)) : null,
      attachment.blocks ? drawBlocks(attachment.blocks, here) : null,
    );
    if (/^#?[0-9a-f]{6}$/i.test(attachment.color ?? ''))
      box.style.borderColor = `#${attachment.color.replace('#', '')}`;
    return box;
  });
  if (message.blocks?.length)
    return h('div', { class: 'content' }, drawBlocks(message.blocks, here), attached, edited);
  const text = message.mrkdwn === false ? [message.text] : mrkdwn(message.text, here);
  return h('div', { class: 'content' }, h('div', { class: 'text' }, text, edited), attached);
}

const reactions = (message) =>
  message.reactions?.length
    ? h(
        'p',
        { class: 'reactions' },
        message.reactions.map((each) => h('span', {}, `${emoji(each.name)} ${each.count}`)),
      )
    : null;

function threadLink(message, context) {
  const count = message.reply_count ?? 0;
  if (context.inThread || message.only_for_me || message.subtype === 'tombstone') {
    if (context.inThread || count === 0) return null;
  }
  return h(
    'button',
    {
      type: 'button',
      class: `thread-link ${count === 0 ? 'quiet' : ''}`,
      data: { key: `thread/${message.ts}` },
      onclick: () => context.openThread(message),
    },
    count === 0 ? 'Reply in thread' : `${count} ${count === 1 ? 'reply' : 'replies'}`,
  );
}
