import type { ApiKey } from '../../core/api-key.ts';
import { type CoveringHold, mayPay, type PayAnswer, type PayAsk, type PayFacts } from '../../core/pay.ts';
import type { Reconciliation } from '../../core/spec.ts';
import { inStatement, type Statements } from '../../db/tx.ts';
import { type AskingKeyRow, type ComparedFeed, type CoveringRow, readToPay } from './ask-to-pay.sql.ts';

export type PayInput = {
  readonly workspaceId: string;
  /** Of the secret of the key that asks: sha256, hexadecimal. */
  readonly secretHash: string;
  readonly ask: PayAsk;
  readonly reconciliations: readonly Reconciliation[];
  readonly freshWithinMs: number;
  readonly now: Date;
};

/** Undefined key: nobody has it, and nothing was read for it. */
export type PayRead =
  | { readonly key: undefined }
  | { readonly key: ApiKey; readonly answer: PayAnswer & Pick<PayFacts, 'holds'> };

/**
 * Whether a payment may go as of now, and what holds it; with the key that asked, for the caller to judge. Reads only, in
 * one snapshot; what it cannot know it does not let go.
 */
export async function askToPay(sql: Statements, input: PayInput): Promise<PayRead> {
  const { workspaceId, secretHash, ask, now, freshWithinMs } = input;
  const feeds = comparedFeeds(input.reconciliations);
  const row = await inStatement(() => readToPay(sql, { workspaceId, secretHash, ask, feeds }), {
    writes: false,
  });
  if (row.api_key === null) return { key: undefined };
  const facts: PayFacts = {
    holds: row.holds.map(toCovering),
    isClientKnown: row.is_client_known,
    isOrderKnown: row.documents > 0,
    isPayeeKnown: row.is_payee_known,
    isAnotherClient: row.is_another_client,
    isAnotherPayee: row.is_another_payee,
    isAhead: row.is_ahead,
    lastRunAt: row.last_run_at ?? undefined,
  };
  const answer = { ...mayPay(ask, facts, { now, freshWithinMs }), holds: facts.holds };
  return { key: toKey(row.api_key), answer };
}

const comparedFeeds = (reconciliations: readonly Reconciliation[]): ComparedFeed[] =>
  reconciliations.flatMap(({ key, expected, actual }) =>
    [expected, actual].map(({ feed, payee }) => ({ feed, reconciliation: key, payee })),
  );

const dateOrNone = (text: string | null): Date | undefined => (text === null ? undefined : new Date(text));

const toKey = (row: AskingKeyRow): ApiKey => ({
  apiKeyId: row.api_key_id,
  name: row.name,
  scopes: row.scopes,
  createdAt: new Date(row.created_at),
  expiresAt: new Date(row.expires_at),
  revokedAt: dateOrNone(row.revoked_at),
  lastUsedAt: dateOrNone(row.last_used_at),
});

const toCovering = (row: CoveringRow): CoveringHold => ({
  holdId: row.hold_id,
  number: BigInt(row.number),
  kind: row.kind,
  exceptionNumber: row.exception_number ?? undefined,
  client: row.client ?? undefined,
  orderRef: row.order_ref ?? undefined,
  payee: row.payee ?? undefined,
  amount:
    row.amount_minor === null || row.currency === null
      ? undefined
      : { minor: BigInt(row.amount_minor), currency: row.currency },
  reason: row.reason,
  note: row.note ?? undefined,
  placedAt: new Date(row.placed_at),
  expiresAt: dateOrNone(row.expires_at),
});
