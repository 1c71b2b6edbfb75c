import type { Tx } from '../../db/tx.ts';

/**
 * Makes the run's working tables, but for those that are made as they are filled; they vanish with the transaction, and row-level
 * security does not concern them. A match id carries the run's time and the group's place in the plan, so ids sort by when they
 * were made.
 */
export async function createTables(tx: Tx, { runId }: { readonly runId: string }): Promise<void> {
  if (!/^[0-9a-f-]{36}$/.test(runId)) throw new Error(`${runId} is not a run's id`);
  const [time, run] = [runId.slice(0, 13), runId.replaceAll('-', '').slice(-10)];
  // Its first digit is 8 or more: with the place added it has all its twelve, and is not filled up (of a million: 0.15 s; 2026-12-01).
  const last = (BigInt(`0x${run.slice(6)}`) | 0x8000n) << 32n;
  const matchId = `'${time}-7${run.slice(0, 3)}-8${run.slice(3, 6)}-' || to_hex(${last} + nth)`;
  // How many rows they have is what plans need to know of them: a tenth of the usual sample says that as well.
  await tx`set local default_statistics_target = 10`;
  await tx`create temp table apart (expected_id uuid not null, actual_id uuid not null) on commit drop`;
  await tx`create temp table stood_aside (record_id uuid not null) on commit drop`;
  await tx`
    create temp table planned_duplicate (
      rule integer not null, group_key text not null, record_id uuid not null, nth integer not null
    ) on commit drop`;
  await tx`
    create temp table planned_set (
      pass text not null, group_key text not null, record_id uuid not null, side text not null
    ) on commit drop`;
  // Most groups are pairs. What goes into the match of a pair stands here too, so that nothing has to be joined for it again.
  await tx`
    create temp table planned_group (
      pass text not null, group_key text not null, inputs_hash text not null,
      expected_minor bigint, actual_minor bigint, credits_minor bigint not null, without_amount integer not null,
      currency text, outcome text, rule text, reason text,
      expected_id uuid, actual_id uuid, expected_version integer, actual_version integer,
      -- Of groups that are no pairs.
      record_ids uuid[],
      -- Its place among all that the run plans, keys in order within each pass.
      nth bigint generated always as identity,
      match_id uuid not null generated always as ((${tx.unsafe(matchId)})::uuid) stored,
      -- A pair of the first pass: its two members stand in no other table.
      holds_members boolean not null default false
    ) on commit drop`;
  await tx`
    create temp view planned_member as
    select pass, group_key, record_id, side from planned_set
    union all
    select pass, group_key, expected_id, 'expected' from planned_group where holds_members
    union all
    select pass, group_key, actual_id, 'actual' from planned_group where holds_members`;
  // Why two records are a pair is the longest of all texts: from here it goes into the match, and nowhere in between.
  await tx`
    create temp table planned_pair (
      pass text not null, group_key text not null, expected_id uuid not null, actual_id uuid not null, explained text not null
    ) on commit drop`;
  // What groups that are not equal have, where it was put together before they are asked for.
  await tx`create temp table gathered_group (match_id uuid not null, members json not null) on commit drop`;
  await tx`
    create temp table planned_note (
      record_id uuid not null, pass text not null, wanted text not null, found text not null
    ) on commit drop`;
  await tx`
    create temp table planned_rejection (
      record_id uuid not null, rank integer not null, candidate_id uuid not null, pass text not null,
      verdict text not null, explained text not null
    ) on commit drop`;
}
