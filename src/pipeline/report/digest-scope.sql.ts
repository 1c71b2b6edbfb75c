import type { Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { visibleTo } from './visible-to.sql.ts';

/** Which exceptions a digest counts: one team's, those of some clients, what a person sees, or all. */
export type DigestScope =
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'clients'; readonly clients: readonly string[] }
  | { readonly kind: 'viewer'; readonly viewer: Viewer; readonly team?: string | undefined }
  | { readonly kind: 'everything'; readonly team?: string | undefined };

/** The condition on exception `e` and team `t`. */
export function inScope(tx: Tx, scope: DigestScope) {
  if (scope.kind === 'clients') return isOneOf(tx, tx`e.client`, scope.clients);
  const ofTeam = scope.team === undefined ? tx`true` : tx`t.key = ${scope.team}`;
  return scope.kind === 'viewer' ? tx`${visibleTo(tx, scope.viewer)} and ${ofTeam}` : ofTeam;
}

// Named, because a database made with locale C knows upper case in ASCII only, and clients have other letters too.
export const isOneOf = (tx: Tx, client: ReturnType<Tx>, names: readonly string[]) => tx`
  lower(${client} collate "und-x-icu") in (
    select lower(n.name collate "und-x-icu") from unnest(${names as string[]}::text[]) as n (name)
  )`;
