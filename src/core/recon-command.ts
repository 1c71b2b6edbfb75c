import { isPeriod } from './adjust.ts';
import { ENTRY_KINDS, ENTRY_STATES, type EntryFilter, type EntryKind } from './entry.ts';
import { parseExceptionLabel } from './ids.ts';
import { LIVE_STATUSES, STATUSES, type Status } from './lifecycle.ts';
import {
  AMOUNT_FILTERS,
  type FilterPart,
  type Filters,
  type ReconRefusal,
  readFilters,
  unknown,
} from './recon-filter.ts';
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
  | { readonly verb: 'adjustments'; readonly filter: EntryFilter }
  | { readonly verb: 'quarantine'; readonly feed: string | undefined }
  | { readonly verb: 'report'; readonly team: string | undefined }
  | { readonly verb: 'rules'; readonly reconciliation: string | undefined };

export type ReconVerb = ReconCommand['verb'];

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
  adjustments: (rest) => parseAdjustments(rest),
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

/** Stands alone: `overdue` narrows a list without a value. */
const OVERDUE = 'overdue';

/** Words of `status:` besides the statuses themselves. */
const STATUS_GROUPS: Readonly<Record<string, readonly Status[]>> = { live: LIVE_STATUSES, all: STATUSES };

/** Words that may stand alone, with what they are short for. Names that stand alone are looked for on the record (`placeWords`). */
const ALONE = new Map<string, { key: string; says: Partial<WorkFilter> }>([
  [OVERDUE, { key: OVERDUE, says: { isOverdue: true } }],
  ['me', { key: 'owner', says: { owner: 'me' } }],
  ['mine', { key: 'owner', says: { owner: 'me' } }],
  ['nobody', { key: 'owner', says: { owner: 'nobody' } }],
  ...STATUSES.map((status) => [status, { key: 'status', says: { statuses: [status] } }] as const),
  ...Object.entries(STATUS_GROUPS).map(
    ([group, statuses]) => [group, { key: 'status', says: { statuses } }] as const,
  ),
]);

const LIST = {
  verb: 'list',
  alone: (word) => ALONE.get(word),
  flags: [OVERDUE],
  values: {
    status: (value) => readStatus(value),
    type: (value) => accept({ type: value.toLowerCase().replaceAll(/[ -]/g, '_') }),
    team: (value) => accept({ team: value }),
    owner: (value) => accept({ owner: value }),
    client: (value) => accept({ client: value }),
    order: (value) => accept({ order: value }),
    ...AMOUNT_FILTERS,
  },
} as const satisfies Filters<WorkFilter>;

function parseList(rest: readonly string[]): Parsed {
  const read = readFilters<WorkFilter>(rest, LIST);
  if (!read.ok) return read;
  const { filter, bare } = read.value;
  return accept({ verb: 'list', filter: { statuses: LIVE_STATUSES, ...filter }, bare });
}

function readStatus(value: string): FilterPart<WorkFilter> {
  const word = value.toLowerCase().replaceAll(/[ -]/g, '_');
  const statuses = Object.hasOwn(STATUS_GROUPS, word)
    ? STATUS_GROUPS[word]
    : STATUSES.filter((one) => one === word);
  if (statuses?.length) return accept({ statuses });
  return refuse({
    code: 'unknown_status',
    ...unknown(value, [...STATUSES, ...Object.keys(STATUS_GROUPS)]),
  });
}

/** `adjustments`, `write-offs` and so on, as somebody may type a kind. */
const kindOf = (word: string): EntryKind | undefined => {
  const one = word.toLowerCase().replaceAll(/[ -]/g, '_').replace(/s$/, '');
  return ENTRY_KINDS.find((kind) => kind === one);
};

function entryWord(word: string): { key: string; says: Partial<EntryFilter> } | undefined {
  const state = ENTRY_STATES.find((one) => one === word);
  if (state) return { key: 'waiting or booked', says: { state } };
  const kind = kindOf(word);
  if (kind) return { key: 'kind', says: { kind } };
  return isPeriod(word) ? { key: 'period', says: { period: word } } : undefined;
}

const ENTRIES = {
  verb: 'adjustments',
  alone: entryWord,
  flags: ENTRY_STATES,
  values: {
    kind: (value) => {
      const kind = kindOf(value);
      return kind ? accept({ kind }) : refuse({ code: 'unknown_kind', ...unknown(value, ENTRY_KINDS) });
    },
    period: (value) =>
      isPeriod(value) ? accept({ period: value }) : refuse({ code: 'bad_period', typed: value }),
    client: (value) => accept({ client: value }),
    order: (value) => accept({ order: value }),
    payee: (value) => accept({ payee: value }),
    by: (value) => accept({ by: value }),
    ...AMOUNT_FILTERS,
  },
} as const satisfies Filters<EntryFilter>;

/** Words that are no filter's are a part of a client, an order or a payee, as for holds. */
function parseAdjustments(rest: readonly string[]): Parsed {
  const read = readFilters<EntryFilter>(rest, ENTRIES);
  if (!read.ok) return read;
  const { filter, bare } = read.value;
  const text = joined(bare);
  return accept({ verb: 'adjustments', filter: text === undefined ? filter : { ...filter, text } });
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
