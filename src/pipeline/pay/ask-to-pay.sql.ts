import type { PayAsk } from '../../core/pay.ts';
import type { Statements } from '../../db/tx.ts';

/** A feed that a reconciliation compares, and the field of it that names who is paid. */
export type ComparedFeed = {
  readonly feed: string;
  readonly reconciliation: string;
  readonly payee: string | undefined;
};

/** An open hold as JSON says it: whole numbers and times are text. */
export type CoveringRow = {
  readonly hold_id: string;
  readonly number: string;
  readonly kind: string;
  readonly client: string | null;
  readonly order_ref: string | null;
  readonly payee: string | null;
  readonly amount_minor: string | null;
  readonly currency: string | null;
  readonly reason: string;
  readonly note: string | null;
  readonly placed_at: string;
  readonly expires_at: string | null;
  readonly exception_number: number | null;
};

/** The key that asks, as JSON says it. */
export type AskingKeyRow = {
  readonly api_key_id: string;
  readonly name: string;
  readonly scopes: string[];
  readonly created_at: string;
  readonly expires_at: string;
  readonly revoked_at: string | null;
  readonly last_used_at: string | null;
};

/** Null all through where nobody has that key. */
export type PayRow = {
  readonly api_key: AskingKeyRow | null;
  /** How many documents carry the reference of the order, in any case. */
  readonly documents: number;
  readonly is_another_client: boolean;
  readonly is_another_payee: boolean;
  readonly is_ahead: boolean;
  readonly is_client_known: boolean;
  readonly is_payee_known: boolean;
  readonly last_run_at: Date | null;
  readonly holds: readonly CoveringRow[];
};

/** More holds than this are no list anybody reads; that there are any is what counts. */
const MOST = 100;

/** What the record says of the asked payment to whoever has the key, in one snapshot (`ask_to_pay`, migration 0018). */
export async function readToPay(
  sql: Statements,
  asked: { workspaceId: string; secretHash: string; ask: PayAsk; feeds: readonly ComparedFeed[] },
): Promise<PayRow> {
  const { workspaceId, secretHash, ask, feeds } = asked;
  const { order, client, payee } = ask;
  const spellings = order === undefined ? [] : [order, order.toUpperCase(), order.toLowerCase()];
  const [row] = await sql<PayRow[]>`
    select p.api_key, p.documents, p.is_another_client, p.is_another_payee, p.is_ahead, p.is_client_known, p.is_payee_known,
      p.last_run_at, p.holds
    from tieout.ask_to_pay(${workspaceId}, ${secretHash}, ${order ?? null}, ${spellings}::text[], ${client ?? null},
      ${payee ?? null}, ${feeds.map(({ feed }) => feed)}::text[],
      ${feeds.map(({ reconciliation }) => reconciliation)}::text[],
      ${feeds.map((one) => one.payee ?? null)}::text[], ${MOST}) as p`;
  if (!row) throw new Error('the facts of a payment were asked for and no row came');
  return row;
}
