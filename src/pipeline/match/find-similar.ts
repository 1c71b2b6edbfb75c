import type { Apart } from '../../core/hand-match.ts';
import { fieldsRead, pairsOfSimilar, type SimilarFound } from '../../core/similar-pass.ts';
import type { Reconciliation, SimilarPass } from '../../core/spec.ts';
import { untilSent, withPauses } from '../../db/in-turns.ts';
import type { Tx } from '../../db/tx.ts';
import { planPairs } from './plan-pairs.sql.ts';
import { planRejections } from './plan-rejections.sql.ts';
import { remainder } from './remainder.sql.ts';

/**
 * Plans the pairs of one similar pass over what earlier passes left. The remainder is read out once and weighed in
 * TypeScript: measured several times faster than in the database, and the explanation is made where the weight is. Returns what was learnt.
 */
export async function findSimilarPairs(
  tx: Tx,
  input: {
    spec: Reconciliation;
    pass: SimilarPass;
    apart: Apart;
    firstPass: string | undefined;
    meanwhile: (() => Promise<void>) | undefined;
  },
): Promise<SimilarFound['learnt']> {
  const { spec, pass, apart, firstPass, meanwhile } = input;
  const amounts = { expected: spec.expected.amount, actual: spec.actual.amount };
  const records = await remainder(tx, { firstPass, fields: fieldsRead(pass) });
  const aside = firstPass === undefined ? undefined : meanwhile;
  const weighed = async () => {
    if (aside) await untilSent();
    return await withPauses(pairsOfSimilar(pass, records, { decide: spec.decide, amounts, apart }));
  };
  const [found] = await Promise.all([weighed(), aside?.()]);
  await planPairs(tx, { spec, pass: pass.name, isFirst: firstPass === undefined }, found.pairs);
  await planRejections(tx, { pass: pass.name, decide: spec.decide }, found.rejected);
  return found.learnt;
}
