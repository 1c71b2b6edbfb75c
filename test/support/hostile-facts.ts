import { ATTEMPT_ENDS, type Attempt } from '../../src/core/attempts.ts';
import type { CardFacts, HistoryLine, MemberLine, PersonRef } from '../../src/core/card.ts';
import { type DigestFacts, type DigestRow, TALLIES, type Tally } from '../../src/core/digest.ts';
import type { GroupFacts, GroupItem } from '../../src/core/group.ts';
import { type Hold, type HoldPage, RELEASE_WAYS } from '../../src/core/hold.ts';
import { STATUSES } from '../../src/core/lifecycle.ts';
import { BOOKINGS, type ResolutionCode } from '../../src/core/organisation.ts';
import { SEVERITIES } from '../../src/core/severity.ts';
import { SIDES } from '../../src/core/spec.ts';
import type { WorkPage, WorkRow } from '../../src/core/work.ts';
import type { Fill } from './hostile-fill.ts';

const TAGS = [undefined, 'de-CH', 'en-IN', 'fr-CA', 'ja-JP'] as const;
const ACTIONS = [
  'exception.opened',
  'exception.updated',
  'exception.claim',
  'exception.unclaim',
  'exception.resolve',
  'exception.escalate',
  'exception.clear',
  'exception.reopen',
  'exception.hand_over_offer',
  'exception.hand_over',
  'exception.hand_over_decline',
  'exception.hand_over_lapse',
  'exception.wait',
  'exception.resume',
  'exception.note',
  'exception.propose',
  'exception.approve',
  'exception.reject',
] as const;

export const typeIn = (fill: Fill): string =>
  fill.pick([() => 'missing_invoice', () => '__proto__', fill.text, fill.text])();

const personIn = (fill: Fill): PersonRef => ({
  personId: fill.id(),
  name: fill.text(),
  slackUserId: fill.pick([undefined, 'U_ANA']),
});

const optional = <T>(fill: Fill, make: (fill: Fill) => T): T | undefined =>
  fill.yes() ? make(fill) : undefined;

export function historyIn(fill: Fill): HistoryLine {
  return {
    seq: BigInt(fill.whole(1_000)),
    at: fill.instant().toISOString(),
    action: fill.whole(5) === 0 ? fill.text() : fill.pick(ACTIONS),
    actor: optional(fill, personIn),
    from: fill.maybe(),
    to: fill.maybe(),
    reason: fill.maybe(),
    note: fill.maybe(),
    target: fill.maybe(),
    standIn: fill.maybe(),
    amount: fill.maybe(),
    settledFor: optional(fill, ({ money }) => money()),
    until: fill.pick([() => '2026-12-01', fill.maybe])(),
    link: fill.address(),
    author: fill.maybe(),
    changed: fill.many(2, (index) => ({
      side: SIDES[index % 2] as (typeof SIDES)[number],
      from: optional(fill, ({ money }) => money()),
      to: optional(fill, ({ money }) => money()),
    })),
  };
}

export const attemptIn = (fill: Fill): Attempt => ({
  by: fill.text(),
  from: fill.instant().toISOString(),
  until: fill.yes() ? fill.instant().toISOString() : null,
  said: fill.orNull(),
  end: fill.yes() ? { how: fill.pick(ATTEMPT_ENDS), to: fill.orNull(), code: fill.orNull() } : null,
  cameBack: fill.yes(),
});

export const memberIn = (fill: Fill): MemberLine => ({
  side: fill.pick(SIDES),
  feed: fill.text(),
  sourceRef: fill.text(),
  amount: fill.money(),
  occurredOn: fill.text(),
  delivery: fill.text(),
  line: fill.whole(10_000),
  fields: Object.fromEntries(fill.many(8, () => [fill.text(), fill.text()])),
});

/** A playbook with a hostile text in every place that Markdown has. */
const markdownIn = ({ text, address }: Fill): string =>
  [
    `# ${text()}`,
    `## ${text()}`,
    `${text()} **${text()}** *${text()}* \`${text()}\` [${text()}](${address()})`,
    `1. ${text()}\n   - ${text()}`,
    `> ${text()}`,
    `| ${text()} | ${text()} |\n|---|---|\n| ${text()} | ${text()} |`,
    `\`\`\`\n${text()}\n\`\`\``,
    `<b>${text()}</b> ![${text()}](${address()})`,
  ].join('\n\n');

const KINDS = ['payout', 'vendor_payout', '__proto__'] as const;

const cardHoldIn = (fill: Fill) => ({
  holdId: fill.id(),
  number: BigInt(1 + fill.whole(10 ** 9)),
  kind: fill.pick([...KINDS.map((kind) => () => kind as string), fill.text])(),
  amount: optional(fill, ({ money }) => money()),
  placedAt: fill.instant(),
  expiresAt: optional(fill, ({ instant }) => instant()),
});

export const holdIn = (fill: Fill): Hold => ({
  ...cardHoldIn(fill),
  version: 1 + fill.whole(9),
  exception: optional(fill, ({ id, whole }) => ({ id: id(), number: 1 + whole(9_999), version: 1 })),
  client: fill.maybe(),
  orderRef: fill.maybe(),
  payee: fill.maybe(),
  reason: fill.text(),
  note: fill.maybe(),
  placedBy: fill.maybe(),
  released: optional(fill, ({ pick, instant, maybe, text }) => ({
    how: pick(RELEASE_WAYS),
    at: instant(),
    by: maybe(),
    reason: text(),
  })),
  amountTag: fill.pick(TAGS),
});

export const holdsIn = (fill: Fill, most = 10): HoldPage => ({
  rows: fill.many(most, () => holdIn(fill)),
  page: fill.whole(3),
  pages: 1 + fill.whole(4),
  total: fill.whole(4) === 0 ? 0 : fill.whole(2_000_000),
  money: fill.many(14, fill.money),
  whole: fill.whole(3),
});

export function factsIn(fill: Fill): CardFacts {
  return {
    exceptionId: fill.id(),
    number: 1 + fill.whole(999_999_999),
    version: 1 + fill.whole(1_000),
    status: fill.pick(STATUSES),
    level: fill.whole(4),
    type: typeIn(fill),
    reason: fill.text(),
    severity: fill.pick(SEVERITIES),
    reconciliation: fill.text(),
    client: fill.maybe(),
    orderRef: fill.maybe(),
    expected: optional(fill, ({ money }) => money()),
    actual: optional(fill, ({ money }) => money()),
    atStake: fill.money(),
    findings: fill.many(12, () => ({ field: fill.text(), expected: fill.maybe(), actual: fill.maybe() })),
    team: { key: fill.text(), name: fill.text() },
    lead: optional(fill, () => ({ name: fill.text(), standIn: fill.maybe() })),
    routedBy: optional(fill, () => ({ source: fill.text(), when: fill.maybe() })),
    owner: optional(fill, personIn),
    claimedAt: optional(fill, ({ instant }) => instant()),
    openedAt: fill.instant(),
    dueAt: fill.instant(),
    sla: fill.text(),
    closedAt: fill.whole(4) === 0 ? fill.instant() : undefined,
    resolutionCode: fill.maybe(),
    offer: optional(fill, ({ text, instant }) => ({ toName: text(), note: text(), expiresAt: instant() })),
    wait: optional(fill, ({ maybe, yes }) => ({ untilOn: '2026-12-01', note: maybe(), pausesSla: yes() })),
    proposal: optional(fill, ({ text, money, pick, instant }) => ({
      by: text(),
      books: pick(BOOKINGS),
      amount: money(),
      expiresAt: instant(),
    })),
    hold: optional(fill, cardHoldIn),
    history: fill.many(5, () => historyIn(fill)),
    attempts: fill.many(25, () => attemptIn(fill)),
    playbook: fill.pick([
      () => undefined,
      () => ({ kind: 'page' as const, address: 'https://wiki.example/play?a=1&b=<2>|3' }),
      () => ({ kind: 'text' as const, texts: { en: markdownIn(fill) } }),
    ])(),
    amountTag: fill.pick(TAGS),
    memberCount: { expected: fill.whole(9), actual: fill.whole(9) },
  };
}

const rowIn = (fill: Fill): WorkRow => ({
  exceptionId: fill.id(),
  number: 1 + fill.whole(999_999_999),
  version: 1,
  type: typeIn(fill),
  status: fill.pick(STATUSES),
  level: fill.whole(3),
  team: fill.text(),
  owner: fill.maybe(),
  client: fill.maybe(),
  orderRef: fill.maybe(),
  atStake: fill.money(),
  dueAt: fill.instant(),
  isOverdue: fill.yes(),
  amountTag: fill.pick(TAGS),
});

export const pageIn = (fill: Fill): WorkPage => ({
  rows: fill.many(10, () => rowIn(fill)),
  page: fill.whole(3),
  pages: 1 + fill.whole(4),
  total: fill.whole(4) === 0 ? 0 : fill.whole(2_000_000),
  overdue: fill.whole(100),
  money: fill.many(14, fill.money),
});

export const itemIn = (fill: Fill, index: number): GroupItem => ({
  exceptionId: fill.id(),
  number: 1_000 + index,
  version: 1,
  status: fill.pick(STATUSES),
  owner: optional(fill, ({ id, text }) => ({ personId: id(), name: text() })),
  client: fill.maybe(),
  orderRef: fill.maybe(),
  atStake: fill.money(),
  amountTag: fill.pick(TAGS),
  dueAt: fill.instant(),
});

export const groupIn = (fill: Fill): GroupFacts => ({
  groupId: fill.id(),
  revision: 1,
  type: typeIn(fill),
  team: { key: 'media', name: fill.text() },
  openedAt: fill.instant(),
  tally: fill.many(6, (index) => ({
    status: STATUSES[index % STATUSES.length] as (typeof STATUSES)[number],
    count: fill.whole(2_000),
    money: fill.many(5, fill.money),
  })),
  owners: fill.many(5, () => ({ name: fill.text(), count: fill.whole(100) })),
  ownerCount: fill.whole(20),
  top: fill.many(5, (index) => itemIn(fill, index)),
  firstDueAt: optional(fill, ({ instant }) => instant()),
});

export const codesIn = (fill: Fill): ResolutionCode[] =>
  fill.many(110, (index) => ({
    code: `code_${index}`,
    label: fill.text(),
    types: [],
    note: fill.pick(['required', 'optional']),
    amount: fill.pick(['required', 'optional']),
    evidence: fill.pick(['required', 'optional']),
    books: fill.pick([undefined, ...BOOKINGS]),
  }));

const tallyIn = (fill: Fill): Tally => ({ count: fill.whole(500), money: fill.many(6, fill.money) });

const digestRowIn = (fill: Fill): DigestRow => ({
  ...tallyIn(fill),
  name: fill.maybe(),
  overdue: fill.whole(9),
  ...(fill.whole(6) === 0 ? { others: fill.whole(50) } : {}),
});

export function digestIn(fill: Fill, about: DigestFacts['about']): DigestFacts {
  const tallies = Object.fromEntries([...TALLIES, 'autoResolved'].map((name) => [name, tallyIn(fill)]));
  return {
    ...(tallies as Pick<DigestFacts, (typeof TALLIES)[number] | 'autoResolved'>),
    about,
    from: fill.instant(),
    until: fill.instant(),
    agedDays: 7,
    by: fill.pick(['owner', 'client']),
    rows: fill.many(12, () => digestRowIn(fill)),
    types: fill.many(12, () => digestRowIn(fill)),
    items: fill.many(10, () => rowIn(fill)),
  };
}
