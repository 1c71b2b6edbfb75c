import type { MatchRecord } from '../core/match.ts';
import type { Side } from '../core/spec.ts';

/** A record of the run's pool as `jsonb_build_object` hands it over; amounts are text, because JSON numbers lose cents. */
export type MemberJson = {
  readonly record_id: string;
  readonly side: Side;
  readonly feed: string;
  readonly source_ref: string;
  readonly version: number;
  readonly content_hash: string;
  readonly amount_minor: string | null;
  readonly currency: string | null;
  readonly occurred_on: string;
  readonly client: string | null;
  readonly order_ref: string | null;
  readonly fields: Record<string, string>;
};

/** The record as core sees it. */
export const toMatchRecord = (row: MemberJson): MatchRecord => ({
  recordId: row.record_id,
  side: row.side,
  feed: row.feed,
  sourceRef: row.source_ref,
  version: row.version,
  contentHash: row.content_hash,
  amountMinor: row.amount_minor === null ? undefined : BigInt(row.amount_minor),
  currency: row.currency ?? undefined,
  occurredOn: row.occurred_on,
  client: row.client ?? undefined,
  orderRef: row.order_ref ?? undefined,
  fields: row.fields,
});
