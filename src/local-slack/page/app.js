import { actsOf } from './acts.js';
import { pointToAnswers } from './answers.js';
import { drawBlocks } from './blocks.js';
import { asWritten, composer } from './composer.js';
import { ask, byId, h, keepingFocus, toast } from './dom.js';
import { drawFaults } from './faults.js';
import { menu } from './menu.js';
import { drawMessages } from './messages.js';
import { showViews } from './modal.js';
import { drawSidebar, kindMark, nameOf } from './sidebar.js';
import { drawWorkspace } from './workspace.js';

let state = null;
let stream = null;
const notices = new Map();

/** Where the page is: kept in the address, so that two tabs can be two people. */
const place = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
function go(changes) {
  const next = new URLSearchParams({ ...place(), ...changes });
  for (const [key, value] of [...next]) if (value === '' || value === 'undefined') next.delete(key);
  location.hash = next.toString();
}

const attempt = (work) => work.catch((error) => toast(error.message));
const me = () => state.users.find((user) => user.id === state.me);
const currentChannel = () => state.channels.find((c) => c.id === place().channel) ?? state.channels[0];
const isHome = () => place().tab === 'home' && currentChannel()?.kind === 'im';

const lists = () => ({
  me: state.me,
  users: state.users,
  channels: state.channels,
  usergroups: state.usergroups,
  shortcuts: state.app.shortcuts,
  zone: me().tz,
  sealed: me().tz,
  notices,
});

function setNotice(ts, notice) {
  if (notice) notices.set(ts, notice);
  else if (!notices.delete(ts)) return;
  void attempt(loadMessages());
}

const acts = actsOf({ me: () => state.me, setNotice, go });
const contextFor = (extra = {}) => ({ ...lists(), ...acts, ...extra });

/** The direct conversation with the app comes into being when its Home is first opened. */
async function meetApp() {
  await attempt(ask('POST', 'home', { as: state.me }));
  await loadState();
  const im = state.channels.find((channel) => channel.kind === 'im');
  if (im) go({ channel: im.id, tab: 'home', thread: '' });
}

function drawBar() {
  const channel = currentChannel();
  const app = channel.kind === 'im';
  const called = nameOf(channel, state);
  byId('channel-name').replaceChildren(...(app ? [called] : [kindMark(channel), called]));
  const names = channel.members
    .map((id) => state.users.find((user) => user.id === id)?.realName)
    .filter(Boolean);
  byId('channel-about').textContent = app
    ? 'Your own conversation with the app'
    : `${channel.archived ? 'Archived. ' : ''}${names.length} members`;
  byId('channel-about').title = names.join(', ');
  const tab = (name, label) =>
    h(
      'button',
      {
        type: 'button',
        'aria-pressed': String(name === 'home' ? isHome() : !isHome()),
        data: { key: `tab/${name}` },
        onclick: () => go({ tab: name }),
      },
      label,
    );
  byId('tabs').hidden = !app;
  keepingFocus(() => byId('tabs').replaceChildren(tab('home', 'Home'), tab('messages', 'Messages')));
  const address = channel.kind === 'im' || channel.kind === 'mpim' ? called : `#${called}`;
  const box = byId('composer-text');
  box.disabled = channel.archived;
  box.placeholder = channel.archived
    ? 'This channel is archived: nobody can write in it'
    : `Message ${address}, or type / for a command`;
  byId('home').hidden = !isHome();
  byId('messages').hidden = isHome();
  byId('composer').hidden = isHome();
  const unread = state.channels.reduce((sum, each) => sum + each.unread, 0);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${address} · ${me().realName} · Local Slack`;
  drawShortcuts();
}

/** What the app can do from anywhere, beside the message box. */
function drawShortcuts() {
  const offered = state.app.shortcuts.filter(({ kind }) => kind === 'global');
  const actions = offered.map((shortcut) => ({
    words: shortcut.name,
    act: () => acts.useShortcut(shortcut),
  }));
  const label = `Shortcuts of ${state.app.name}`;
  // Drawn anew with every message, a menu would close under the hand that has just opened it.
  const drawn = JSON.stringify([label, offered]);
  if (byId('shortcuts').dataset.drawn === drawn) return;
  byId('shortcuts').dataset.drawn = drawn;
  keepingFocus(() =>
    byId('shortcuts').replaceChildren(
      ...(actions.length > 0 ? [menu({ label, face: '⚡', kind: 'up', key: 'shortcuts' }, actions)] : []),
    ),
  );
}

function drawHome() {
  const { home } = state;
  const context = contextFor({
    act: acts.actInHome,
    suggest: (element, block, query) => acts.suggestAt({ home: true }, element, block, query),
    key: 'home',
  });
  keepingFocus(() =>
    byId('home').replaceChildren(
      ...(home
        ? drawBlocks(home.blocks, context)
        : [h('p', { class: 'note' }, `${state.app.name} has not shown anything here yet.`)]),
    ),
  );
}

async function loadMessages() {
  const channel = currentChannel();
  if (!channel || isHome()) return;
  const found = await ask('GET', `messages?as=${state.me}&channel=${channel.id}`);
  if (currentChannel()?.id !== found.channel) return;
  drawMessages(byId('messages'), found.messages, contextFor());
  pointToAnswers(byId('messages'), { ...found, me: state.me });
  const last = found.messages.at(-1);
  if (last && channel.unread > 0 && document.visibilityState === 'visible') {
    await ask('POST', 'read', { as: state.me, channel: channel.id, ts: last.ts });
    await loadState();
  }
  showTarget();
}

/** Brings the message of a permalink into view, once. */
function showTarget() {
  const { message } = place();
  const item = message && byId('messages').querySelector(`[data-ts="${CSS.escape(message)}"]`);
  if (!item) return;
  item.scrollIntoView({ block: 'center' });
  item.classList.add('found');
  go({ message: '' });
}

async function loadThread() {
  const { thread } = place();
  byId('thread').hidden = !thread;
  byId('layout').classList.toggle('with-thread', Boolean(thread));
  if (!thread) return;
  const found = await ask('GET', `messages?as=${state.me}&channel=${currentChannel().id}&thread=${thread}`);
  drawMessages(byId('thread-messages'), found.messages, contextFor({ inThread: true }));
}

async function loadState() {
  const asked = place().as ?? state?.me ?? byId('person').value;
  state = await ask('GET', `state?as=${asked}`);
  drawSidebar({ state, channel: currentChannel(), go, meetApp });
  drawBar();
  drawFaults(state.faults, drawWorkspace(state, currentChannel()));
  showViews(state.views, contextFor());
  if (isHome()) drawHome();
}

/** One reload at a time; changes that come meanwhile ask for one more. */
let loading = null; // the reload under way
let again = false;
function refresh() {
  if (loading !== null) {
    again = true;
    return loading;
  }
  loading = (async () => {
    do {
      again = false;
      await attempt(loadState().then(() => Promise.all([loadMessages(), loadThread()])));
    } while (again);
    loading = null;
  })();
  return loading;
}

function listen() {
  stream?.close();
  stream = new EventSource(`/local/events?as=${state.me}`);
  stream.onopen = () => void refresh();
  stream.onmessage = ({ data }) => {
    const change = JSON.parse(data);
    if (change.kind === 'notice') {
      if (change.ts) setNotice(change.ts, change);
      else toast(change.text, change.detail);
    } else void refresh();
  };
}

async function moved() {
  const before = state.me;
  const { as } = place();
  if (as && as !== before) {
    byId('messages').replaceChildren();
    byId('thread-messages').replaceChildren();
    byId('toasts').replaceChildren(); // they were told to somebody else
    notices.clear();
  }
  await refresh();
  if (state.me !== before) listen();
  if (isHome() && lastHome !== `${state.me}`) {
    lastHome = state.me;
    await attempt(ask('POST', 'home', { as: state.me }));
  }
  if (!isHome()) lastHome = '';
}
let lastHome = '';

async function send(text, threadTs) {
  const channel = currentChannel().id;
  const command = /^(\/[\w-]+)(?:\s+([\s\S]*))?$/.exec(text);
  if (!command)
    return ask('POST', 'message', {
      as: state.me,
      channel,
      text: asWritten(text, state),
      ...(threadTs ? { threadTs } : {}),
    });
  return ask('POST', 'slash', {
    as: state.me,
    channel,
    command: command[1],
    text: (command[2] ?? '').trim(),
  });
}

/** Alt and an arrow go to the next conversation of the list, as on Slack. */
function stepTo(step) {
  const all = [...byId('lists').querySelectorAll('button')];
  const here = all.findIndex((button) => button.hasAttribute('aria-current'));
  all[(here + step + all.length) % all.length]?.click();
}

async function start() {
  const people = await ask('GET', 'people');
  byId('person').replaceChildren(...people.map((user) => h('option', { value: user.id }, user.realName)));
  if (!people.some((user) => user.id === place().as)) {
    history.replaceState(null, '', `#${new URLSearchParams({ ...place(), as: people[0].id })}`);
  }
  await loadState();
  byId('person').addEventListener('change', (event) => {
    event.target.blur();
    go({
      as: event.target.value,
      thread: '',
      channel: currentChannel()?.kind === 'im' ? '' : place().channel,
    });
    byId('person').focus();
  });
  // A scrolling list must be reachable by keyboard also when nothing in it can be focused.
  for (const id of ['messages', 'thread-messages', 'home']) byId(id).tabIndex = 0;
  byId('thread-close').addEventListener('click', () => go({ thread: '' }));
  byId('faults-toggle').addEventListener('click', (event) => {
    const open = byId('faults').hidden;
    byId('faults').hidden = !open;
    byId('layout').classList.toggle('with-faults', open);
    event.currentTarget.setAttribute('aria-expanded', String(open));
  });
  const mentionable = () => state.users.filter((user) => !user.deleted && user.id !== state.me);
  composer(byId('composer'), {
    send: (text) => attempt(send(text)),
    commands: () => state.app.commands,
    people: mentionable,
  });
  composer(byId('thread-composer'), {
    send: (text) => attempt(send(text, place().thread)),
    people: mentionable,
  });
  addEventListener('hashchange', () => void moved());
  addEventListener('keydown', (event) => {
    if (document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape' && place().thread) go({ thread: '' });
    const step = event.altKey && { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) stepTo(step);
  });
  byId('beside').hidden = window.top !== window; // a window of that page already
  listen();
  await moved();
}

start().catch((error) => toast('The local Slack could not be loaded.', error.message));
