import type { MatchRecord } from '../../core/match.ts';
import type { Tx } from '../../db/tx.ts';

export type NewHandMatch = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly exceptionId: string;
  readonly handMatchId: string;
  readonly code: string;
  readonly note: string | undefined;
  readonly personId: string;
  readonly now: Date;
  readonly members: readonly MatchRecord[];
};

/** Remembers a match that a person made, and what its records hold. */
export async function insertHandMatch(tx: Tx, input: NewHandMatch): Promise<void> {
  const { members } = input;
  await tx`
    insert into hand_match (workspace_id, hand_match_id, reconciliation_id, exception_id, code, note, made_by, made_at)
    values (${input.workspaceId}, ${input.handMatchId}, ${input.reconciliationId}, ${input.exceptionId}, ${input.code},
            ${input.note ?? null}, ${input.personId}, ${input.now.toISOString()}::timestamptz)`;
  await tx`
    insert into hand_match_member (workspace_id, hand_match_id, record_id, reconciliation_id, side, record_version, content_hash)
    select ${input.workspaceId}, ${input.handMatchId}, m.record_id, ${input.reconciliationId}, m.side, m.version, m.hash
    from unnest(${members.map(({ recordId }) => recordId)}::uuid[], ${members.map(({ side }) => side)}::text[],
                ${members.map(({ version }) => version)}::integer[],
                ${members.map(({ contentHash }) => contentHash)}::text[]) as m (record_id, side, version, hash)`;
}
