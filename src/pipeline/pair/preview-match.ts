import type { ExceptionDraft } from '../../core/classify.ts';
import { BY_HAND } from '../../core/hand-match.ts';
import type { MatchRecord } from '../../core/match.ts';
import type { Money } from '../../core/money.ts';
import type { Refusal } from '../../core/refusal.ts';
import { decideRearranged } from '../../core/rematch.ts';
import { accept, type Result } from '../../core/result.ts';
import type { Side } from '../../core/spec.ts';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/new-id.ts';
import { readRates } from '../../db/rates.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { chooseRecords, feedsOf, type Named, scopeOf } from './choose-records.ts';
import { lookAt, type PairInput, type PairSettings } from './pair.ts';
import { recordsOf } from './records-of.sql.ts';

/** What a match by hand would come to. */
export type MatchPreview = {
  readonly members: readonly MatchRecord[];
  /** What the sides come to; undefined where there is nothing to add up. */
  readonly sums: Readonly<Record<Side, Money | undefined>>;
  /** What the rules would raise about it; undefined when nothing. */
  readonly raises: Pick<ExceptionDraft, 'type' | 'severity'> | undefined;
  /** Others that are matched with one of the members now. */
  readonly leaves: readonly MatchRecord[];
};

/**
 * What would come of matching the exception's records with others by hand, without doing it.
 *
 * Refuses: what `matchByHand` refuses of the records and of the person.
 */
export async function previewMatch(
  sql: Sql,
  input: Omit<PairInput, 'requestKey'> & Named,
  settings: PairSettings,
): Promise<Result<MatchPreview, Refusal>> {
  return await inWorkspace(sql, input.workspaceId, async (tx) => {
    const looked = await lookAt(tx, { ...input, requestKey: '' }, settings, 'match');
    if (!looked.ok) return looked;
    const pairing = looked.value;
    const chosen = await chooseRecords(pairing, input);
    if (!chosen.ok) return chosen;
    const { members, ended } = chosen.value;
    const group = { pass: BY_HAND, key: newId(), members };
    const { spec, cutoffOn } = pairing;
    const rates = await readRates(tx, { workspaceId: input.workspaceId, spec });
    const decided = decideRearranged(spec, { groups: [group], alone: [] }, { cutoffOn, rates });
    const [hand] = decided.groups;
    if (!hand) throw new Error('one group has one decision');
    const { expectedMinor, actualMinor, currency } = hand.sums;
    const money = (minor: bigint | undefined): Money | undefined =>
      minor === undefined || currency === undefined ? undefined : { minor, currency };
    const together = new Set(members.map(({ recordId }) => recordId));
    const leaving = ended.flatMap(({ recordIds }) => recordIds).filter((id) => !together.has(id));
    const leaves = await recordsOf(tx, { ...scopeOf(pairing), feeds: feedsOf(pairing) }, { ids: leaving });
    return accept({
      members,
      sums: { expected: money(expectedMinor), actual: money(actualMinor) },
      raises: decided.drafts[0],
      leaves,
    });
  });
}
