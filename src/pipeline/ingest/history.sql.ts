import type { Seen } from '../../core/intake/drift.ts';
import type { Finding } from '../../core/intake/finding.ts';
import type { Tx } from '../../db/tx.ts';

/** A delivery that was taken, as later ones are compared with it. */
export type PastDelivery = {
  readonly seen: Seen | null;
  readonly rows: number;
  /** Minor units as text, by currency. */
  readonly amounts: Readonly<Record<string, string>>;
  /** 1 is Monday, in the feed's zone. */
  readonly weekday: number;
  readonly contractVersion: number;
  readonly findings: readonly Finding[];
  /** Whether a person decided about it. */
  readonly isDecided: boolean;
};

/** Enough for eight of every weekday. */
const LATEST = 64;

/** The latest deliveries of a feed that were taken before this one, the last first. Small ones among many say nothing and are left out. */
export async function readHistory(
  tx: Tx,
  about: { workspaceId: string; feedId: string; deliveryId: string; zone: string; before: Date },
): Promise<readonly PastDelivery[]> {
  return [
    ...(await tx<PastDelivery[]>`
      select d.observed as seen, d.rows_read - d.rows_skipped as rows, d.amounts, d.contract_version as "contractVersion",
             d.findings, d.decided_at is not null as "isDecided",
             extract(isodow from coalesce(d.ordered_at, d.received_at) at time zone ${about.zone})::integer as weekday
      from delivery d
      where d.workspace_id = ${about.workspaceId} and d.feed_id = ${about.feedId} and d.status = 'accepted'
        and d.delivery_id <> ${about.deliveryId} and d.observed is not null
        and coalesce(d.ordered_at, d.received_at) < ${about.before}
      order by coalesce(d.ordered_at, d.received_at) desc, d.delivery_id desc
      limit ${LATEST}`),
  ];
}
