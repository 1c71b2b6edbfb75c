import type { GroupSums } from '../../core/verify.ts';
import type { Tx } from '../../db/tx.ts';

export type RatedSums = {
  readonly matchId: string;
  readonly sums: GroupSums;
  readonly inputsHash: string;
};

/** Writes what groups of several currencies come to in one onto the planned groups; other rates are other inputs. */
export async function storeRated(tx: Tx, rated: readonly RatedSums[]): Promise<void> {
  if (rated.length === 0) return;
  const text = (pick: (one: RatedSums) => bigint | undefined): (string | null)[] =>
    rated.map((one) => pick(one)?.toString() ?? null);
  await tx`
    update planned_group g
    set expected_minor = d.expected::bigint, actual_minor = d.actual::bigint, credits_minor = d.credits::bigint,
        currency = d.currency, inputs_hash = d.inputs_hash
    from unnest(${rated.map(({ matchId }) => matchId)}::uuid[],
                ${text(({ sums }) => sums.expectedMinor)}::text[], ${text(({ sums }) => sums.actualMinor)}::text[],
                ${text(({ sums }) => sums.creditsMinor)}::text[], ${rated.map(({ sums }) => sums.currency ?? null)}::text[],
                ${rated.map(({ inputsHash }) => inputsHash)}::text[])
      as d (match_id, expected, actual, credits, currency, inputs_hash)
    where g.match_id = d.match_id`;
}
