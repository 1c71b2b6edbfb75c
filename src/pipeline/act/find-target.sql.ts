import type { Tx } from '../../db/tx.ts';

export type EscalationTarget = { readonly kind: 'team' | 'person'; readonly key: string };

/** Whom an escalation reaches: how to call them and where their messages go. */
export type Target = { readonly name: string; readonly address: string };

/** An active team or person by its key; undefined when there is none. */
export async function findTarget(
  tx: Tx,
  workspaceId: string,
  { kind, key }: EscalationTarget,
): Promise<Target | undefined> {
  const [row] =
    kind === 'team'
      ? await tx<Target[]>`
          select name, 'team:' || key as address
          from team where workspace_id = ${workspaceId} and key = ${key} and is_active`
      : await tx<Target[]>`
          select name, 'person:' || person_id as address
          from person where workspace_id = ${workspaceId} and key = ${key} and is_active`;
  return row;
}
