import { ENTRY_KINDS, type EntryPage } from '../../src/core/entry.ts';
import { STATUSES } from '../../src/core/lifecycle.ts';
import { parseReconCommand } from '../../src/core/recon-command.ts';
import type { ReconRefusal } from '../../src/core/recon-filter.ts';
import { SEVERITIES } from '../../src/core/severity.ts';
import { CARDINALITIES, type Pass, SIDES } from '../../src/core/spec.ts';
import { adjustmentsAnswer } from '../../src/slack/views/recon-adjustments.ts';
import { typedWords } from '../../src/slack/views/recon-answer.ts';
import { doctorAnswer, doctorRefused } from '../../src/slack/views/recon-doctor.ts';
import { helpAnswer, refusedCommand } from '../../src/slack/views/recon-help.ts';
import { holdsAnswer } from '../../src/slack/views/recon-holds.ts';
import { listAnswer } from '../../src/slack/views/recon-list.ts';
import {
  auditAnswer,
  proofAnswer,
  quarantineAnswer,
  runAnswer,
} from '../../src/slack/views/recon-operations.ts';
import { orderAnswer, ownersAnswer, unknownOrder } from '../../src/slack/views/recon-order.ts';
import { rulesAnswer, unknownRules } from '../../src/slack/views/recon-rules.ts';
import { slaAnswer } from '../../src/slack/views/recon-sla.ts';
import { statusAnswer } from '../../src/slack/views/recon-status.ts';
import { factsIn, holdsIn, pageIn } from './hostile-facts.ts';
import type { Fill } from './hostile-fill.ts';
import type { Render } from './hostile-surfaces.ts';
import { ruleChangeIn } from './hostile-surfaces-rules.ts';
import { aSpec, expression, ORGANISATION } from './ledger.ts';

const EXPECT = expression('abs(diff) <= max(5.00, 2% of expected)');

const aboutIn = (fill: Fill) => ({
  kind: fill.pick(ENTRY_KINDS),
  reverses: fill.yes() ? BigInt(1 + fill.whole(10 ** 9)) : undefined,
  exceptionId: fill.id(),
  exceptionNumber: 1 + fill.whole(9_999),
  exceptionVersion: 1 + fill.whole(9),
  client: fill.maybe(),
  orderRef: fill.maybe(),
  payee: fill.maybe(),
  amount: fill.money(),
  originalPeriod: '2026-10',
  reasonCode: fill.text(),
  madeBy: fill.text(),
  evidence: fill.maybe(),
  note: fill.maybe(),
});

const sumIn = (fill: Fill) => ({ count: fill.whole(2_000), money: fill.many(14, fill.money) });

const entriesIn = (fill: Fill): EntryPage => ({
  waiting: fill.many(5, () => ({
    ...aboutIn(fill),
    proposalId: fill.id(),
    askedAt: fill.instant(),
    expiresAt: fill.instant(),
  })),
  booked: fill.many(5, () => ({
    ...aboutIn(fill),
    number: BigInt(1 + fill.whole(10 ** 9)),
    reversedBy: fill.yes() ? BigInt(fill.whole(9)) : undefined,
    bookedPeriod: fill.pick(['2026-10', '2026-11']),
    appliedAt: fill.instant(),
    direction: undefined,
    code: fill.text(),
    approvedBy: fill.maybe(),
  })),
  sums: { waiting: sumIn(fill), booked: sumIn(fill) },
  page: fill.whole(3),
  pages: 1 + fill.whole(4),
});

const documentIn = (fill: Fill) => ({
  feed: fill.text(),
  sourceRef: fill.text(),
  amount: fill.money(),
  occurredOn: fill.text(),
  matchedAs: fill.maybe(),
});

const orderIn = (fill: Fill) => ({
  documents: fill.many(25, () => documentIn(fill)),
  exceptions: fill.many(8, () => factsIn(fill)),
});

const runIn = (fill: Fill) => ({
  reconciliation: fill.text(),
  mode: fill.text(),
  status: fill.text(),
  cutoffAt: fill.instant(),
  startedAt: fill.instant(),
  finishedAt: fill.yes() ? fill.instant() : undefined,
  problem: fill.maybe(),
  counts: { open: fill.whole(9), [fill.text()]: 1 },
});

const statusCountIn = (fill: Fill) => ({
  team: fill.text(),
  type: fill.text(),
  status: fill.pick(STATUSES),
  count: fill.whole(900),
  overdue: fill.whole(9),
  atStake: fill.money(),
});

const slaCountIn = (fill: Fill) => ({
  team: fill.text(),
  owner: fill.maybe(),
  overdue: fill.whole(9),
  dueSoon: fill.whole(9),
  money: fill.many(14, fill.money),
  dueAt: fill.instant(),
});

const letterIn = (fill: Fill) => ({
  kind: fill.pick([() => 'card', fill.text])(),
  label: fill.pick([undefined, 'EX-1042']),
  address: fill.text(),
  reason: fill.text(),
  attempts: fill.whole(9),
  at: fill.instant(),
});

const lookIn = (fill: Fill) => ({
  check: fill.text(),
  state: fill.pick(['ok', 'skipped', 'failed'] as const),
  detail: fill.text(),
  fix: fill.maybe(),
});

function passIn(fill: Fill): Pass {
  const name = fill.text();
  const pairs = { expected: fill.many(4, fill.text), actual: fill.many(4, fill.text) };
  if (fill.yes()) return { kind: 'exact', name, ...pairs, cardinality: fill.pick(CARDINALITIES) };
  const compare = fill.many(4, () => ({ expected: fill.text(), actual: fill.text(), kind: 'text' as const }));
  return { kind: 'similar', name, within: pairs, gates: { amountPpm: undefined, days: undefined }, compare };
}

const sideIn = (fill: Fill) => ({ feed: fill.text(), amount: fill.text(), date: fill.text() });
const missingIn = (fill: Fill) => ({ afterDays: 10, raise: fill.text(), severity: fill.pick(SEVERITIES) });

const GOVERNANCE = { channel: '#rules', expireAfterMs: 1 };

const bookIn = (fill: Fill) => ({
  pending: fill.yes() ? ruleChangeIn(fill) : undefined,
  spec: aSpec({
    key: fill.text(),
    describes: fill.text(),
    compareIn: fill.text(),
    zone: fill.text(),
    expected: sideIn(fill),
    actual: sideIn(fill),
    duplicates: fill.many(4, () => ({
      side: fill.pick(SIDES),
      same: fill.many(4, fill.text),
      raise: fill.text(),
      severity: fill.pick(SEVERITIES),
    })),
    find: fill.many(4, () => passIn(fill)),
    credits: fill.yes() ? { field: fill.text(), equals: fill.text(), period: undefined } : undefined,
    verify: fill.many(4, () => ({
      id: fill.text(),
      expect: EXPECT,
      // biome-ignore lint/suspicious/noThenProperty: the word of the spec
      then: fill.pick(['auto_resolve' as const, undefined]),
      else: fill.pick([undefined, ...SEVERITIES]),
      reason: fill.text(),
      notify: fill.maybe(),
    })),
    missing: { expected: missingIn(fill), actual: fill.yes() ? missingIn(fill) : undefined },
  }),
  version: fill.yes() ? { number: 3, recordedAt: fill.instant() } : undefined,
});

const unknownIn = (fill: Fill) => ({ typed: fill.text(), near: fill.maybe() });

const TYPED = {
  too_long: () => ({ code: 'too_long', limit: 300 }),
  unknown_verb: (fill) => ({ code: 'unknown_verb', ...unknownIn(fill) }),
  nothing_after: () => ({ code: 'nothing_after', verb: 'mine' }),
  which_order: () => ({ code: 'which_order', verb: 'order' }),
  which_exception: () => ({ code: 'which_exception' }),
  one_feed: () => ({ code: 'one_feed' }),
  crossed_amounts: () => ({ code: 'crossed_amounts' }),
  only_verify: () => ({ code: 'only_verify' }),
  not_a_filter: (fill) => ({ code: 'not_a_filter', ...unknownIn(fill) }),
  unknown_filter: (fill) => ({ code: 'unknown_filter', verb: 'list', ...unknownIn(fill) }),
  empty_filter: (fill) => ({ code: 'empty_filter', key: fill.text(), verb: 'adjustments' }),
  repeated_filter: (fill) => ({ code: 'repeated_filter', key: fill.text() }),
  unknown_status: (fill) => ({ code: 'unknown_status', ...unknownIn(fill) }),
  unknown_kind: (fill) => ({ code: 'unknown_kind', ...unknownIn(fill) }),
  bad_period: (fill) => ({ code: 'bad_period', typed: fill.text() }),
  bad_amount: (fill) => ({ code: 'bad_amount', key: 'amount', typed: fill.text() }),
} as const satisfies Record<ReconRefusal['code'], (fill: Fill) => ReconRefusal>;

const LEADS = [
  '',
  'list ',
  'show ',
  'order ',
  'quarantine ',
  'list status:',
  'list amount:',
  'list type:',
  'adjustments ',
  'adjustments kind:',
];

/** Every answer of `/recon`. */
export const RECON: Readonly<Record<string, Render>> = {
  'recon-help#helpAnswer': (_, reader) => helpAnswer(reader),
  ...Object.fromEntries(
    Object.entries(TYPED).map(([code, make]): [string, Render] => [
      `recon-help#refusedCommand ${code}`,
      (fill, reader) => typedWords(refusedCommand(make(fill), reader)),
    ]),
  ),
  'recon-answer#typedWords': (fill, reader) => {
    const parsed = parseReconCommand(`${fill.pick(LEADS)}${fill.text()}`);
    return typedWords(parsed.ok ? fill.text() || 'understood' : refusedCommand(parsed.refusal, reader));
  },
  'recon-list#listAnswer': (fill, reader) =>
    listAnswer(
      pageIn(fill),
      // What a page button asks again was parsed, and so is no longer than a command may be.
      { title: fill.text(), command: fill.text().slice(0, 300), nothing: `Nothing: ${fill.text()}` },
      reader,
    ),
  'recon-holds#holdsAnswer': (fill, reader) =>
    holdsAnswer(holdsIn(fill), { command: fill.text().slice(0, 300), typed: fill.maybe() }, reader),
  'recon-adjustments#adjustmentsAnswer': (fill, reader) =>
    adjustmentsAnswer(
      entriesIn(fill),
      { command: fill.text().slice(0, 300), typed: fill.text(), near: fill.maybe() },
      reader,
    ),
  'recon-order#orderAnswer': (fill, reader) => orderAnswer(fill.text(), orderIn(fill), reader),
  'recon-order#ownersAnswer': (fill, reader) =>
    ownersAnswer(
      fill.text(),
      { ...orderIn(fill), elsewhere: fill.many(25, fill.text), isKnown: fill.yes() },
      reader,
    ),
  'recon-order#unknownOrder': (fill, reader) => unknownOrder(fill.text(), fill.many(6, fill.text), reader),
  'recon-status#statusAnswer': (fill, reader) =>
    statusAnswer(
      fill.many(70, () => statusCountIn(fill)),
      fill.text(),
      reader,
    ),
  'recon-sla#slaAnswer': (fill, reader) =>
    slaAnswer(
      {
        counts: fill.many(25, () => slaCountIn(fill)),
        shown: pageIn(fill),
        now: fill.instant(),
        until: fill.instant(),
        scope: fill.text(),
        command: 'sla',
      },
      reader,
    ),
  'recon-rules#rulesAnswer': (fill, reader) =>
    rulesAnswer(
      fill.many(4, () => bookIn(fill)),
      { ownership: ORGANISATION.ownership, governance: fill.yes() ? GOVERNANCE : undefined },
      reader,
    ),
  'recon-rules#unknownRules': (fill, reader) =>
    unknownRules({ ...unknownIn(fill), known: fill.many(6, fill.text) }, reader),
  'recon-operations#runAnswer': (fill, reader) =>
    runAnswer(
      fill.many(25, () => runIn(fill)),
      reader,
    ),
  'recon-operations#auditAnswer': (fill, reader) =>
    auditAnswer(
      {
        seq: BigInt(fill.whole(10 ** 9)),
        hash: fill.text(),
        anchor: fill.yes() ? { seq: 1n, at: fill.instant(), place: fill.text() } : undefined,
      },
      fill.instant(),
      reader,
    ),
  'recon-operations#proofAnswer': (fill, reader) =>
    proofAnswer(
      {
        events: fill.whole(10 ** 6),
        anchoredSeq: BigInt(fill.whole(3)),
        problems: fill.many(15, () => ({ where: fill.text(), what: fill.text() })),
      },
      reader,
    ),
  'recon-operations#quarantineAnswer': (fill, reader) =>
    quarantineAnswer(
      fill.many(25, () => ({ feed: fill.text(), reason: fill.text(), count: fill.whole(99) })),
      fill.yes()
        ? fill.many(6, () => ({
            feed: fill.text(),
            delivery: fill.text(),
            line: fill.whole(99),
            reason: fill.text(),
            detail: fill.text(),
          }))
        : undefined,
      reader,
    ),
  'recon-doctor#doctorAnswer': (fill, reader) =>
    doctorAnswer(
      {
        checks: fill.many(25, () => lookIn(fill)),
        letters: fill.many(20, () => letterIn(fill)),
        dead: fill.whole(3),
      },
      reader,
    ),
  'recon-doctor#doctorRefused': (_, reader) => doctorRefused(reader),
};
