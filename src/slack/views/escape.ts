/** Characters that are never text: control (line feed and tab become spaces), bidi, zero-width, tags, selectors, fillers. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** No writing puts more marks on a letter; hundreds of them paint over the lines around it. */
const TOO_MANY_MARKS = /(\p{M}{4})\p{M}+/gu;
const SPACES = /[\t\n\r\u2028\u2029]+/g;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const ELLIPSIS = '…';
/** Word joiner: unseen, and keeps a styling character from being one. */
const JOINER = '\u2060';

/** The text on one line, without anything that hides, reorders or breaks it. Not yet escaped. */
export const clean = (text: string): string =>
  text
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(SPACES, ' ')
    .replace(UNSEEN, '')
    .replace(TOO_MANY_MARKS, '$1')
    .trim();

/** The text as Slack wants data: `&`, `<` and `>` as entities, so that no mention or link in it is alive. */
const escapeEntities = (text: string): string => text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);

/** The first colon of `:name:` (a sentence may end what stands at the end), unless it is a time's or a port's. */
const EMOJI = /:(?=[\p{L}\p{N}_+'-]{1,100}(?::|$))(?!(?<=\d:)\d\d:\d)(?!\d+$)/gu;
const BROADCAST = /@(?=(?:here|channel|everyone)(?![\p{L}\p{N}]))/giu;

/** Like `escapeEntities`, and styling signs, addresses, emoji names and `@here` show as they are written. */
const escapeStyling = (text: string): string =>
  breakNames(escapeEntities(text))
    // At the beginning of a line it makes a quotation, escaped or not.
    .replace(/^&gt;/, `${JOINER}&gt;`)
    .replace(/[*~`]/g, `${JOINER}$&${JOINER}`)
    // Between letters an underscore styles nothing; order references are full of them and must stay searchable.
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, `${JOINER}_${JOINER}`);

/** Emoji names, `@here` and addresses in escaped text show as they are written. */
const breakNames = (text: string): string =>
  text.replace(EMOJI, `:${JOINER}`).replace(BROADCAST, `@${JOINER}`).replaceAll('://', `:${JOINER}//`);

/** Escaped pieces put together: no piece was alive, and nothing comes alive where two of them meet. Links stay. */
export const inertAcross = (pieces: string): string =>
  pieces.replace(/<[^<>]*>|[^<]+/g, (part) => (part.startsWith('<') ? part : breakNames(part)));

/**
 * Source text for a plain_text object, at most `limit` characters as sent, cut between graphemes.
 *
 * Escape once, here: what comes out must not go through again.
 */
export const plain = (text: string, limit: number): string =>
  // Slack refuses an empty text object, and with it the whole message.
  shorten(clean(cap(text, limit)), limit, escapeEntities) || '(blank)';

/** Source text for mrkdwn and for fallback text, at most `limit` characters as sent, cut between graphemes. */
export const inert = (text: string, limit: number): string =>
  shorten(clean(cap(text, limit)), limit, escapeStyling);

/** Escaped text as it was meant, for where nothing is escaped: a terminal, a log. */
export const unescaped = (text: string): string =>
  text.replaceAll(JOINER, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** What somebody typed, to go on typing it: its lines stay, and nothing unseen is in it. Not escaped: inputs show what they hold. */
export const typed = (text: string, limit: number): string =>
  text
    .slice(0, limit)
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(UNSEEN, (sign) => (sign === '\n' ? sign : ''));

/** Source text for what Slack shows letter by letter (cells, labels of charts): nothing is escaped, no bracket is left. */
export const raw = (text: string, limit: number): string =>
  shorten(clean(cap(text, limit)), limit, withoutBrackets) || '–';

const withoutBrackets = (text: string): string => text.replaceAll('<', '‹').replaceAll('>', '›');

// Nothing beyond this can survive the cut; spares the segmenter a text of megabytes.
const cap = (text: string, limit: number): string => text.slice(0, limit * 4 + 64);

function shorten(text: string, limit: number, write: (text: string) => string): string {
  const whole = write(text);
  if (whole.length <= limit) return whole;
  const kept: string[] = [];
  // Nothing gets shorter by being written.
  let room = limit - ELLIPSIS.length;
  for (const { segment } of GRAPHEMES.segment(text)) {
    room -= segment.length;
    if (room < 0) break;
    kept.push(segment);
  }
  return write(longestFitting(kept, limit - ELLIPSIS.length, write).trimEnd()) + ELLIPSIS;
}

/** As many pieces as fit; found by halves, for what a sign takes depends on its neighbours and each look writes anew. */
function longestFitting(pieces: readonly string[], limit: number, write: (text: string) => string): string {
  const head = (count: number): string => pieces.slice(0, count).join('');
  let fits = 0;
  for (let step = pieces.length; step > 0; step = step === 1 ? 0 : Math.ceil(step / 2)) {
    while (fits + step <= pieces.length && write(head(fits + step)).length <= limit) fits += step;
  }
  return head(fits);
}

/** Already escaped text cut to a limit without halving an entity, a date token or a pair. */
export function cutEscaped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit - ELLIPSIS.length).replace(LONE_SURROGATE, '');
  return head.replace(/&[a-z]{0,4}$/, '').replace(/<[^>]*$/, '') + ELLIPSIS;
}
