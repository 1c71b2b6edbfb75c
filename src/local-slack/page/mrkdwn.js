import { h } from './dom.js';

const EMOJI = {
  warning: '⚠️',
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  rotating_light: '🚨',
  eyes: '👀',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_orange_circle: '🟠',
  red_circle: '🔴',
  large_blue_circle: '🔵',
  white_circle: '⚪',
  black_circle: '⚫',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  alarm_clock: '⏰',
  clock3: '🕒',
  stopwatch: '⏱️',
  moneybag: '💰',
  money_with_wings: '💸',
  credit_card: '💳',
  receipt: '🧾',
  lock: '🔒',
  unlock: '🔓',
  key: '🔑',
  bell: '🔔',
  no_bell: '🔕',
  mag: '🔍',
  memo: '📝',
  clipboard: '📋',
  bar_chart: '📊',
  chart_with_upwards_trend: '📈',
  chart_with_downwards_trend: '📉',
  calendar: '📅',
  date: '📅',
  inbox_tray: '📥',
  outbox_tray: '📤',
  package: '📦',
  link: '🔗',
  paperclip: '📎',
  pushpin: '📌',
  round_pushpin: '📍',
  bulb: '💡',
  information_source: 'ℹ️',
  question: '❓',
  exclamation: '❗',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  octagonal_sign: '🛑',
  construction: '🚧',
  rocket: '🚀',
  tada: '🎉',
  sparkles: '✨',
  fire: '🔥',
  zap: '⚡',
  thumbsup: '👍',
  '+1': '👍',
  thumbsdown: '👎',
  '-1': '👎',
  wave: '👋',
  raised_hand: '✋',
  raising_hand: '🙋',
  handshake: '🤝',
  pray: '🙏',
  clap: '👏',
  muscle: '💪',
  point_right: '👉',
  arrow_right: '➡️',
  arrow_left: '⬅️',
  arrow_up: '⬆️',
  arrow_down: '⬇️',
  arrows_counterclockwise: '🔄',
  repeat: '🔁',
  recycle: '♻️',
  back: '🔙',
  new: '🆕',
  ok: '🆗',
  sos: '🆘',
  star: '⭐',
  dart: '🎯',
  shield: '🛡️',
  scales: '⚖️',
  books: '📚',
  book: '📖',
  file_folder: '📁',
  robot_face: '🤖',
  gear: '⚙️',
  wrench: '🔧',
  hammer_and_wrench: '🛠️',
  broom: '🧹',
  coffee: '☕',
  sleeping: '😴',
  zzz: '💤',
  smile: '😄',
  slightly_smiling_face: '🙂',
  thinking_face: '🤔',
  bust_in_silhouette: '👤',
  busts_in_silhouette: '👥',
  speech_balloon: '💬',
  thread: '🧵',
  ballot_box_with_check: '☑️',
  heavy_plus_sign: '➕',
  heavy_minus_sign: '➖',
  small_red_triangle: '🔺',
  small_blue_diamond: '🔹',
  small_orange_diamond: '🔸',
};

export const emoji = (name) => EMOJI[name] ?? `:${name}:`;

const unescaped = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const withEmoji = (text) => text.replaceAll(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);

/** Plain text as Slack shows it. */
export const plainText = (text, useEmoji = true) => unescaped(useEmoji ? withEmoji(text) : text);

/** Slack's mrkdwn as nodes. `context` has `users`, `channels`, `usergroups`, `zone`. */
export function mrkdwn(text, context) {
  const pieces = text.split(/```\n?/);
  return pieces.flatMap((piece, index) => {
    const isCode = index % 2 === 1 && index < pieces.length - (pieces.length % 2 === 0 ? 1 : 0);
    if (isCode) return [h('pre', {}, unescaped(piece.replace(/\n$/, '')))];
    return lines(piece, context);
  });
}

function lines(text, context) {
  const nodes = [];
  let quote = null;
  text.split('\n').forEach((line, index) => {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      if (quote) quote.append(h('br'));
      else {
        quote = h('blockquote');
        nodes.push(quote);
      }
      quote.append(...inline(quoted[1], context));
      return;
    }
    if (index > 0 && !quote) nodes.push(h('br'));
    quote = null;
    nodes.push(...inline(line, context));
  });
  return nodes;
}

const MARKS = { '*': 'strong', _: 'em', '~': 's' };
const isWord = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

function inline(text, context) {
  const nodes = [];
  let plain = '';
  const flush = () => {
    if (plain) nodes.push(unescaped(withEmoji(plain)));
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const found = codeAt(text, at) ?? referenceAt(text, at, context) ?? markAt(text, at, context);
    if (!found) {
      plain += text[at];
      at += 1;
      continue;
    }
    flush();
    nodes.push(found.node);
    at = found.end;
  }
  flush();
  return nodes;
}

function codeAt(text, at) {
  if (text[at] !== '`') return null;
  const end = text.indexOf('`', at + 1);
  return end > at + 1 ? { node: h('code', {}, unescaped(text.slice(at + 1, end))), end: end + 1 } : null;
}

function referenceAt(text, at, context) {
  if (text[at] !== '<') return null;
  const end = text.indexOf('>', at);
  return end > at + 1 ? { node: reference(text.slice(at + 1, end), context), end: end + 1 } : null;
}

function markAt(text, at, context) {
  const tag = MARKS[text[at]];
  if (!tag || isWord(text[at - 1]) || /\s/.test(text[at + 1] ?? ' ')) return null;
  for (let end = text.indexOf(text[at], at + 2); end !== -1; end = text.indexOf(text[at], end + 1)) {
    if (/\s/.test(text[end - 1]) || isWord(text[end + 1])) continue;
    return { node: h(tag, {}, inline(text.slice(at + 1, end), context)), end: end + 1 };
  }
  return null;
}

/** What stands between angle brackets: a person, a channel, a date, a link. */
function reference(inside, context) {
  const [target, ...labels] = inside.split('|');
  const label = labels.join('|');
  if (target.startsWith('@')) return mention(`@${nameOf(context.users, target.slice(1), 'handle')}`);
  if (target.startsWith('#')) return mention(`#${nameOf(context.channels, target.slice(1), 'name')}`);
  if (target.startsWith('!subteam^')) {
    return mention(`@${nameOf(context.usergroups, target.split('^')[1], 'handle')}`);
  }
  if (target.startsWith('!date^')) return date(target.slice(6).split('^'), label, context.zone);
  if (target.startsWith('!')) return mention(`@${target.slice(1)}`);
  return link(target, label);
}

const mention = (text) => h('span', { class: 'mention' }, text);
const nameOf = (list, id, field) => list.find((item) => item.id === id)?.[field] ?? id;

/** A link, when its address is one that a browser may open from here; else its words. */
export function link(address, label) {
  const words = unescaped(label || address.replace(/^mailto:/, ''));
  if (!/^(https?:|mailto:)/i.test(address)) return document.createTextNode(words);
  return h('a', { href: unescaped(address), target: '_blank', rel: 'noreferrer noopener' }, words);
}

const DATE_STYLES = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hour12: false },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false },
  day_divider_pretty: { weekday: 'long', month: 'long', day: 'numeric' },
};

function date([unix, format = '{date} {time}', address], fallback, zone) {
  const at = new Date(Number(unix) * 1000);
  if (Number.isNaN(at.getTime())) return document.createTextNode(unescaped(fallback));
  const words = formatDate(at, format, zone);
  const time = h('time', { datetime: at.toISOString(), title: `${at.toISOString()} (${zone})` }, words);
  return address ? h('a', { href: address, target: '_blank', rel: 'noreferrer noopener' }, time) : time;
}

/** Slack's date tokens in words, for a zone. */
export function formatDate(at, format, zone) {
  return format.replaceAll(/\{(\w+)\}/g, (whole, token) => {
    if (token === 'ago') return ago(at);
    const style = DATE_STYLES[token] ?? DATE_STYLES[token.replace(/_pretty$/, '')];
    if (!style) return whole;
    if (token.endsWith('_pretty')) {
      const near = nearDay(at, zone);
      if (near) return near;
    }
    const locale = token === 'date_num' ? 'sv-SE' : 'en-US';
    return new Intl.DateTimeFormat(locale, { ...style, timeZone: zone }).format(at);
  });
}

const dayIn = (at, zone) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at);

function nearDay(at, zone) {
  const away = (Date.parse(dayIn(at, zone)) - Date.parse(dayIn(Date.now(), zone))) / 86_400_000;
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[away];
}

function ago(at) {
  const seconds = (at.getTime() - Date.now()) / 1000;
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat('en').format(Math.round(seconds / size), unit);
}
