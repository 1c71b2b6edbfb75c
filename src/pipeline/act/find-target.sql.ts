import type { Tx } from '../../db/tx.ts';

export type EscalationTarget = { readonly kind: 'team' | 'person'; readonly key: string };

/** Whom an escalation reaches: how to call them and where their messages go. */
export type Target = {
  readonly name: string;
  readonly address: string;
  /** Who gets it, because the person is away. */
  readonly standIn: string | null;
};

/** An active team or person by its key; undefined when there is none, or the person left and nobody stands in. */
export async function findTarget(
  tx: Tx,
  workspaceId: string,
  { kind, key }: EscalationTarget,
): Promise<Target | undefined> {
  const [row] =
    kind === 'team'
      ? await tx<Target[]>`
          select name, 'team:' || key as address, null as "standIn"
          from team where workspace_id = ${workspaceId} and key = ${key} and is_active`
      : await tx<Target[]>`
          select p.name, 'person:' || s.person_id as address,
                 case when s.person_id <> p.person_id then s.name end as "standIn"
          from person p
          join person s on s.workspace_id = p.workspace_id
            and s.person_id = tieout.stand_in(p.workspace_id, p.person_id, null, clock_timestamp())
          where p.workspace_id = ${workspaceId} and p.key = ${key} and p.is_active
            and (p.left_at is null or s.person_id <> p.person_id)`;
  return row;
}
