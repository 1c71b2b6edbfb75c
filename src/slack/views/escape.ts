/** Characters that are never text: control (line feed and tab become spaces), bidi, zero-width, tags, halves of pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const SPACES = /[\t\n\r\u2028\u2029]+/g;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const ELLIPSIS = '…';
/** Word joiner: unseen, and keeps a styling character from being one. */
const JOINER = '\u2060';

/** The text on one line, without anything that hides, reorders or breaks it. Not yet escaped. */
export const clean = (text: string): string =>
  text.replace(LONE_SURROGATE, '\ufffd').replace(SPACES, ' ').replace(UNSEEN, '').trim();

/** The text as Slack wants data: `&`, `<` and `>` as entities, so that no mention or link in it is alive. */
const escapeEntities = (text: string): string => text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);

/** Like `escapeEntities`, and styling signs and addresses show as they are written. */
const escapeStyling = (text: string): string =>
  escapeEntities(text)
    .replace(/[*~`]/g, `${JOINER}$&${JOINER}`)
    // Between letters an underscore styles nothing; order references are full of them and must stay searchable.
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, `${JOINER}_${JOINER}`)
    .replaceAll('://', `:${JOINER}//`);

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

// Nothing beyond this can survive the cut; spares the segmenter a text of megabytes.
const cap = (text: string, limit: number): string => text.slice(0, limit * 4 + 64);

function shorten(text: string, limit: number, write: (text: string) => string): string {
  const whole = write(text);
  if (whole.length <= limit) return whole;
  const kept: string[] = [];
  let length = ELLIPSIS.length;
  for (const { segment } of GRAPHEMES.segment(text)) {
    length += write(segment).length;
    if (length > limit) break;
    kept.push(segment);
  }
  // A sign that styles only beside its neighbours was not counted yet.
  while (write(kept.join('')).length > limit - ELLIPSIS.length) kept.pop();
  return write(kept.join('').trimEnd()) + ELLIPSIS;
}

/** Already escaped text cut to a limit without halving an entity, a date token or a pair. */
export function cutEscaped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit - ELLIPSIS.length).replace(LONE_SURROGATE, '');
  return head.replace(/&[a-z]{0,4}$/, '').replace(/<[^>]*$/, '') + ELLIPSIS;
}
