import { type AmountFormat, parseAmount } from './money.ts';
import { nearestWord } from './nearest-word.ts';
import { accept, type Result, refuse } from './result.ts';

/** What was typed and is none, with the known word that is near to it. */
type Unknown = { readonly typed: string; readonly near: string | undefined };

/** The commands that take filters; a refusal gives one of them as an example. */
export type FilteredVerb = 'list' | 'adjustments';

/** Why a command was not understood; the words say what to type instead. What was typed is not yet escaped. */
export type ReconRefusal =
  | { readonly code: 'too_long'; readonly limit: number }
  | ({ readonly code: 'unknown_verb' } & Unknown)
  | { readonly code: 'nothing_after' | 'which_order'; readonly verb: string }
  | { readonly code: 'which_exception' | 'one_feed' | 'crossed_amounts' | 'only_verify' }
  | ({ readonly code: 'not_a_filter' } & Unknown)
  | ({ readonly code: 'unknown_filter'; readonly verb: FilteredVerb } & Unknown)
  | { readonly code: 'empty_filter'; readonly key: string; readonly verb: FilteredVerb }
  | { readonly code: 'repeated_filter'; readonly key: string }
  | ({ readonly code: 'unknown_status' | 'unknown_kind' } & Unknown)
  | { readonly code: 'bad_period'; readonly typed: string }
  | { readonly code: 'bad_amount'; readonly key: string; readonly typed: string };

/** What was typed, with the known word that is near to it. */
export const unknown = (typed: string, known: readonly string[]): Unknown => ({
  typed,
  near: nearestWord(typed, known),
});

/** Limits in ten-thousandths of a major unit, so that they hold for every currency. */
export type AmountLimits = { readonly atLeast?: bigint; readonly atMost?: bigint };

export type FilterPart<Filter> = Result<Partial<Filter>, ReconRefusal>;

/** The filters that a command takes. */
export type Filters<Filter> = {
  readonly verb: FilteredVerb;
  /** What a word that stands alone is short for; undefined for one that is no filter's. */
  readonly alone: (word: string) => { readonly key: string; readonly says: Partial<Filter> } | undefined;
  /** How the value of each filter is read. */
  readonly values: Readonly<Record<string, (value: string) => FilterPart<Filter>>>;
  /** Words that stand alone and look like a filter, for whoever types one as a filter. */
  readonly flags: readonly string[];
};

/**
 * The filter in some words, and those words that are none: each filter once, in any order.
 *
 * Refuses: an unknown filter, one without a value or said twice, a value that is none, and amounts that cross.
 */
export function readFilters<Filter extends AmountLimits>(
  given: readonly string[],
  filters: Filters<Filter>,
): Result<{ readonly filter: Partial<Filter>; readonly bare: readonly string[] }, ReconRefusal> {
  let filter: Partial<Filter> = {};
  const seen = new Set<string>();
  const bare: string[] = [];
  for (const word of given) {
    if (word.startsWith(':')) return refuse({ code: 'not_a_filter', typed: word, near: undefined });
    const part = partOf(word, filters);
    if (!part) {
      bare.push(word);
      continue;
    }
    const { key } = part;
    if (seen.has(key)) return refuse({ code: 'repeated_filter', key });
    seen.add(key);
    const read = part.read();
    if (!read.ok) return read;
    const { value } = read;
    if (AMOUNTS.some((amount) => amount in filter && amount in value)) {
      return refuse({ code: 'repeated_filter', key });
    }
    filter = { ...filter, ...value };
  }
  const { atLeast, atMost } = filter;
  return atLeast !== undefined && atMost !== undefined && atLeast > atMost
    ? refuse({ code: 'crossed_amounts' })
    : accept({ filter, bare });
}

const AMOUNTS = ['atLeast', 'atMost'] as const;

type Part<Filter> = { readonly key: string; readonly read: () => FilterPart<Filter> };

/** The filter that a word is; undefined for a word that stands alone and is no filter's. */
function partOf<Filter>(word: string, filters: Filters<Filter>): Part<Filter> | undefined {
  const colon = word.indexOf(':');
  if (colon < 0) {
    const alone = filters.alone(word.toLowerCase());
    return alone && { key: alone.key, read: () => accept(alone.says) };
  }
  const key = word.slice(0, colon).toLowerCase();
  const value = word.slice(colon + 1).trim();
  return { key, read: () => readValue(key, value, filters) };
}

function readValue<Filter>(
  key: string,
  value: string,
  { values, flags, verb }: Filters<Filter>,
): FilterPart<Filter> {
  const read = Object.hasOwn(values, key) ? values[key] : undefined;
  if (!read) {
    return refuse({ code: 'unknown_filter', verb, ...unknown(key, [...Object.keys(values), ...flags]) });
  }
  return value === '' ? refuse({ code: 'empty_filter', key, verb }) : read(value);
}

type Amounts = FilterPart<AmountLimits>;

/** How amounts narrow a list: `amount:1000..5000`, open at either end or one exact amount, `min:` and `max:`. */
export const AMOUNT_FILTERS = {
  amount: (value: string): Amounts => readRange(value),
  min: (value: string): Amounts => limits('min', value, { low: value }),
  max: (value: string): Amounts => limits('max', value, { high: value }),
};

function readRange(value: string): Amounts {
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
  key: string,
  typed: string,
  { low, high }: { low?: string | undefined; high?: string | undefined },
): Amounts {
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
