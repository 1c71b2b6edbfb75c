import { byId, h, keepingFocus } from './dom.js';

/** Draws the workspace's people, channels and app. `channel` is the open one; `go` changes the address. */
export function drawSidebar({ state, channel: open, go, meetApp }) {
  byId('team-name').textContent = state.team.name;
  const select = byId('person');
  const people = state.users.filter((user) => !user.isBot && !user.deleted);
  if (document.activeElement !== select) {
    select.replaceChildren(...people.map((user) => h('option', { value: user.id }, user.realName)));
    select.value = state.me;
  }
  const channels = state.channels
    .filter(({ kind }) => kind === 'public' || kind === 'private')
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const groups = state.channels.filter((channel) => channel.kind === 'mpim');
  const im = state.channels.find((channel) => channel.kind === 'im');
  const to = (channel, tab) => () => go({ channel: channel.id, thread: '', message: '', tab });
  keepingFocus(() =>
    byId('lists').replaceChildren(
      h('h2', {}, 'Channels'),
      h(
        'ul',
        {},
        channels.map((channel) =>
          entry(channel, { name: channel.name, open, mark: kindMark(channel), onclick: to(channel, '') }),
        ),
      ),
      ...(groups.length > 0 ? groupList(groups, { state, open, to }) : []),
      h('h2', {}, 'Apps'),
      h(
        'ul',
        {},
        im
          ? entry(im, {
              name: state.app.name,
              open,
              mark: appMark(),
              onclick: to(im, im.unread ? 'messages' : 'home'),
            })
          : h(
              'li',
              {},
              h('button', { type: 'button', onclick: meetApp }, appMark(), h('span', {}, state.app.name)),
            ),
      ),
    ),
  );
}

function entry(channel, { name, open, mark, onclick }) {
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: `${channel.unread ? 'unread' : ''} ${channel.archived ? 'archived' : ''}`,
        'aria-current': open?.id === channel.id ? 'page' : null,
        data: { key: `channel/${channel.id}` },
        onclick,
      },
      mark,
      h('span', {}, name),
      channel.unread
        ? h('span', { class: 'badge', 'aria-label': `${channel.unread} unread` }, String(channel.unread))
        : null,
    ),
  );
}

const groupList = (groups, { state, open, to }) => [
  h('h2', {}, 'Group conversations'),
  h(
    'ul',
    {},
    groups.map((channel) =>
      entry(channel, {
        name: nameOf(channel, state),
        open,
        mark: kindMark(channel),
        onclick: to(channel, ''),
      }),
    ),
  ),
];

/** What people call a conversation: a group by who else is in it. */
export function nameOf(channel, state) {
  if (channel.kind === 'im') return state.app.name;
  if (channel.kind !== 'mpim') return channel.name;
  const others = channel.members.filter((id) => id !== state.me);
  return others.map((id) => state.users.find((user) => user.id === id)?.realName ?? id).join(', ');
}

const appMark = () => h('span', { class: 'app-dot', 'aria-hidden': 'true' });
/** The sign before a channel's name. */
export const kindMark = (channel) => {
  if (channel.kind === 'private')
    return h('span', { class: 'mark lock', role: 'img', 'aria-label': 'private' });
  return h('span', { class: 'mark', 'aria-hidden': 'true' }, channel.kind === 'mpim' ? '＠' : '#');
};
