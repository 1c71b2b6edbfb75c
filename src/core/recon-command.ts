import { parseExceptionLabel } from './ids.ts';
import { LIVE_STATUSES, STATUSES, type Status } from './lifecycle.ts';
import { type AmountFormat, parseAmount } from './money.ts';
import { suggestion } from './nearest-word.ts';
import { accept, type Result, refuse } from './result.ts';
import type { WorkFilter } from './work.ts';

/** What somebody asks with `/recon`. */
export type ReconCommand =
  | { readonly verb: 'status' | 'mine' | 'run' | 'audit' | 'help' }
  | { readonly verb: 'list'; readonly filter: WorkFilter }
  | { readonly verb: 'show'; readonly number: number }
  | { readonly verb: 'order' | 'who-owns'; readonly orderRef: string }
  | { readonly verb: 'quarantine'; readonly feed: string | undefined }
  | { readonly verb: 'sla' | 'report' | 'rules' | 'doctor' };

export type ReconVerb = ReconCommand['verb'];

/** Why a command was not understood, as a sentence that ends in what to type instead. Not yet escaped. */
export type ReconRefusal = { readonly detail: string };
type Parsed = Result<ReconCommand, ReconRefusal>;

/** Longer than anything somebody types. A page button carries it, escaped as JSON, within the 2,000 that Slack takes. */
const LONGEST = 300;

/**
 * The command in what was typed after `/recon`; nothing at all asks for help.
 *
 * Refuses: an unknown verb or filter (with the nearest known one), a value that is none, and words where none belong.
 */
export function parseReconCommand(text: string): Parsed {
  if (text.length > LONGEST) return no(`That is longer than ${LONGEST} characters. Ask for less at once.`);
  const [verb = 'help', ...rest] = words(text);
  const known = verb.toLowerCase();
  if (!isVerb(known)) {
    return no(`There is no /recon ${verb}${near(verb, REAL_VERBS)} Type /recon help for all of them.`);
  }
  return PARSERS[known](rest, known);
}

type Parser = (rest: readonly string[], verb: ReconVerb) => Parsed;

const bare =
  (command: ReconCommand): Parser =>
  (rest) =>
    rest.length === 0
      ? accept(command)
      : no(
          `/recon ${command.verb} takes nothing after it. Type /recon ${command.verb}, or /recon list with filters.`,
        );

const later =
  (verb: 'sla' | 'report' | 'rules' | 'doctor'): Parser =>
  () =>
    accept({ verb });

const ofOrder =
  (verb: 'order' | 'who-owns'): Parser =>
  (rest) =>
    rest.length === 0
      ? no(`Which order? Type its reference: /recon ${verb} PO-1042.`)
      : accept({ verb, orderRef: rest.join(' ') });

const PARSERS: Readonly<Record<ReconVerb, Parser>> = {
  status: bare({ verb: 'status' }),
  mine: bare({ verb: 'mine' }),
  list: (rest) => parseList(rest),
  show: ([label, ...more]) => {
    const number = label === undefined || more.length > 0 ? undefined : parseExceptionLabel(label);
    return number === undefined
      ? no('Which exception? Type its number: /recon show EX-1042.')
      : accept({ verb: 'show', number });
  },
  order: ofOrder('order'),
  'who-owns': ofOrder('who-owns'),
  run: bare({ verb: 'run' }),
  audit: bare({ verb: 'audit' }),
  quarantine: ([feed, ...more]) =>
    more.length === 0
      ? accept({ verb: 'quarantine', feed })
      : no('Type /recon quarantine, or one feed after it: /recon quarantine invoice_lines.'),
  help: () => accept({ verb: 'help' }),
  sla: later('sla'),
  report: later('report'),
  rules: later('rules'),
  doctor: later('doctor'),
};

const isVerb = (text: string): text is ReconVerb => Object.hasOwn(PARSERS, text);
const REAL_VERBS = Object.keys(PARSERS);

const KEYS = ['status', 'type', 'team', 'client', 'min', 'max'] as const;
type Key = (typeof KEYS)[number];
const isKey = (text: string): text is Key => KEYS.some((key) => key === text);

/** Words of `status:` besides the statuses themselves. */
const STATUS_GROUPS: Readonly<Record<string, readonly Status[]>> = { live: LIVE_STATUSES, all: STATUSES };

function parseList(rest: readonly string[]): Parsed {
  let filter: WorkFilter = { statuses: LIVE_STATUSES };
  const seen = new Set<string>();
  for (const word of rest) {
    const colon = word.indexOf(':');
    const key = word.slice(0, Math.max(0, colon)).toLowerCase();
    const value = word.slice(colon + 1).trim();
    if (colon < 1)
      return no(`"${word}" is no filter. Type what it is, as in client:${word} or team:${word}.`);
    if (!isKey(key)) return no(`There is no filter ${key}:${near(key, KEYS)} Example: ${EXAMPLE}.`);
    if (value === '') return no(`${key}: has nothing after it. Example: ${EXAMPLE}.`);
    if (seen.has(key)) return no(`${key}: is there twice. Keep one of them.`);
    seen.add(key);
    const read = FILTERS[key](value);
    if (!read.ok) return read;
    filter = { ...filter, ...read.value };
  }
  const { atLeast, atMost } = filter;
  if (atLeast !== undefined && atMost !== undefined && atLeast > atMost)
    return no('min: is above max:, so nothing can match. Swap them.');
  return accept({ verb: 'list', filter });
}

const EXAMPLE = '/recon list team:finance status:open min:500 client:"Acme Ltd"';

type FilterPart = Result<Partial<WorkFilter>, ReconRefusal>;

const FILTERS: Readonly<Record<Key, (value: string) => FilterPart>> = {
  status: (value) => {
    const word = value.toLowerCase().replaceAll(/[ -]/g, '_');
    const statuses = Object.hasOwn(STATUS_GROUPS, word)
      ? STATUS_GROUPS[word]
      : STATUSES.filter((one) => one === word);
    return statuses?.length
      ? accept({ statuses })
      : no(
          `"${value}" is no status${near(value, [...STATUSES, ...Object.keys(STATUS_GROUPS)])} Example: status:open.`,
        );
  },
  type: (value) => accept({ type: value.toLowerCase().replaceAll(/[ -]/g, '_') }),
  team: (value) => accept({ team: value }),
  client: (value) => accept({ client: value }),
  min: (value) => limit('min', value, (atLeast) => ({ atLeast })),
  max: (value) => limit('max', value, (atMost) => ({ atMost })),
};

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

function limit(key: Key, text: string, part: (amount: bigint) => Partial<WorkFilter>): FilterPart {
  const amount = parseAmount(text, FINEST, TYPED);
  if (amount.ok && amount.value >= 0n) return accept(part(amount.value));
  return no(`${key}:${text} is no amount. Type digits with a point before cents, as in ${key}:1234.50.`);
}

const OPENING = '"“„«';
const CLOSING = '"”“»';

/** The words of a text; quotes, straight or typographic, keep words together. */
function words(text: string): string[] {
  const found: string[] = [];
  let word = '';
  let isQuoted = false;
  for (const sign of text) {
    if (isQuoted ? CLOSING.includes(sign) : OPENING.includes(sign)) {
      isQuoted = !isQuoted;
      continue;
    }
    if (isQuoted || !/\s/.test(sign)) {
      word += sign;
      continue;
    }
    if (word !== '') found.push(word);
    word = '';
  }
  if (word !== '') found.push(word);
  return found;
}

/** The nearest word, or all of them, as the end of a sentence. */
function near(word: string, known: readonly string[]): string {
  const hint = suggestion(word, known);
  return hint.endsWith('?') ? hint : `${hint}.`;
}

const no = (detail: string) => refuse<ReconRefusal>({ detail });
