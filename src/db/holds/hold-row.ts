import type { Hold, ReleaseWay } from '../../core/hold.ts';

/** Columns of a hold as statements read it, with the names behind its ids. */
export type HoldRow = {
  readonly hold_id: string;
  readonly number: bigint;
  readonly version: number;
  readonly kind: string;
  readonly exception_id: string | null;
  readonly exception_number: number | null;
  readonly exception_version: number | null;
  readonly client: string | null;
  readonly order_ref: string | null;
  readonly payee: string | null;
  readonly amount_minor: bigint | null;
  readonly currency: string | null;
  readonly reason: string;
  readonly note: string | null;
  readonly placed_at: Date;
  readonly placed_by: string | null;
  readonly expires_at: Date | null;
  readonly released_how: ReleaseWay | null;
  readonly released_at: Date | null;
  readonly released_by: string | null;
  readonly release_reason: string | null;
};

export const toHold = (row: HoldRow): Hold => ({
  holdId: row.hold_id,
  number: row.number,
  version: row.version,
  kind: row.kind,
  exception:
    row.exception_id === null || row.exception_number === null
      ? undefined
      : { id: row.exception_id, number: row.exception_number, version: row.exception_version ?? 1 },
  client: row.client ?? undefined,
  orderRef: row.order_ref ?? undefined,
  payee: row.payee ?? undefined,
  amount:
    row.amount_minor === null || row.currency === null
      ? undefined
      : { minor: row.amount_minor, currency: row.currency },
  reason: row.reason,
  note: row.note ?? undefined,
  placedAt: row.placed_at,
  placedBy: row.placed_by ?? undefined,
  expiresAt: row.expires_at ?? undefined,
  released:
    row.released_how === null || row.released_at === null
      ? undefined
      : {
          how: row.released_how,
          at: row.released_at,
          by: row.released_by ?? undefined,
          reason: row.release_reason ?? '',
        },
});
