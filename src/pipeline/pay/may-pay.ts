import { mayPay, type PayAnswer, type PayAsk, type PayFacts } from '../../core/pay.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { coveringHolds } from './covering-holds.sql.ts';
import { type ComparedFeed, type OrderDocuments, orderDocuments } from './documents.sql.ts';
import { standing } from './standing.sql.ts';

export type PayInput = {
  readonly workspaceId: string;
  readonly ask: PayAsk;
  readonly reconciliations: readonly Reconciliation[];
  readonly freshWithinMs: number;
  readonly now: Date;
};

const NO_DOCUMENTS: OrderDocuments = {
  count: 0,
  clients: [],
  payees: [],
  feeds: [],
  isAnotherClient: false,
  isAnotherPayee: false,
  isAhead: false,
};

/** Whether a payment may go as of now, and what holds it. Reads only; what it cannot know it does not let go. */
export async function askToPay(tx: Tx, input: PayInput): Promise<PayAnswer & Pick<PayFacts, 'holds'>> {
  const { workspaceId, ask, now, freshWithinMs } = input;
  const feeds = comparedFeeds(input.reconciliations);
  const { order, client, payee } = ask;
  const documents =
    order === undefined ? NO_DOCUMENTS : await orderDocuments(tx, { workspaceId, order, ask, feeds });
  const ofOrder = feeds.filter(({ feed }) => documents.feeds.includes(feed));
  const compared = ofOrder.length === 0 ? feeds : ofOrder;
  const { clients, payees, isAnotherClient, isAnotherPayee } = documents;
  const [record, holds] = await Promise.all([
    standing(tx, { workspaceId, client, payee, compared }),
    coveringHolds(tx, { workspaceId, order, client, payee, clients, payees }),
  ]);
  const facts: PayFacts = {
    holds,
    isClientKnown: record.isClientKnown,
    isOrderKnown: documents.count > 0,
    isPayeeKnown: record.isPayeeKnown,
    isAnotherClient,
    isAnotherPayee,
    isAhead: order === undefined ? record.hasUncompared : documents.isAhead,
    lastRunAt: record.lastRunAt ?? undefined,
  };
  return { ...mayPay(ask, facts, { now, freshWithinMs }), holds };
}

const comparedFeeds = (reconciliations: readonly Reconciliation[]): ComparedFeed[] =>
  reconciliations.flatMap(({ key, expected, actual }) =>
    [expected, actual].map(({ feed, payee }) => ({ feed, reconciliation: key, payee })),
  );
