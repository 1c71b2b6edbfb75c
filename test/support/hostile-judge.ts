import { messageProblems, viewProblems } from '../../src/local-slack/blocks/surfaces.ts';

/** What is wrong with a payload: what Slack would refuse, and what in it would be alive or unseen. */
export type Verdict = { readonly invalid: readonly string[]; readonly alive: readonly string[] };

/** A message (without a type), a modal or a Home. */
export type Payload = Readonly<Record<string, unknown>>;

const JOINER = '\u2060';
/** Control, format, bidi and zero-width characters, tags, selectors, fillers, halves of pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;
const TOKEN = /<[^<>]*>/g;
const EMOJI = /:(?:[\p{L}\p{N}_+'-]*[\p{L}_][\p{L}\p{N}_+'-]*|[+-]1|100):/u;
const BROADCAST = /@(?:here|channel|everyone)(?![\p{L}\p{N}])/iu;
const ADDRESS = /\p{L}:\/\/\S/u;
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt);)/;

/** Only the app reads these. */
const NOT_SHOWN = new Set(['type', 'value', 'block_id', 'action_id', 'callback_id', 'private_metadata']);
const VIEW_BYTES = 250_000;
/** What chat.update takes. */
const TEXT = 4_000;

type Shown = {
  readonly at: string;
  readonly as: 'mrkdwn' | 'plain' | 'joined' | 'raw' | 'typed' | 'loud';
  readonly text: string;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Every text of a payload that somebody sees, with how Slack reads it. */
function shownIn(value: unknown, at = ''): Shown[] {
  if (!isObject(value)) return [];
  const { type, text } = value;
  if (type === 'mrkdwn') return [{ at, as: value.verbatim === true ? 'mrkdwn' : 'loud', text: String(text) }];
  if (type === 'plain_text') {
    // A card that Slack refused is posted again as its fallback text, in a section.
    const as = value.emoji !== false ? 'loud' : /blocks\/\d+\/text$/.test(at) ? 'joined' : 'plain';
    return [{ at, as, text: String(text) }];
  }
  return Object.entries(value).flatMap(([key, part]): Shown[] => {
    if (NOT_SHOWN.has(key)) return [];
    if (typeof part !== 'string') return shownIn(part, `${at}/${key}`);
    if (key === 'initial_value') return [{ at: `${at}/${key}`, as: 'typed', text: part }];
    return [{ at: `${at}/${key}`, as: at === '' && key === 'text' ? 'mrkdwn' : 'raw', text: part }];
  });
}

const tokensIn = (text: string): string[] => text.match(TOKEN) ?? [];

/** A link that somebody typed as evidence: to https, and what is read is the host it leads to. */
function isHonestLink(token: string): boolean {
  const [, target = '', label = ''] = /^<(https:[^|\s]+)\|([^|]+)>$/.exec(token) ?? [];
  const address = target.replaceAll('&amp;', '&');
  const shown = label.replaceAll(JOINER, '').replaceAll('&amp;', '&').replace(/…$/, '');
  return URL.canParse(address) && shown !== '' && new URL(address).host.startsWith(shown);
}

/** A text decides how many lines there are, and so which of the dates that were given can be seen. */
function isOwnDate(token: string, { instants }: Own): boolean {
  const seconds = /^<!date\^(\d+)\^\{date_short_pretty\} \{time\}\|[^<>|^]+>$/.exec(token)?.[1];
  return seconds !== undefined && instants.has(Number(seconds));
}

/** What is wrong with mrkdwn once the view's own tokens are out of it. */
function troubleOfMrkdwn(text: string, own: Own): string | undefined {
  const foreign = tokensIn(text).find(
    (token) => !own.tokens.has(token) && !isOwnDate(token, own) && !(own.hasLinks && isHonestLink(token)),
  );
  if (foreign !== undefined) return `live ${foreign}`;
  const rest = text.replace(TOKEN, '');
  if (/[<>]/.test(rest)) return 'a bracket';
  if (BARE_AMPERSAND.test(rest)) return 'a bare &';
  if (UNSEEN.test(rest.replaceAll(JOINER, '').replaceAll('\n', ''))) return 'an unseen character';
  if (EMOJI.test(rest)) return 'an emoji';
  if (BROADCAST.test(rest)) return 'a broadcast';
  if (ADDRESS.test(own.addresses.reduce((left, address) => left.replaceAll(address, ''), rest)))
    return 'an address';
  return undefined;
}

function troubleOfPlain(text: string): string | undefined {
  if (/[<>]/.test(text)) return 'a bracket';
  return UNSEEN.test(text) ? 'an unseen character' : undefined;
}

const TROUBLES = {
  mrkdwn: troubleOfMrkdwn,
  joined: (text) => troubleOfPlain(text.replaceAll(JOINER, '').replaceAll('\n', '')),
  plain: troubleOfPlain,
  raw: troubleOfPlain,
  loud: () => 'Slack looking for names, addresses and emoji',
  typed: (text) => (UNSEEN.test(text.replaceAll('\n', '')) ? 'an unseen character' : undefined),
} satisfies Record<Shown['as'], (text: string, own: Own) => string | undefined>;

/** What the view itself writes: its tokens and addresses, known from a rendering with harmless texts. */
export type Own = {
  readonly tokens: ReadonlySet<string>;
  readonly addresses: readonly string[];
  /** Instants that it was given, in seconds. */
  readonly instants: ReadonlySet<number>;
  /** Whether somebody's address may be a link in it. */
  readonly hasLinks: boolean;
};

export function ownOf(harmless: Payload, given: Pick<Own, 'instants' | 'hasLinks'>): Own {
  const texts = shownIn(harmless).map(({ text }) => text);
  const addresses = texts.flatMap((text) => text.replace(TOKEN, '').match(/https?:\/\/[^\s<>|]+/g) ?? []);
  return { tokens: new Set(texts.flatMap(tokensIn)), addresses: [...new Set(addresses)], ...given };
}

function refusedBySlack(payload: Payload): string[] {
  const { type, text } = payload;
  if (type === undefined) {
    const problems = messageProblems(payload.blocks).map(({ message, pointer }) => `${pointer} ${message}`);
    const length = [...String(text ?? '')].length;
    if (length === 0 || length > TEXT) problems.push(`/text has ${length} characters`);
    return problems;
  }
  const kind = type === 'home' ? 'home' : 'modal';
  const problems = viewProblems(payload, [kind]).map(({ message, pointer }) => `${pointer} ${message}`);
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  if (bytes > VIEW_BYTES) problems.push(`the view has ${bytes} bytes`);
  return problems;
}

/** Judges a payload as Slack and a reader would; `own` is what the view writes with harmless texts in its place. */
export function judge(payload: Payload, own: Own): Verdict {
  const alive = shownIn(payload).flatMap(({ at, as, text }) => {
    const trouble = TROUBLES[as](text, own);
    return trouble === undefined ? [] : [`${at}: ${trouble} in ${JSON.stringify(text.slice(0, 300))}`];
  });
  return { invalid: refusedBySlack(payload), alive };
}
