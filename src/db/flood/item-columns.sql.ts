import type { GroupItem } from '../../core/group.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { Tx } from '../tx.ts';

export type ItemRow = {
  readonly exception_id: string;
  readonly number: number;
  readonly version: number;
  readonly status: Status;
  readonly owner_id: string | null;
  readonly owner_name: string | null;
  readonly client: string | null;
  readonly order_ref: string | null;
  readonly at_stake_minor: bigint;
  readonly currency: string;
  readonly due_at: Date;
};

/** What a list shows of exception `e` with its owner `p`; for use inside other statements. */
export const itemColumns = (tx: Tx) => tx`
  e.exception_id, e.number, e.version, e.status, e.owner_id, p.name as owner_name, e.client, e.order_ref,
  e.at_stake_minor, e.currency, e.due_at`;

export const toItem = (row: ItemRow): GroupItem => ({
  exceptionId: row.exception_id,
  number: row.number,
  version: row.version,
  status: row.status,
  owner: row.owner_id === null ? undefined : { personId: row.owner_id, name: row.owner_name ?? '' },
  client: row.client ?? undefined,
  orderRef: row.order_ref ?? undefined,
  atStake: { minor: row.at_stake_minor, currency: row.currency },
  dueAt: row.due_at,
});
