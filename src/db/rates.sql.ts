import { type Rate, type Rates, toRates } from '../core/fx.ts';
import type { Reconciliation } from '../core/spec.ts';
import type { Tx } from './tx.ts';

/** Every rate into the compared currency that the spec's feed of rates has on the record; none where it names no feed. */
export async function readRates(
  tx: Tx,
  { workspaceId, spec }: { workspaceId: string; spec: Pick<Reconciliation, 'compareIn' | 'rates'> },
): Promise<Rates> {
  const { rates } = spec;
  if (rates === undefined) return new Map();
  const rows = await tx<Rate[]>`
    select upper(r.fields::json ->> ${rates.from}) as from, r.occurred_on::text as on, r.fields::json ->> ${rates.rate} as rate
    from record r
    join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
    where r.workspace_id = ${workspaceId} and not r.is_removed and f.key = ${rates.feed}
      and upper(r.fields::json ->> ${rates.into}) = ${spec.compareIn}
      and r.fields::json ->> ${rates.rate} is not null
    order by r.occurred_on, r.source_ref collate "C"`;
  return toRates(rows);
}
