import { drawBlocks } from './blocks.js';
import { h, keepingFocus } from './dom.js';
import { drawFiles } from './files.js';
import { menu } from './menu.js';
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
  const wasAtEnd =
    list.scrollHeight - list.scrollTop - list.clientHeight < 80 ||
    list.children.length === 0 ||
    list.scrollTop === list.shownAt;
  const existing = new Map([...list.children].map((item) => [item.dataset.ts, item]));
  keepingFocus(() => {
    let day = '';
    const items = grouped(messages).flatMap((message) => {
      const today = formatDate(atOf(message), '{day_divider_pretty}', context.zone);
      const divider = today === day ? [] : [existing.get(today) ?? dayDivider(today)];
      day = today;
      return [...divider, current(existing.get(message.ts), message, context)];
    });
    arrange(list, items);
  });
  if (wasAtEnd) showEnd(list);
}

/** Makes these the list's items and leaves in place what stays: a list that is emptied for a moment forgets where it was. */
function arrange(list, items) {
  const wanted = new Set(items);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  items.forEach((item, at) => {
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
  });
}

/** Scrolls to the end; to the beginning of the last message when that is longer than what can be seen. */
export function showEnd(list) {
  const last = list.lastElementChild;
  const isLong = last !== null && last.offsetHeight > list.clientHeight;
  list.scrollTop = isLong ? last.offsetTop - list.offsetTop : list.scrollHeight;
  list.shownAt = list.scrollTop; // as long as nobody scrolls away, the next message is shown too
}

const SAME_BREATH_S = 300;

/** Marks plain messages that somebody said right after another of theirs: they need no second name. */
function grouped(messages) {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const follows =
      before !== undefined &&
      before.user === message.user &&
      !message.blocks?.length &&
      !message.edited &&
      !message.only_for_me &&
      !before.only_for_me &&
      message.subtype === undefined &&
      Number(message.ts) - Number(before.ts) < SAME_BREATH_S;
    return follows ? { ...message, follows } : message;
  });
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
    suggest: (element, block, query) =>
      context.suggestAt({ channel: message.channel, ts: message.ts }, element, block, query),
  };
  return h(
    'li',
    {
      class: `message ${message.only_for_me ? 'only-me' : ''} ${message.subtype ?? ''} ${message.follows ? 'follows' : ''}`,
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
        message.edited ? h('span', { class: 'edited', title: 'This message was changed' }, 'edited') : null,
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
      message.files ? drawFiles(message.files) : null,
      reactions(message),
      threadLink(message, context),
    ),
    tools(message, context),
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
    return h('div', { class: 'content' }, drawBlocks(message.blocks, here), attached);
  if (message.text === '' && message.files) return null;
  const text = message.mrkdwn === false ? [message.text] : mrkdwn(message.text, here);
  return h('div', { class: 'content' }, h('div', { class: 'text' }, text), attached);
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
  if (context.inThread || count === 0) return null;
  return h(
    'button',
    {
      type: 'button',
      class: 'thread-link',
      data: { key: `thread/${message.ts}` },
      onclick: () => context.openThread(message),
    },
    `${count} ${count === 1 ? 'reply' : 'replies'}`,
  );
}

/** What one can do with a message, shown on the one that is pointed at or has the focus. */
function tools(message, context) {
  if (message.only_for_me || message.subtype === 'tombstone') return null;
  const reply = h(
    'button',
    {
      type: 'button',
      class: 'button',
      data: { key: `reply/${message.ts}` },
      onclick: () => context.openThread(message, { write: true }),
    },
    'Reply in thread',
  );
  const actions = [
    ...context.shortcuts
      .filter(({ kind }) => kind === 'message')
      .map((shortcut) => ({ words: shortcut.name, act: () => context.useShortcut(shortcut, message) })),
    { words: 'Copy link', act: () => context.copyLink(message) },
    { words: 'Delete message', danger: true, act: () => context.deleteMessage(message) },
  ];
  return h(
    'div',
    { class: 'tools' },
    context.inThread ? null : reply,
    menu(
      { label: 'More actions on this message', face: '⋯', kind: 'small', key: `more/${message.ts}` },
      actions,
    ),
  );
}
