import { addPairs, NO_PAIRS, type PairScore, scoreOf } from '../../core/pair-score.ts';
import type { Tx } from '../../db/tx.ts';
import { judgePairs } from './judge-pairs.sql.ts';
import {
  judgedPasses,
  type MissedPair,
  missedPairs,
  type PassPairs,
  type WrongPair,
  wrongPairs,
} from './judged-pairs.sql.ts';
import { keepLabels, type Label, type LabelCounts } from './keep-labels.sql.ts';
import type { ReconciliationSides } from './reconciliation-sides.sql.ts';

export type MatchScore = {
  readonly labels: LabelCounts;
  /** What is matched, alone. */
  readonly matched: PairScore;
  /** With what is suggested to people as well, as if they agreed to all of it. */
  readonly withSuggested: PairScore;
  readonly passes: readonly PassPairs[];
  readonly wrong: readonly WrongPair[];
  readonly missed: readonly MissedPair[];
};

/**
 * How good the matches of a reconciliation are, against what somebody knows; with up to `limit` pairs of each kind that are wrong or
 * missing. Writes nothing but working tables.
 */
export async function scoreMatches(
  tx: Tx,
  about: ReconciliationSides & { readonly workspaceId: string; readonly limit: number },
  labels: Iterable<Label>,
): Promise<MatchScore> {
  const counts = await keepLabels(tx, about, labels);
  await judgePairs(tx, about);
  const passes = await judgedPasses(tx);
  const known = counts.pairs - counts.absent;
  const matched = passes.filter(({ how }) => how === 'matched').reduce(addPairs, NO_PAIRS);
  const all = passes.reduce(addPairs, NO_PAIRS);
  return {
    labels: counts,
    matched: scoreOf(matched, known),
    withSuggested: scoreOf(all, known),
    passes,
    wrong: await wrongPairs(tx, about.limit),
    missed: await missedPairs(tx, about.limit),
  };
}
