import {
  DECISIONS,
  DELIVERY_STATUSES,
  type DecisionRefusal,
  REASON_CODES,
} from '../../src/core/intake/decision.ts';
import type { DeliveryFacts, KeptOut } from '../../src/core/intake/delivery-facts.ts';
import type { Finding } from '../../src/core/intake/finding.ts';
import { section } from '../../src/slack/views/blocks.ts';
import { decisionModal, renderDelivery } from '../../src/slack/views/intake.ts';
import { decisionRefusalWords } from '../../src/slack/views/intake-refusals.ts';
import type { Fill } from './hostile-fill.ts';
import type { Render } from './hostile-surfaces.ts';

const FINDINGS: { readonly [K in Finding['kind']]: (fill: Fill) => Extract<Finding, { kind: K }> } = {
  column_added: (fill) => ({ kind: 'column_added', column: fill.text() }),
  column_removed: (fill) => ({
    kind: 'column_removed',
    column: fill.text(),
    fields: fill.many(3, fill.text),
  }),
  column_retyped: (fill) => ({
    kind: 'column_retyped',
    column: fill.text(),
    fields: fill.many(3, fill.text),
    from: fill.text(),
    to: fill.text(),
  }),
  field_unreadable: (fill) => ({
    kind: 'field_unreadable',
    field: fill.text(),
    reason: fill.text(),
    rows: fill.whole(100),
    of: fill.whole(100),
  }),
  key_changed: (fill) => ({
    kind: 'key_changed',
    column: fill.text(),
    how: fill.pick(['removed', 'retyped']),
  }),
  key_not_unique: (fill) => ({
    kind: 'key_not_unique',
    key: fill.many(3, fill.text),
    rows: fill.whole(100),
    of: fill.whole(100),
  }),
  contract_key_changed: (fill) => ({
    kind: 'contract_key_changed',
    from: fill.many(3, fill.text),
    to: fill.many(3, fill.text),
  }),
  blanks: (fill) => ({
    kind: 'blanks',
    column: fill.text(),
    fields: fill.many(3, fill.text),
    now: fill.whole(100),
    usual: fill.whole(100),
  }),
  new_words: (fill) => ({
    kind: 'new_words',
    column: fill.text(),
    fields: fill.many(3, fill.text),
    words: fill.many(8, fill.text),
  }),
  volume: (fill) => ({
    kind: 'volume',
    now: fill.whole(1_000),
    usual: fill.whole(1_000),
    zscore: 5,
    history: 8,
  }),
  value: (fill) => ({
    kind: 'value',
    currency: fill.money().currency,
    now: fill.money().minor.toString(),
    usual: fill.money().minor.toString(),
    zscore: -5,
    history: 8,
  }),
  empty: (fill) => ({ kind: 'empty', usual: fill.whole(1_000) }),
};

const findingIn = (fill: Fill): Finding => fill.pick(Object.values(FINDINGS))(fill);

function factsIn(fill: Fill): DeliveryFacts {
  const isDecided = fill.yes();
  return {
    deliveryId: fill.id(),
    version: fill.whole(20) + 1,
    feed: fill.text(),
    name: fill.text(),
    status: fill.pick(DELIVERY_STATUSES),
    findings: fill.many(20, () => findingIn(fill)),
    problem: fill.orNull(),
    receivedAt: fill.instant(),
    rowsRead: fill.whole(5_000_000),
    rowsQuarantined: fill.whole(100),
    amounts: Object.fromEntries(
      fill.many(3, fill.money).map(({ minor, currency }) => [currency, minor.toString()]),
    ),
    isKept: fill.yes(),
    decidedBy: isDecided ? fill.orNull() : null,
    decidedAt: isDecided ? fill.instant() : null,
    reasonCode: isDecided ? fill.pick([...REASON_CODES.release, 'read_again'] as const) : null,
    note: isDecided ? fill.orNull() : null,
  };
}

const keptOutIn = (fill: Fill): KeptOut => ({
  rows: fill.whole(1_000),
  reasons: fill.many(8, () => ({ reason: fill.text(), rows: fill.whole(1_000) })),
  first: { line: fill.whole(1_000), reason: fill.text(), detail: fill.text() },
});

const refusalIn = (fill: Fill): DecisionRefusal =>
  fill.pick<(fill: Fill) => DecisionRefusal>([
    () => ({ code: 'delivery_unknown' }),
    ({ pick, orNull, instant }) => ({
      code: 'not_waiting',
      status: pick(DELIVERY_STATUSES),
      byName: orNull() ?? undefined,
      at: instant(),
    }),
    () => ({ code: 'may_not_decide' }),
    ({ text, many }) => ({ code: 'reason_unknown', given: text(), known: many(3, text) }),
    () => ({ code: 'note_missing' }),
    ({ whole }) => ({ code: 'note_long', limit: whole(2_000) }),
    () => ({ code: 'bytes_gone' }),
    () => ({ code: 'others_came' }),
  ])(fill);

/** What is said of deliveries that are not as usual. */
export const INTAKE: Readonly<Record<string, Render>> = {
  'intake#renderDelivery': (fill, reader) => renderDelivery(factsIn(fill), reader),
  'intake#renderDelivery with rows kept out': (fill, reader) =>
    renderDelivery(factsIn(fill), reader, keptOutIn(fill)),
  ...Object.fromEntries(
    DECISIONS.map((decision): [string, Render] => [
      `intake#decisionModal ${decision}`,
      (fill, reader) => decisionModal(factsIn(fill), { decision, reader }),
    ]),
  ),
  'intake-refusals#decisionRefusalWords': (fill, reader) => {
    const text = decisionRefusalWords(refusalIn(fill), reader);
    return { text, blocks: [section(text)] };
  },
};
