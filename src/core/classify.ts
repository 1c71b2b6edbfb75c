import type { Finding } from './card.ts';
import type { RatedGroup } from './fx.ts';
import { BY_HAND, handFingerprint } from './hand-match.ts';
import type { DuplicateSet, MatchRecord } from './match.ts';
import { amountOf } from './match-key.ts';
import { formatMoney, magnitude } from './money.ts';
import type { Severity } from './severity.ts';
import type { DuplicateRule, MissingRule, Reconciliation, Side } from './spec.ts';
import { type GroupDecision, type GroupSums, sumGroup, sumsDiffer } from './verify.ts';

/** An exception as planned: what it is about, before anybody owns it. */
export type ExceptionDraft = {
  /** `type:version:key`; the version names the way the key is built, so that it can change without raising all anew. */
  readonly fingerprint: string;
  readonly type: string;
  readonly reason: string;
  readonly severity: Severity;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly expectedMinor: bigint | undefined;
  readonly actualMinor: bigint | undefined;
  readonly atStakeMinor: bigint;
  readonly currency: string;
  readonly findings: readonly Finding[];
  readonly members: readonly MatchRecord[];
  /** What it was decided from besides its records: the rates that were used. */
  readonly inputs?: string | undefined;
  /** What would answer it may be in a delivery that waits for a person. */
  readonly isAwaited?: boolean | undefined;
};

/** A matched group that needs a person, with its sums and what was decided. */
export type ExceptedGroup = {
  readonly pass: string;
  readonly key: string;
  readonly members: readonly MatchRecord[];
  readonly sums: GroupSums;
  readonly decision: Extract<GroupDecision, { outcome: 'excepted' }>;
  /** How several currencies were compared, or why not. */
  readonly rated?: RatedGroup | undefined;
};

/** Between the type and the group that it is of, in the fingerprint of a matched group's exception. */
export const OF_GROUP = ':1:';

/** The exception of a matched group whose sides disagree: both amounts, and for a pair every field they differ in. */
export function fromGroup(
  spec: Pick<Reconciliation, 'compareIn' | Side>,
  group: ExceptedGroup,
): ExceptionDraft {
  const { sums, decision } = group;
  const currency =
    sums.currency ??
    currencyOf(group.members, 'actual') ??
    currencyOf(group.members, 'expected') ??
    spec.compareIn;
  const mixed = sums.currency === undefined;
  return {
    fingerprint:
      group.pass === BY_HAND
        ? handFingerprint(group.key)
        : `${decision.type}${OF_GROUP}${group.pass}|${group.key}`,
    type: decision.type,
    reason: decision.reason,
    severity: decision.severity,
    ...namesOf(group.members),
    expectedMinor: mixed ? undefined : sums.expectedMinor,
    actualMinor: mixed ? undefined : sums.actualMinor,
    atStakeMinor: atStake(spec, sums),
    currency,
    findings: [
      ...amountFindings(group.members, sums),
      ...(group.rated?.notes ?? []),
      ...decision.failed.map(({ id, expects, found }) => ({ field: id, expected: expects, actual: found })),
      ...fieldFindings(group.members),
    ],
    members: group.members,
    inputs: group.rated?.inputs,
  };
}

/** The difference where the sums differ; all that was billed where they agree and something else is wrong. */
function atStake(spec: Pick<Reconciliation, Side>, sums: GroupSums): bigint {
  const { expectedMinor = 0n, actualMinor } = sums;
  if (sums.currency !== undefined && sumsDiffer(spec, sums))
    return magnitude((actualMinor ?? 0n) - expectedMinor);
  return magnitude(actualMinor ?? expectedMinor);
}

/**
 * The exception of a set of repeated records. The first is what was to be expected, all of them are what is there, and
 * the others are what is at stake.
 */
export function fromDuplicates(spec: Reconciliation, set: DuplicateSet): ExceptionDraft {
  const rule = spec.duplicates[set.rule];
  const [first, ...extras] = set.members;
  if (!rule || !first) throw new Error(`duplicate set ${set.key} without its rule or members`);
  const total = extras.reduce((sum, record) => sum + magnitude(record.amountMinor ?? 0n), 0n);
  return {
    fingerprint: duplicateFingerprint(rule, set),
    type: rule.raise,
    reason: duplicateReason(rule),
    severity: rule.severity,
    ...namesOf(set.members),
    expectedMinor: first.amountMinor,
    actualMinor: sumGroup(set.members, undefined)[`${rule.side}Minor`],
    atStakeMinor: total,
    currency: first.currency ?? spec.compareIn,
    findings: extras.map((extra) => ({
      field: 'repeated',
      expected: named(first),
      actual: named(extra),
    })),
    members: set.members,
  };
}

/** The reason of every set of repeated records that a rule finds. */
export const duplicateReason = ({ same }: Pick<DuplicateRule, 'same'>): string =>
  `SAME_${same.join('_').toUpperCase()}`;

/** The fingerprint of the exception of a set of repeated records. */
export const duplicateFingerprint = (
  { raise }: Pick<DuplicateRule, 'raise'>,
  { rule, key }: Pick<DuplicateSet, 'rule' | 'key'>,
): string => `${raise}:1:${rule}|${key}`;

type MissingInput = {
  readonly rule: MissingRule;
  readonly cutoffOn: string;
  /** What passes said of it. */
  readonly notes?: readonly Finding[] | undefined;
};

/** The exception of a record that has nothing on the other side. */
export function fromMissing(
  spec: Pick<Reconciliation, 'compareIn' | 'timing'>,
  { rule, cutoffOn, notes = [] }: MissingInput,
  record: MatchRecord,
): ExceptionDraft {
  const found = amountOf(record)
    ? { field: 'amount', text: money(record) }
    : { field: 'record', text: record.sourceRef };
  const onExpected = record.side === 'expected';
  return {
    fingerprint: missingFingerprint(rule, `${record.feed}/${record.sourceRef}`),
    type: rule.raise,
    reason: missingReason(spec, record, cutoffOn),
    severity: rule.severity,
    ...namesOf([record]),
    expectedMinor: onExpected ? record.amountMinor : undefined,
    actualMinor: onExpected ? undefined : record.amountMinor,
    atStakeMinor: magnitude(record.amountMinor ?? 0n),
    currency: record.currency ?? spec.compareIn,
    findings: [
      {
        field: found.field,
        expected: onExpected ? found.text : undefined,
        actual: onExpected ? undefined : found.text,
      },
      ...notes,
    ],
    members: [record],
  };
}

/** Nothing is there; or it is only late, where the spec says how long that may be. */
function missingReason(spec: Pick<Reconciliation, 'timing'>, record: MatchRecord, cutoffOn: string): string {
  const late = spec.timing?.lateUntilDays ?? 0;
  return (
    missingReasonOf(spec, record.side) ??
    (isPast(record, late, cutoffOn) ? NOTHING_ACTUAL : 'LATE_ON_ACTUAL_SIDE')
  );
}

const NOTHING_ACTUAL = 'NOTHING_ON_ACTUAL_SIDE';

/** The reason of every record of a side that has nothing on the other; undefined where it depends on the day. */
export function missingReasonOf({ timing }: Pick<Reconciliation, 'timing'>, side: Side): string | undefined {
  if (side === 'actual') return 'NOTHING_ON_EXPECTED_SIDE';
  return timing?.lateUntilDays === undefined ? NOTHING_ACTUAL : undefined;
}

/** The fingerprint of the exception of a record, `feed/reference`, that has nothing on the other side. */
export const missingFingerprint = ({ raise }: Pick<MissingRule, 'raise'>, record: string): string =>
  `${raise}:1:${record}`;

/** The day a rule counts from has passed by `afterDays` at the cut-off; before that the record is pending. */
export const isDue = (record: MatchRecord, rule: MissingRule, cutoffOn: string): boolean =>
  isPast(record, rule.afterDays - 1, cutoffOn);

/** Whether more than so many days have gone by since the record's day. */
function isPast(record: MatchRecord, days: number, cutoffOn: string): boolean {
  const lastOn = new Date(`${record.occurredOn}T00:00:00Z`);
  lastOn.setUTCDate(lastOn.getUTCDate() + days);
  return lastOn.toISOString().slice(0, 10) < cutoffOn;
}

function money(record: MatchRecord): string {
  const amount = amountOf(record);
  return amount ? formatMoney(amount) : 'no amount';
}

const named = (record: MatchRecord): string =>
  amountOf(record) ? `${record.sourceRef}, ${money(record)}` : record.sourceRef;

function namesOf(members: readonly MatchRecord[]): Pick<ExceptionDraft, 'client' | 'orderRef'> {
  const expectedFirst = [...members].sort((a, b) => (a.side === b.side ? 0 : a.side === 'expected' ? -1 : 1));
  return {
    client: expectedFirst.find((member) => member.client)?.client,
    orderRef: expectedFirst.find((member) => member.orderRef)?.orderRef,
  };
}

const currencyOf = (members: readonly MatchRecord[], side: Side): string | undefined =>
  members.find((member) => member.side === side && member.currency !== undefined)?.currency;

function amountFindings(members: readonly MatchRecord[], sums: GroupSums): Finding[] {
  const { currency } = sums;
  if (sums.expectedMinor === undefined && sums.actualMinor === undefined) return [];
  const sideText = (side: Side, minor: bigint | undefined): string => {
    if (currency !== undefined && minor !== undefined) return formatMoney({ minor, currency });
    return members
      .filter((member) => member.side === side)
      .map(money)
      .join(' + ');
  };
  return [
    {
      field: currency === undefined ? 'currency' : 'amount',
      expected: sideText('expected', sums.expectedMinor),
      actual: sideText('actual', sums.actualMinor),
    },
  ];
}

/** For one record against one: the fields both sides name alike and fill differently. */
function fieldFindings(members: readonly MatchRecord[]): Finding[] {
  const [a, b, ...others] = members;
  if (!a || !b || others.length > 0 || a.side === b.side) return [];
  const [expected, actual] = a.side === 'expected' ? [a, b] : [b, a];
  return Object.keys(expected.fields)
    .filter((name) => Object.hasOwn(actual.fields, name) && expected.fields[name] !== actual.fields[name])
    .map((field) => ({ field, expected: expected.fields[field], actual: actual.fields[field] }));
}
