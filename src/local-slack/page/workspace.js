import { ask, h, toast } from './dom.js';

const administer = (name, body = {}) =>
  ask('POST', `admin/${name}`, body).catch((error) => toast(error.message));

const button = (key, words, act, kind = '') =>
  h('button', { type: 'button', class: `button ${kind}`, data: { key }, onclick: act }, words);

/** What administrators do to the open channel, the people and the app; Slack tells the app of each. */
export function drawWorkspace(state, channel) {
  return h(
    'section',
    { class: 'admin' },
    h('h3', {}, 'Administration'),
    h('p', { class: 'note' }, 'What happens to a real workspace. The app is told where it subscribed.'),
    channel.kind === 'public' || channel.kind === 'private' ? channelActs(state, channel) : null,
    peopleActs(state),
    appActs(state),
  );
}

function channelActs(state, channel) {
  const name = h('input', { type: 'text', value: channel.name, 'aria-label': 'New name of the channel' });
  name.dataset.key = 'admin/new-name';
  const rename = h(
    'form',
    { class: 'inline' },
    name,
    h('button', { type: 'submit', class: 'button' }, 'Rename'),
  );
  rename.addEventListener('submit', (event) => {
    event.preventDefault();
    void administer('rename', { channel: channel.id, name: name.value.trim() });
  });
  const act = (verb) => () => administer(verb, { channel: channel.id });
  return h(
    'fieldset',
    {},
    h('legend', {}, `#${channel.name}`),
    rename,
    channel.archived
      ? button('admin/archive', 'Unarchive', act('unarchive'))
      : button('admin/archive', 'Archive', act('archive')),
    channel.isAppMember
      ? button('admin/member', `Remove ${state.app.name}`, act('remove'))
      : button('admin/member', `Invite ${state.app.name}`, act('invite')),
  );
}

function peopleActs(state) {
  const people = state.users.filter((user) => !user.isBot && user.id !== state.me);
  const select = h(
    'select',
    { 'aria-label': 'Person', data: { key: 'admin/person' } },
    people.map((user) =>
      h('option', { value: user.id }, user.deleted ? `${user.realName} (deactivated)` : user.realName),
    ),
  );
  select.value = chosen && people.some(({ id }) => id === chosen) ? chosen : (people[0]?.id ?? '');
  select.addEventListener('change', () => {
    chosen = select.value;
  });
  const change = (verb) => () => administer(verb, { user: select.value });
  return h(
    'fieldset',
    {},
    h('legend', {}, 'People'),
    select,
    button('admin/deactivate', 'Deactivate', change('deactivate')),
    button('admin/reactivate', 'Reactivate', change('reactivate')),
  );
}
let chosen;

function appActs(state) {
  const { refused, name } = state.app;
  return h(
    'fieldset',
    {},
    h('legend', {}, name),
    refused
      ? [
          h('p', { class: 'note' }, `Every call is answered ${refused}.`),
          button('admin/token', 'Install again', () => administer('restore')),
        ]
      : [
          button('admin/token', 'Revoke the token', () => administer('revoke'), 'danger'),
          button('admin/uninstall', 'Uninstall', () => administer('revoke', { uninstall: true }), 'danger'),
        ],
  );
}
