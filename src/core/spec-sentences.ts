import type { OwnershipRow } from './organisation.ts';
import type { Severity } from './severity.ts';
import {
  type CombinePass,
  comparesAmounts,
  type Decide,
  type ExactPass,
  type MissingRule,
  otherSide,
  type Pass,
  type Reconciliation,
  SIDES,
  type Side,
  type SimilarPass,
  type VerifyRule,
  type Window,
} from './spec.ts';
import { raiseOf } from './verify.ts';

/** A part of a spec in plain sentences. */
export type Told = { readonly title: string; readonly sentences: readonly string[] };

/** A reconciliation in plain English, in the order in which a run goes about it; what the spec leaves out is not told. */
export function tellSpec(spec: Reconciliation): readonly Told[] {
  return [
    { title: 'What is compared', sentences: comparedSentences(spec) },
    { title: 'What leaves first', sentences: firstSentences(spec) },
    {
      title: 'How records find each other, each step among what the ones before left',
      sentences: spec.find.map((pass) => PASSES[pass.kind](spec, pass)),
    },
    { title: 'What becomes of a match', sentences: judgedSentences(spec) },
    { title: 'What nothing answers', sentences: SIDES.map((side) => missingSentence(spec, side)) },
    { title: 'When', sentences: timingSentences(spec) },
    { title: 'What every run must keep', sentences: checkSentences(spec) },
    { title: 'Who gets it', sentences: routeSentences(spec.route ?? []) },
  ].filter(({ sentences }) => sentences.length > 0);
}

function comparedSentences(spec: Reconciliation): string[] {
  const sides = SIDES.map((side) => {
    const { feed, amount, date, when } = spec[side];
    const worth = amount === undefined ? 'without an amount' : `worth ${amount}`;
    const some = when === undefined ? 'every record' : `each record for which ${when.text}`;
    const others = when === undefined ? '' : ' The others are left out, and counted.';
    return `The ${side} side is ${some} of ${feed}, ${worth}, on its ${date}.${others}`;
  });
  return [...sides, amountSentence(spec), `The day of the cut-off is taken in ${spec.zone}.`];
}

const amountSentence = (spec: Reconciliation): string =>
  !comparesAmounts(spec)
    ? 'No amounts are compared.'
    : spec.rates
      ? `Amounts are compared to the cent, in the currency both sides have; where they have two, in ${spec.compareIn} by the rates of ${spec.rates.feed}, at most ${dayCount(spec.rates.maxAgeDays)} old. Without such a rate nothing is compared: that is currency_differs, for a person.`
      : 'Amounts are compared to the cent, in the currency both sides have. Two currencies are never compared: that is currency_differs, for a person.';

function firstSentences(spec: Reconciliation): string[] {
  const { identity, reversals = [], duplicates } = spec;
  return [
    ...(identity
      ? [
          `Records of ${spec[identity.side].feed} that ${identity.feed} says were merged leave as MERGED; what they were known by still finds the one that stayed.`,
        ]
      : []),
    ...reversals.map(
      ({ side, when, names, named }) =>
        `A record of ${spec[side].feed} for which ${when.text} takes back those whose ${list(named)} its ${list(names)} names: where all of them come to nothing, they leave as REVERSED.`,
    ),
    ...duplicates.map(
      ({ side, same, raise, severity }) =>
        `Records of ${spec[side].feed} with the same ${list(same)} repeat each other: the first stays, the others raise ${raise}, ${SEVERITY[severity]}. A missing value repeats nothing.`,
    ),
  ];
}

const PASSES = {
  exact: (_: Reconciliation, pass: Pass) => exactSentence(pass as ExactPass),
  similar: (spec: Reconciliation, pass: Pass) => similarSentence(spec.decide, pass as SimilarPass),
  combine: (_: Reconciliation, pass: Pass) => combineSentence(pass as CombinePass),
} as const satisfies Record<Pass['kind'], (spec: Reconciliation, pass: Pass) => string>;

const CARDINALITY = {
  'one-to-one': 'one expected and one actual record whose',
  'one-to-many': 'one expected record and all actual ones whose',
  'many-to-one': 'one actual record and all expected ones whose',
  'many-to-many': 'all records of both sides whose',
} as const satisfies Record<ExactPass['cardinality'], string>;

function exactSentence({ name, expected, actual, cardinality, window, tolerance }: ExactPass): string {
  const more = [
    ...(window ? [`the actual record lies ${days(window)}`] : []),
    ...(tolerance ? [`the sums keep ${tolerance.text}`] : []),
  ];
  const only = more.length === 0 ? '' : `, if ${more.join(' and ')}`;
  const others =
    cardinality === 'many-to-many' ? '' : ' A key with more records than that is left to later steps.';
  return `${name}: puts together ${CARDINALITY[cardinality]} ${pairs(expected, actual)} ${isAre(expected, actual)} equal${only}. A missing value equals nothing.${others}`;
}

function similarSentence({ auto, suggest }: Decide, { name, within, gates, compare }: SimilarPass): string {
  const limits = [
    ...(within.expected.length > 0
      ? [`${pairs(within.expected, within.actual)} ${isAre(within.expected, within.actual)} equal`]
      : []),
    ...(gates.amountPpm === undefined ? [] : [`the amounts are at most ${gates.amountPpm / 10_000} % apart`]),
    ...(gates.days === undefined ? [] : [`the actual record lies ${days(gates.days)}`]),
  ];
  const compared = compare.map((one) => `${pairs([one.expected], [one.actual])} as ${one.kind}`);
  const identity = compare.filter(({ kind }) => kind !== 'money' && kind !== 'lag');
  const agree = identity.map((one) => pairs([one.expected], [one.actual])).join(' or ');
  return (
    `${name}: weighs pairs of which ${list(limits)}, by ${list(compared)}. What agreement is worth is learnt from the records. ` +
    `A pair is taken without a person when it is at least ${percent(auto.probabilityPpm)} likely, ${auto.marginBits} bits ahead of every rival, and ${agree} agrees; ` +
    `from ${percent(suggest.probabilityPpm)} on it is suggested. Two about equally good are never guessed.`
  );
}

function combineSentence({ name, within, cardinality, maxItems, pool, window }: CombinePass): string {
  const [one, many] = cardinality === 'one-to-many' ? ['expected', 'actual'] : ['actual', 'expected'];
  const near = window ? ` and the actual record lies ${days(window)}` : '';
  return (
    `${name}: puts one ${one} record together with up to ${maxItems} ${many} ones that add up to it to the cent, where ${pairs(within.expected, within.actual)} ${isAre(within.expected, within.actual)} equal${near}. ` +
    `Only where no other set does; with more than ${pool} to choose from nothing is searched, and that is said.`
  );
}

function judgedSentences(spec: Reconciliation): string[] {
  const start = comparesAmounts(spec)
    ? 'Where the sums agree, rules about amounts are not asked.'
    : 'Only the rules decide; what none of them speaks of is equal.';
  const end = comparesAmounts(spec)
    ? [
        'A difference that no rule speaks of raises amount_differs, for a person to review (UNEXPLAINED_DIFFERENCE).',
      ]
    : [];
  const mayRaise = spec.verify.findIndex((rule) => rule.else !== undefined);
  const rules = spec.verify.flatMap((rule, at) => ruleSentences(rule, mayRaise >= 0 && mayRaise < at));
  return [start, ...creditSentences(spec), ...rules, ...end];
}

function creditSentences({ credits, actual }: Reconciliation): string[] {
  if (credits === undefined) return [];
  const { field, equals, period } = credits;
  const month = period === undefined ? '' : `, and belongs to the month in its ${period}`;
  return [`A credit is a record of ${actual.feed} whose ${field} is ${equals}${month}.`];
}

function ruleSentences(rule: VerifyRule, isAfterRaises: boolean): string[] {
  const told = rule.notify === undefined ? '' : ` and ${rule.notify} is told`;
  const unless = isAfterRaises ? ', unless a rule above raised something' : '';
  return [
    ...(rule.then
      ? [
          `${rule.id}: where ${rule.expect.text}, it is settled as ${rule.reason}${told}, and no later rule is asked${unless}.`,
        ]
      : []),
    ...(rule.else
      ? [
          `${rule.id}: unless ${rule.expect.text}, ${raiseOf(rule)} is raised, ${SEVERITY[rule.else]} (${rule.reason}).`,
        ]
      : []),
  ];
}

function missingSentence(spec: Reconciliation, side: Side): string {
  const rule: MissingRule | undefined = spec.missing[otherSide(side)];
  if (rule === undefined) return `A record of ${spec[side].feed} that nothing answers raises nothing.`;
  const wait =
    rule.afterDays === 0
      ? 'at once'
      : `${dayCount(rule.afterDays)} after its ${spec[side].date}; until then it is pending`;
  return `A record of ${spec[side].feed} that nothing answers raises ${rule.raise}, ${SEVERITY[rule.severity]}, ${wait}.`;
}

function timingSentences({ timing }: Reconciliation): string[] {
  const { dueWithinDays: due, lateUntilDays: late } = timing ?? {};
  return [
    ...(due === undefined
      ? []
      : [
          `The actual record is due within ${dayCount(due)}; what comes later is matched and counted as late.`,
        ]),
    ...(late === undefined
      ? []
      : [`What comes after ${dayCount(late)} is matched too, and raised as too_late.`]),
  ];
}

function checkSentences({ checks }: Reconciliation): string[] {
  const { matchRatePpm: least, matchRateDropPpm: drop } = checks ?? {};
  return [
    ...(least === undefined ? [] : [`At least ${percent(least)} of what is due is matched.`]),
    ...(drop === undefined ? [] : [`No more than ${drop / 10_000} points less of it is matched than usual.`]),
  ];
}

function routeSentences(rows: readonly OwnershipRow[]): string[] {
  const sentences = rows.map(({ type, severity, team, sla, hold }) => {
    const what = type ?? (severity === undefined ? 'The rest' : ROUTED[severity]);
    const held = hold === undefined ? '' : `, and holds ${hold}`;
    return `${what} goes to ${team}, within ${sla.text}${held}.`;
  });
  const takesAll = rows.some(({ type, severity }) => type === undefined && severity === undefined);
  return takesAll
    ? sentences
    : [...sentences, 'What no row here takes goes to whom the ownership of tieout.yaml names.'];
}

const SEVERITY = {
  auto_resolve: 'settled by itself',
  manual_review: 'for a person to review',
  block_payout: 'which blocks the payout',
} as const satisfies Record<Severity, string>;

const ROUTED = {
  auto_resolve: 'What is settled by itself',
  manual_review: 'What a person must review',
  block_payout: 'What blocks the payout',
} as const satisfies Record<Severity, string>;

const pairs = (expected: readonly string[], actual: readonly string[]): string =>
  list(
    expected.map((name, at) =>
      actual[at] === name ? name : `${name} (expected) and ${actual[at]} (actual)`,
    ),
  );

const isAre = (expected: readonly string[], actual: readonly string[]): string =>
  expected.length === 1 && expected[0] === actual[0] ? 'is' : 'are';

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const dayCount = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

const days = ({ from, to }: Window): string => {
  if (from < 0 && to >= 0) return `from ${dayCount(-from)} before the expected one to ${dayCount(to)} after`;
  return to < 0
    ? `${-to} to ${dayCount(-from)} before the expected one`
    : `${from} to ${dayCount(to)} after the expected one`;
};

const percent = (ppm: number): string => `${ppm / 10_000} %`;
