import { PROPOSAL_STATES } from '../../src/core/adjust.ts';
import type { BulkNotice } from '../../src/core/bulk-notice.ts';
import {
  type Happening,
  type NoticePayload,
  STEP_KINDS,
  storedMoney,
  type ToldException,
  WITHDRAWN_BECAUSE,
} from '../../src/core/message.ts';
import { PROPOSAL_KINDS, type ProposalFacts } from '../../src/core/proposal.ts';
import { CHECK_NAMES } from '../../src/core/run-checks.ts';
import { section } from '../../src/slack/views/blocks.ts';
import { renderBulkNotice } from '../../src/slack/views/bulk-notice.ts';
import { inert } from '../../src/slack/views/escape.ts';
import { renderAnswered, renderConfirm, renderVouch } from '../../src/slack/views/link.ts';
import { renderNotice, renderReply } from '../../src/slack/views/messages.ts';
import { renderProposal } from '../../src/slack/views/proposal.ts';
import { fieldRefusalWords, refusalWords } from '../../src/slack/views/refusals.ts';
import { attemptIn, historyIn, typeIn } from './hostile-facts.ts';
import type { Fill } from './hostile-fill.ts';
import { REFUSAL_CODES, REFUSALS_IN } from './hostile-refusals.ts';
import type { Render } from './hostile-surfaces.ts';

const TAGS = [undefined, 'de-CH', 'en-IN'] as const;
const isoIn = (fill: Fill): string => fill.instant().toISOString();

const exceptionIn = (fill: Fill): ToldException => ({
  id: fill.id(),
  version: 1,
  number: fill.whole(100_000),
  type: typeIn(fill),
  atStake: storedMoney(fill.money()),
  client: fill.orNull(),
  orderRef: fill.orNull(),
  owner: fill.orNull(),
  team: fill.text(),
  dueAt: isoIn(fill),
  expected: fill.yes() ? storedMoney(fill.money()) : null,
  actual: fill.yes() ? storedMoney(fill.money()) : null,
  attempts: fill.many(5, () => attemptIn(fill)),
});

const stepIn = (fill: Fill): NoticePayload => {
  const exceptions = fill.many(10, () => exceptionIn(fill));
  const count = Math.max(1, exceptions.length + fill.whole(2));
  const total = fill.yes() ? storedMoney(fill.money()) : null;
  return { notice: 'step', step: fill.pick(STEP_KINDS), count, total, exceptions };
};

const HAPPENINGS = {
  escalated: (fill) => ({
    notice: 'escalated',
    target: fill.text(),
    standIn: fill.orNull(),
    by: fill.orNull(),
    note: fill.text(),
  }),
  offered: (fill) => ({
    notice: 'offered',
    note: fill.text(),
    answerBy: isoIn(fill),
    standsInFor: fill.orNull(),
  }),
  taken_over: (fill) => ({ notice: 'taken_over', by: fill.text() }),
  assigned: (fill) => ({ notice: 'assigned', note: fill.text() }),
  declined: (fill) => ({ notice: 'declined', by: fill.text(), note: fill.text() }),
  offer_lapsed: (fill) => ({ notice: 'offer_lapsed', from: fill.text(), to: fill.text() }),
  offer_withdrawn: (fill) => ({ notice: 'offer_withdrawn', because: fill.pick(WITHDRAWN_BECAUSE) }),
  wait_over: (fill) => ({ notice: 'wait_over', note: fill.orNull() }),
  approved: (fill) => ({ notice: 'approved', by: fill.text() }),
  rejected: (fill) => ({ notice: 'rejected', by: fill.text(), note: fill.text() }),
  proposal_lapsed: () => ({ notice: 'proposal_lapsed' }),
} as const satisfies {
  [Kind in Happening['notice']]: (fill: Fill) => Extract<Happening, { notice: Kind }>;
};

const settledIn = (fill: Fill): NoticePayload => ({
  notice: 'settled',
  reconciliation: fill.text(),
  count: fill.whole(200),
  total: fill.yes() ? storedMoney(fill.money()) : null,
  lines: fill.many(15, () => ({
    orderRef: fill.orNull(),
    difference: storedMoney(fill.money()),
    reason: fill.text(),
    client: fill.orNull(),
    periods: fill.many(3, fill.text),
  })),
});

const expiredIn = (fill: Fill): NoticePayload => ({
  notice: 'hold_expired',
  label: `H-${fill.whole(9_999)}`,
  kind: fill.pick([() => 'vendor_payout', fill.text])(),
  client: fill.orNull(),
  orderRef: fill.orNull(),
  payee: fill.orNull(),
  amount: fill.yes() ? storedMoney(fill.money()) : null,
});

const manyExpiredIn = (fill: Fill): NoticePayload => ({
  notice: 'holds_expired',
  count: fill.whole(200),
  total: fill.yes() ? storedMoney(fill.money()) : null,
  lines: fill.many(10, () => ({
    label: `H-${fill.whole(9_999)}`,
    kind: fill.pick([() => 'vendor_payout', fill.text])(),
    client: fill.orNull(),
    orderRef: fill.orNull(),
    payee: fill.orNull(),
    amount: fill.yes() ? storedMoney(fill.money()) : null,
  })),
});

/** A proposal of any kind, however it stands. */
export const proposalIn = (fill: Fill): ProposalFacts => {
  const kind = fill.pick(PROPOSAL_KINDS);
  const number = BigInt(1 + fill.whole(9_999));
  return {
    proposalId: fill.id(),
    kind,
    state: fill.pick(PROPOSAL_STATES),
    reasonCode: fill.pick([() => 'other', fill.text])(),
    note: fill.maybe(),
    evidence: fill.maybe(),
    amount: fill.yes() ? fill.money() : undefined,
    originalPeriod: fill.yes() ? '2026-10' : undefined,
    byName: fill.text(),
    expiresAt: fill.instant(),
    decided: fill.yes() ? { byName: fill.maybe(), at: fill.instant(), note: fill.maybe() } : undefined,
    exception:
      kind === 'release' && fill.yes()
        ? undefined
        : { id: fill.id(), number: fill.whole(100_000), version: 1, type: typeIn(fill) },
    client: fill.maybe(),
    orderRef: fill.maybe(),
    payee: fill.maybe(),
    holdNumber: kind === 'release' ? number : undefined,
    entryNumber: kind === 'reversal' ? number : undefined,
    amountTag: fill.pick(TAGS),
  };
};

const checksIn = (fill: Fill): NoticePayload => ({
  notice: 'checks',
  reconciliation: fill.text(),
  failed: fill.many(2, () => ({ name: fill.pick(CHECK_NAMES), foundPpm: 900_000, leastPpm: 950_000 })),
});

const wordedIn = (fill: Fill): NoticePayload => ({
  title: fill.text(),
  body: fill.text(),
  facts: fill.many(14, () => ({
    label: fill.text(),
    value: fill.yes() ? fill.text() : { instant: isoIn(fill) },
  })),
  exception: { id: fill.id(), version: 1, isOffer: fill.yes() },
});

const endedIn = (fill: Fill) =>
  fill.yes()
    ? {
        counts: {
          open: 0,
          accepted: fill.whole(2),
          declined: fill.whole(2),
          lapsed: 1,
          withdrawn: fill.whole(2),
        },
        endedAt: fill.instant(),
      }
    : undefined;

const notice =
  (make: (fill: Fill) => NoticePayload): Render =>
  (fill, reader) =>
    renderNotice(make(fill), { reader, amountTag: fill.pick(TAGS), ended: endedIn(fill) });

const bulk =
  (what: BulkNotice['bulk']['what']): Render =>
  (fill, reader) =>
    renderBulkNotice(
      {
        bulk: {
          id: fill.id(),
          what,
          type: typeIn(fill),
          byName: fill.text(),
          count: fill.whole(2_000),
          money: fill.many(5, () => storedMoney(fill.money())),
          note: fill.orNull(),
          until: fill.yes() ? isoIn(fill) : null,
          refused: fill.whole(3),
        },
      },
      reader,
      what === 'offered' ? endedIn(fill) : undefined,
    );

/** Words that are told at the place of a press: as fallback text and as mrkdwn. */
const told = (words: string) => ({ text: words, blocks: [section(words)] });

/** What is told to a person or in a thread. */
export const MESSAGES: Readonly<Record<string, Render>> = {
  'messages#renderReply': (fill, reader) => {
    const { seq: _, ...line } = historyIn(fill);
    return renderReply(line, { reader, amountTag: fill.pick(TAGS) });
  },
  ...Object.fromEntries(
    Object.entries(HAPPENINGS).map(([kind, make]) => [
      `messages#renderNotice ${kind}`,
      notice((fill) => ({ ...make(fill), exception: exceptionIn(fill) })),
    ]),
  ),
  'messages#renderNotice settled': notice(settledIn),
  'messages#renderNotice step': notice(stepIn),
  'messages#renderNotice step of one': notice((fill) => ({
    notice: 'step',
    step: fill.pick(STEP_KINDS),
    count: 1,
    total: null,
    exceptions: [exceptionIn(fill)],
  })),
  'messages#renderNotice checks': notice(checksIn),
  'messages#renderNotice worded': notice(wordedIn),
  'messages#renderNotice hold_expired': notice(expiredIn),
  'messages#renderNotice holds_expired': notice(manyExpiredIn),
  'proposal#renderProposal': (fill, reader) => renderProposal(proposalIn(fill), reader),
  'bulk-notice#renderBulkNotice offered': bulk('offered'),
  'bulk-notice#renderBulkNotice withdrawn': bulk('withdrawn'),
  'bulk-notice#renderBulkNotice taken': bulk('taken'),
  'bulk-notice#renderBulkNotice declined': bulk('declined'),
  'bulk-notice#renderBulkNotice done': bulk('done'),
  'link#renderVouch': (fill, reader) =>
    renderVouch(
      {
        requestId: fill.id(),
        slackName: fill.text(),
        actionId: fill.pick([() => 'hand_over_accept', fill.text])(),
        label: fill.text(),
        until: fill.instant(),
      },
      reader,
    ),
  'link#renderConfirm': (fill, reader) =>
    renderConfirm(
      {
        requestId: fill.id(),
        token: 'x'.repeat(43),
        adminName: fill.text(),
        personName: fill.text(),
        until: fill.instant(),
      },
      reader,
    ),
  'link#renderAnswered': (fill, reader) =>
    renderAnswered(reader.words.link.vouched(inert(fill.text(), 200), inert(fill.text(), 200))),
  ...Object.fromEntries(
    REFUSAL_CODES.flatMap((code): [string, Render][] => [
      [
        `refusals#refusalWords ${code}`,
        (fill, reader) => told(refusalWords(REFUSALS_IN[code](fill), reader)),
      ],
      [
        `refusals#fieldRefusalWords ${code}`,
        (fill, reader) => told(fieldRefusalWords(REFUSALS_IN[code](fill), reader)),
      ],
    ]),
  ),
};
