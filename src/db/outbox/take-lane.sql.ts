import type { Tx } from '../tx.ts';
import { isDue } from './due.sql.ts';

export type LeaseTerms = {
  readonly workspaceId: string;
  readonly token: string;
  readonly leaseMs: number;
};

/**
 * The address of a lane that has something due, is free and has a place to post in, now leased to `token`; undefined when
 * there is none.
 */
export async function takeLane(tx: Tx, terms: LeaseTerms): Promise<string | undefined> {
  const [row] = await tx<{ address: string }[]>`
    update lane set
      lease_token = ${terms.token},
      lease_until = now() + ${terms.leaseMs} * interval '1 millisecond'
    where workspace_id = ${terms.workspaceId} and address = (
      select l.address
      from lane l
      where l.workspace_id = ${terms.workspaceId}
        and l.next_at <= now()
        and (l.lease_until is null or l.lease_until < now())
        and (l.reason is null or l.stand_in is not null)
        and exists (
          select from outbox o
          where o.workspace_id = l.workspace_id and o.address = l.address
            and o.status in ('pending', 'sending') and ${isDue(tx)}
          offset 0 -- asked only for lanes that are free, not joined with all that waits
        )
      order by l.next_at, l.address
      limit 1
      for update skip locked
    )
    returning address
  `;
  return row?.address;
}
