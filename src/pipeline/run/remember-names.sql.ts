import type { Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';

/** Keeps which clients and payees this run compared, for whoever asks whether a payment of theirs may go. */
export async function rememberNames(
  tx: Tx,
  { workspaceId, spec }: { workspaceId: string; spec: Pick<Reconciliation, 'expected' | 'actual'> },
): Promise<void> {
  const [expected, actual] = [spec.expected.payee, spec.actual.payee];
  // A field without a name is not looked for in every record.
  const payee =
    expected === undefined && actual === undefined
      ? tx`null::text`
      : tx`p.fields::json ->> case p.side when 'expected' then ${expected ?? null}::text else ${actual ?? null}::text end`;
  await tx`
    insert into known_name (workspace_id, what, name_key)
    select distinct ${workspaceId}::uuid, n.what, name_key(n.name)
    from (select p.client, ${payee} as payee from pool p group by 1, 2) as named
    cross join lateral (values ('client', named.client), ('payee', named.payee)) as n (what, name)
    where name_key(n.name) is not null
    order by 2, 3
    on conflict do nothing`;
}
