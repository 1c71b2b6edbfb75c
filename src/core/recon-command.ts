import { parseExceptionLabel } from './ids.ts';
import { LIVE_STATUSES, STATUSES, type Status } from './lifecycle.ts';
import { type AmountFormat, parseAmount } from './money.ts';
import { nearestWord } from './nearest-word.ts';
import { accept, type Result, refuse } from './result.ts';
import type { WorkFilter } from './work.ts';

/** What somebody asks with `/recon`. */
export type ReconCommand =
  | { readonly verb: 'status' | 'mine' | 'sla' | 'run' | 'help' }
  /** `isProof`: not its end alone, the whole chain is walked. */
  | { readonly verb: 'audit'; readonly isProof: boolean }
  | { readonly verb: 'doctor' }
  | { readonly verb: 'list'; readonly filter: WorkFilter; readonly bare: readonly string[] }
  | { readonly verb: 'show'; readonly number: number }
  | { readonly verb: 'order' | 'who-owns'; readonly orderRef: string }
  | { readonly verb: 'holds'; readonly text: string | undefined }
  | { readonly verb: 'quarantine'; readonly feed: string | undefined }
  | { readonly verb: 'report'; readonly team: string | undefined }
  | { readonly verb: 'rules'; readonly reconciliation: string | undefined };

export type ReconVerb = ReconCommand['verb'];

/** The filters of a list that take a value. */
export const FILTER_KEYS = [
  'status',
  'type',
  'team',
  'owner',
  'client',
  'order',
  'amount',
  'min',
  'max',
] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];

/** What was typed and is none, with the known word that is near to it. */
type Unknown = { readonly typed: string; readonly near: string | undefined };

/** Why a command was not understood; the words say what to type instead. What was typed is not yet escaped. */
export type ReconRefusal =
  | { readonly code: 'too_long'; readonly limit: number }
  | ({ readonly code: 'unknown_verb' } & Unknown)
  | { readonly code: 'nothing_after'; readonly verb: ReconVerb }
  | { readonly code: 'which_order'; readonly verb: ReconVerb }
  | { readonly code: 'which_exception' | 'one_feed' | 'crossed_amounts' | 'only_verify' }
  | ({ readonly code: 'not_a_filter' } & Unknown)
  | ({ readonly code: 'unknown_filter' } & Unknown)
  | { readonly code: 'empty_filter' | 'repeated_filter'; readonly key: string }
  | ({ readonly code: 'unknown_status' } & Unknown)
  | { readonly code: 'bad_amount'; readonly key: FilterKey; readonly typed: string };

type Parsed = Result<ReconCommand, ReconRefusal>;

/** Longer than anything somebody types. A page button carries it, escaped as JSON, within the 2,000 that Slack takes. */
const LONGEST = 300;

/**
 * The command in what was typed after `/recon`; nothing at all asks for help.
 *
 * Refuses: an unknown verb or filter (with the nearest known one), a value that is none, and words where none belong.
 */
export function parseReconCommand(text: string): Parsed {
  if (text.length > LONGEST) return refuse({ code: 'too_long', limit: LONGEST });
  const [verb = 'help', ...rest] = words(text);
  const known = verb.toLowerCase();
  return isVerb(known) ? PARSERS[known](rest) : refuse({ code: 'unknown_verb', ...unknown(verb, VERBS) });
}

type Parser = (rest: readonly string[]) => Parsed;

const bare =
  (command: ReconCommand): Parser =>
  (rest) =>
    rest.length === 0 ? accept(command) : refuse({ code: 'nothing_after', verb: command.verb });

const ofOrder =
  (verb: 'order' | 'who-owns'): Parser =>
  (rest) =>
    rest.length === 0 ? refuse({ code: 'which_order', verb }) : accept({ verb, orderRef: rest.join(' ') });

const PARSERS: Readonly<Record<ReconVerb, Parser>> = {
  status: bare({ verb: 'status' }),
  mine: bare({ verb: 'mine' }),
  list: (rest) => parseList(rest),
  show: ([label, ...more]) => {
    const number = label === undefined || more.length > 0 ? undefined : parseExceptionLabel(label);
    return number === undefined ? refuse({ code: 'which_exception' }) : accept({ verb: 'show', number });
  },
  order: ofOrder('order'),
  'who-owns': ofOrder('who-owns'),
  holds: (rest) => accept({ verb: 'holds', text: joined(rest) }),
  sla: bare({ verb: 'sla' }),
  // A team's name may have spaces, and so may what somebody calls a reconciliation.
  report: (rest) => accept({ verb: 'report', team: joined(rest) }),
  rules: (rest) => accept({ verb: 'rules', reconciliation: joined(rest) }),
  run: bare({ verb: 'run' }),
  audit: (rest) => parseAudit(rest),
  quarantine: ([feed, ...more]) =>
    more.length === 0 ? accept({ verb: 'quarantine', feed }) : refuse({ code: 'one_feed' }),
  doctor: bare({ verb: 'doctor' }),
  help: () => accept({ verb: 'help' }),
};

/** Phones make one dash of the two before an option. */
const FULL = /^(?:--|—|–)?full$/i;

function parseAudit([verify, full, ...more]: readonly string[]): Parsed {
  if (verify === undefined) return accept({ verb: 'audit', isProof: false });
  const isUnderstood =
    verify.toLowerCase() === 'verify' && (full === undefined || FULL.test(full)) && more.length === 0;
  return isUnderstood ? accept({ verb: 'audit', isProof: true }) : refuse({ code: 'only_verify' });
}

const isVerb = (text: string): text is ReconVerb => Object.hasOwn(PARSERS, text);
const VERBS = Object.keys(PARSERS);

const joined = (rest: readonly string[]): string | undefined =>
  rest.length === 0 ? undefined : rest.join(' ');

const unknown = (typed: string, known: readonly string[]): Unknown => ({
  typed,
  near: nearestWord(typed, known),
});

const isKey = (text: string): text is FilterKey => FILTER_KEYS.some((key) => key === text);

/** Stands alone: `overdue` narrows a list without a value. */
const OVERDUE = 'overdue';

/** Words of `status:` besides the statuses themselves. */
const STATUS_GROUPS: Readonly<Record<string, readonly Status[]>> = { live: LIVE_STATUSES, all: STATUSES };

/** Words that may stand alone, with what they are short for. Names that stand alone are looked for on the record (`placeWords`). */
const ALONE = new Map<string, { key: string; value: string | undefined }>([
  [OVERDUE, { key: OVERDUE, value: undefined }],
  ['me', { key: 'owner', value: 'me' }],
  ['mine', { key: 'owner', value: 'me' }],
  ['nobody', { key: 'owner', value: 'nobody' }],
  ...[...STATUSES, ...Object.keys(STATUS_GROUPS)].map((value) => [value, { key: 'status', value }] as const),
]);

/** A filter and its value; undefined for a word that stands alone and is no filter's. */
function partOf(word: string): { key: string; value: string | undefined } | undefined {
  const colon = word.indexOf(':');
  if (colon < 0) return ALONE.get(word.toLowerCase());
  return { key: word.slice(0, colon).toLowerCase(), value: word.slice(colon + 1).trim() };
}

function parseList(rest: readonly string[]): Parsed {
  let filter: WorkFilter = { statuses: LIVE_STATUSES };
  const seen = new Set<string>();
  const alone: string[] = [];
  for (const word of rest) {
    if (word.startsWith(':')) return refuse({ code: 'not_a_filter', typed: word, near: undefined });
    const part = partOf(word);
    if (!part) {
      alone.push(word);
      continue;
    }
    const { key } = part;
    if (seen.has(key)) return refuse({ code: 'repeated_filter', key });
    seen.add(key);
    const read = part.value === undefined ? isLate : readFilter(key, part.value);
    if (!read.ok) return read;
    const twice = AMOUNTS.find((amount) => amount in filter && amount in read.value);
    if (twice) return refuse({ code: 'repeated_filter', key });
    filter = { ...filter, ...read.value };
  }
  const { atLeast, atMost } = filter;
  if (atLeast !== undefined && atMost !== undefined && atLeast > atMost)
    return refuse({ code: 'crossed_amounts' });
  return accept({ verb: 'list', filter, bare: alone });
}

const AMOUNTS = ['atLeast', 'atMost'] as const;

type FilterPart = Result<Partial<WorkFilter>, ReconRefusal>;
const isLate: FilterPart = accept({ isOverdue: true });

function readFilter(key: string, value: string): FilterPart {
  if (!isKey(key)) return refuse({ code: 'unknown_filter', ...unknown(key, [...FILTER_KEYS, OVERDUE]) });
  return value === '' ? refuse({ code: 'empty_filter', key }) : FILTERS[key](value);
}

const FILTERS: Readonly<Record<FilterKey, (value: string) => FilterPart>> = {
  status: (value) => {
    const word = value.toLowerCase().replaceAll(/[ -]/g, '_');
    const statuses = Object.hasOwn(STATUS_GROUPS, word)
      ? STATUS_GROUPS[word]
      : STATUSES.filter((one) => one === word);
    if (statuses?.length) return accept({ statuses });
    return refuse({
      code: 'unknown_status',
      ...unknown(value, [...STATUSES, ...Object.keys(STATUS_GROUPS)]),
    });
  },
  type: (value) => accept({ type: value.toLowerCase().replaceAll(/[ -]/g, '_') }),
  team: (value) => accept({ team: value }),
  owner: (value) => accept({ owner: value }),
  client: (value) => accept({ client: value }),
  order: (value) => accept({ order: value }),
  amount: (value) => readRange(value),
  min: (value) => limits('min', value, { low: value }),
  max: (value) => limits('max', value, { high: value }),
};

/** `1000..5000`, open at either end, or one exact amount. */
function readRange(value: string): FilterPart {
  const [low = '', high = low, ...more] = value.split('..');
  const isEmpty = low.trim() === '' && high.trim() === '';
  if (isEmpty || more.length > 0) return refuse({ code: 'bad_amount', key: 'amount', typed: value });
  return limits('amount', value, { low: low.trim() || undefined, high: high.trim() || undefined });
}

/** As people type amounts: `1,234.50` and `$500`. */
const TYPED: AmountFormat = {
  decimal: '.',
  group: ',',
  symbols: ['$', '€', '£'],
  parentheses: false,
  unit: 'major',
};
/** The currency of the most decimals there is, so that the amount holds for every currency. */
const FINEST = 'CLF';

function limits(
  key: FilterKey,
  typed: string,
  { low, high }: { low?: string | undefined; high?: string | undefined },
): FilterPart {
  const atLeast = low === undefined ? undefined : amountOf(low);
  const atMost = high === undefined ? undefined : amountOf(high);
  if ((low !== undefined && atLeast === undefined) || (high !== undefined && atMost === undefined)) {
    return refuse({ code: 'bad_amount', key, typed });
  }
  return accept({
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(atMost === undefined ? {} : { atMost }),
  });
}

function amountOf(text: string): bigint | undefined {
  const amount = parseAmount(text, FINEST, TYPED);
  return amount.ok && amount.value >= 0n ? amount.value : undefined;
}

const OPENING = '"“„«';
const CLOSING = '"”“»';

/** The words of a text; quotes, straight or typographic, keep words together. */
function words(text: string): string[] {
  const found: string[] = [];
  let word = '';
  let opening: { readonly sign: string; readonly at: number } | undefined;
  for (const sign of text) {
    if (opening ? CLOSING.includes(sign) : OPENING.includes(sign)) {
      opening = opening ? undefined : { sign, at: word.length };
      continue;
    }
    if (opening || !/\s/.test(sign)) {
      word += sign;
      continue;
    }
    if (word !== '') found.push(word);
    word = '';
  }
  // A quote that nothing closes stays what it is: half of what was meant is missing, and no value has a quote in it.
  if (opening) word = `${word.slice(0, opening.at)}${opening.sign}${word.slice(opening.at)}`;
  if (word !== '') found.push(word);
  return found;
}
