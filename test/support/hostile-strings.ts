/** A seeded source of numbers from 0 up to 1: the same seed gives the same numbers. */
export type Dice = () => number;

/** mulberry32. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pickOf = <T>(from: readonly T[], dice: Dice): T => from[Math.floor(dice() * from.length)] as T;

/** What a source may send and a chat must not obey, by what it tries. */
const BITS = {
  mention: [
    '<!channel>',
    '<!here|here>',
    '<!everyone>',
    '<@U0TIEOUT>',
    '<@W123|ana>',
    '<#C0MEDIAOPS>',
    '<#C1|general>',
    '<!subteam^S123>',
    '<!subteam^S1|@ops>',
    '<!date^0^{date}|x>',
    '<!date^1700000000^{date_short_pretty} {time}|now>',
    '@here',
    '@channel',
    '@everyone',
    '＠here',
    '<<!here>>',
    '<!he\u200bre>',
    '<\u202e!here>',
  ],
  link: [
    '<https://evil.example|Invoice>',
    '<http://x|y>',
    '<mailto:a@evil.example|Ana>',
    '<tel:+1555|call>',
    'https://evil.example/a?b=c&d',
    'http://10.0.0.1/',
    'ana@evil.example',
    '+1 (555) 010-0100',
    '192.168.0.1:8080',
    'javascript:alert(1)',
    '[Invoice](https://evil.example)',
    '//evil.example',
    'evil.example/x',
  ],
  escape: [
    '&lt;!here&gt;',
    '&amp;lt;!here&amp;gt;',
    '&amp;',
    '%3C!here%3E',
    '&',
    '<',
    '>',
    '>>> quote',
    '&#60;',
  ],
  style: [
    '*bold*',
    '_it_',
    '~gone~',
    '`code`',
    '```',
    '\n> quote',
    '* item',
    '1. one',
    '# head',
    '| a | b |',
    '***',
    '__',
  ],
  emoji: [':rotating_light:', ':white_check_mark:', ':+1::skin-tone-3:', '👩‍👩‍👧‍👦', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', '🇩🇪'],
  unseen: [
    '\u0000',
    '\u0007\u001b[31m',
    '\u007f\u009b',
    '\u202egnp.exe',
    '\u202a\u202b\u202c\u202d',
    '\u2066\u2067\u2068\u2069',
    '\u200e\u200f\u061c',
    '\u200b\u200c\u200d\u2060\ufeff',
    '\u00ad',
    '\u034f',
    '\u115f\u1160\u3164\uffa0',
    '\u17b4\u17b5\u180e',
    '\u2028\u2029\u0085',
    '\ufe00\ufe0f',
    '\u{e0001}\u{e0041}\u{e007f}',
    '\u{e0100}\u{e01ef}',
    '\u{1d173}\u{1bca0}',
    '\ufff9\ufffa\ufffb',
  ],
  broken: ['\ud83d', '\udc00', '\ud83d\ud83d', '\udc00\ud83d', '\ufffe', '\uffff', '\u{10ffff}', '\ue000'],
  space: [' ', '   ', '\t', '\n', '\r\n', '\u00a0', '\u3000', '\u2003', '\n\n\n'],
  script: ['שלום', 'مرحبا', '日本語', '𝕋𝕚𝕖', 'e\u0301\u0301\u0301', 'ﷺ', 'ß', 'İ', 'ﬁ', 'ไก่', 'नि'],
  injection: [
    '{"v":1}',
    '"}],"blocks":[]',
    '<script>alert(1)</script>',
    "'; drop table exception; --",
    '=cmd|"/c calc"!A1',
    '@SUM(1)',
    '__proto__',
    'constructor',
    'toString',
    '${7*7}',
    '{{7*7}}',
    '%s%n',
    '$&$1',
    '../../etc/passwd',
    'undefined',
    'null',
    'NaN',
    '-1',
    '1e999',
  ],
} as const satisfies Record<string, readonly string[]>;

const ALL: readonly string[] = Object.values(BITS).flat();

/** Slack's limits and this project's own: text that is as long as one of them, one less or one more, once escaped. */
const EDGES = [
  20, 24, 60, 75, 100, 150, 200, 255, 300, 500, 600, 1_000, 1_500, 2_000, 2_500, 2_900, 3_000, 3_900,
];
/** What one sign takes when it is sent. */
const GROWN = { '&': 5, '<': 4, '>': 4, '*': 3, x: 1, '😀': 2 } as const;

function edge(dice: Dice): string {
  const length = pickOf(EDGES, dice) + pickOf([-1, 0, 1], dice);
  const [sign, size] = pickOf(Object.entries(GROWN), dice);
  const count = dice() < 0.5 ? 1 : Math.floor(length / size);
  return 'x'.repeat(length - count * size) + sign.repeat(count);
}

function unicode(dice: Dice): string {
  const length = Math.floor(dice() * 40);
  const unit = (): string => String.fromCodePoint(Math.floor(dice() * (dice() < 0.7 ? 0x3000 : 0x110000)));
  return Array.from({ length }, unit).join('');
}

const KINDS: readonly ((dice: Dice) => string)[] = [
  (dice) => pickOf(ALL, dice),
  (dice) => pickOf(ALL, dice),
  (dice) => Array.from({ length: 2 + Math.floor(dice() * 6) }, () => pickOf(ALL, dice)).join(''),
  (dice) => Array.from({ length: 2 + Math.floor(dice() * 6) }, () => pickOf(ALL, dice)).join(' '),
  (dice) => `${pickOf(ALL, dice)}Invoice 4711${pickOf(ALL, dice)}`,
  unicode,
  unicode,
  edge,
  edge,
];

/** Dear to render, and one in fifty is enough. */
const LONG: readonly ((dice: Dice) => string)[] = [
  (dice) => 'x'.repeat(20_000) + pickOf(ALL, dice),
  (dice) => pickOf(ALL, dice).repeat(3_000).slice(0, 20_000),
  (dice) => `a${pickOf(['\u0301', '\u0489', '\u20dd', '\u0e49'], dice).repeat(5_000)}b`,
  (dice) => Array.from({ length: 400 }, () => pickOf(ALL, dice)).join(''),
];

/** As many hostile texts as asked for: every bit first, and nothing at all, then what the seed makes of them. */
export function hostileStrings(count: number, seed: number): string[] {
  const dice = diceOf(seed);
  const made = (index: number): string =>
    (index % 50 === 49 ? pickOf(LONG, dice) : pickOf(KINDS, dice))(dice);
  return ['', ...ALL, ...Array.from({ length: count }, (_, index) => made(index))].slice(0, count);
}
