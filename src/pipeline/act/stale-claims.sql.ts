import type { Tx } from '../../db/tx.ts';

/** How long ago a claim of one policy must have been made to be reminded of, or given back. */
export type StaleRule = {
  readonly policy: string;
  readonly remindBefore: Date;
  readonly releaseBefore: Date;
};

export type StaleClaim = { readonly exceptionId: string; readonly does: 'remind' | 'release' };

/** So many in one sweep; the rest a sweep later. */
const MOST = 5_000;

/**
 * Claims under which nobody has done anything for as long as their policy allows: to be reminded of once each, and later
 * to be given back. Whatever a person did since the claim counts, a note as well.
 */
export async function staleClaims(
  tx: Tx,
  { workspaceId, rules, now }: { workspaceId: string; rules: readonly StaleRule[]; now: Date },
): Promise<StaleClaim[]> {
  const rows = await tx<{ exception_id: string; releases: boolean }[]>`
    with rule as (
      select r.policy, r.remind_before, r.release_before
      from unnest(${rules.map(({ policy }) => policy)}::text[],
                  ${rules.map(({ remindBefore }) => remindBefore.toISOString())}::timestamptz[],
                  ${rules.map(({ releaseBefore }) => releaseBefore.toISOString())}::timestamptz[])
        as r (policy, remind_before, release_before)
    ),
    lying as (
      select e.exception_id, e.claimed_at, p.stale_told_at, rule.remind_before, rule.release_before,
             greatest(e.claimed_at, (
               select max(a.at::timestamptz) from audit_event a
               where a.workspace_id = e.workspace_id and a.entity_id = e.exception_id
                 and a.body::jsonb #>> '{actor,kind}' = 'person' and a.at::timestamptz > e.claimed_at)) as touched_at
      from exception e
      join promise p on p.workspace_id = e.workspace_id and p.exception_id = e.exception_id and p.is_current
      join sla_policy v on v.workspace_id = p.workspace_id and v.version = p.policy_version
      join rule on rule.policy = v.key
      where e.workspace_id = ${workspaceId} and e.status = 'claimed' and e.claimed_at <= rule.remind_before
        -- Who was reminded since then is neither reminded again nor, for now, has it taken away, whatever they did: it is not looked up, every
        -- few seconds (58,000 such claims: 3.6 to 6.1 s, now 0.04; 2026-12-01).
        and (p.stale_told_at is null or p.stale_told_at < rule.remind_before
             or p.stale_told_at <= ${now.toISOString()}::timestamptz - (rule.remind_before - rule.release_before))
    )
    select exception_id, coalesce(stale_told_at >= touched_at, false) as releases
    from lying
    where touched_at <= remind_before
      -- Given back only as long after its reminder as the policy says, however late the reminder was.
      and (stale_told_at is null or stale_told_at < touched_at
           or touched_at <= release_before
              and stale_told_at <= ${now.toISOString()}::timestamptz - (remind_before - release_before))
    order by exception_id
    limit ${MOST}`;
  return rows.map(({ exception_id: exceptionId, releases }) => ({
    exceptionId,
    does: releases ? 'release' : 'remind',
  }));
}
