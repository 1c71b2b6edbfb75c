import type { Tx } from '../../db/tx.ts';
import type { PairHow } from './judge-pairs.sql.ts';

export type PassPairs = {
  readonly pass: string;
  readonly how: PairHow;
  readonly right: number;
  readonly wrong: number;
  readonly unknown: number;
};

/** How many pairs of each pass are right, wrong, or not known. */
export async function judgedPasses(tx: Tx): Promise<PassPairs[]> {
  return await tx<PassPairs[]>`
    select j.pass, j.how, (count(*) filter (where j.judged = 'right'))::integer as right,
           (count(*) filter (where j.judged = 'wrong'))::integer as wrong,
           (count(*) filter (where j.judged = 'unknown'))::integer as unknown
    from judged_pair j
    group by j.pass, j.how
    order by j.how, j.pass`;
}

export type WrongPair = {
  readonly expected: string;
  readonly actual: string;
  readonly pass: string;
  readonly how: PairHow;
  /** What each of them belongs to, as the labels say. */
  readonly actualOfExpected: readonly string[];
  readonly expectedOfActual: readonly string[];
};

/** The first wrong pairs, the matched ones before those that are suggested. */
export async function wrongPairs(tx: Tx, limit: number): Promise<WrongPair[]> {
  return await tx<WrongPair[]>`
    select j.expected, j.actual, j.pass, j.how,
           array(select l.actual from label l where l.expected = j.expected and l.actual is not null order by 1) as "actualOfExpected",
           array(select l.expected from label l where l.actual = j.actual and l.expected is not null order by 1) as "expectedOfActual"
    from (
      select w.* from judged_pair w where w.judged = 'wrong'
      order by w.how, w.pass, w.expected collate "C", w.actual collate "C"
      limit ${limit}
    ) j
    order by j.how, j.pass, j.expected collate "C", j.actual collate "C"`;
}

export type MissedPair = { readonly expected: string; readonly actual: string };

/** The first pairs that are known and here, and neither matched nor suggested. */
export async function missedPairs(tx: Tx, limit: number): Promise<MissedPair[]> {
  return await tx<MissedPair[]>`
    select l.expected, l.actual
    from label l
    where l.is_here and not exists (select from judged_pair j where j.expected = l.expected and j.actual = l.actual)
    order by l.expected collate "C", l.actual collate "C"
    limit ${limit}`;
}
