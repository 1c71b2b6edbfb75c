import type { Capped } from '../../core/caps.ts';
import { type Combined, isDoubtful } from '../../core/combine-pass.ts';
import type { Apart } from '../../core/hand-match.ts';
import { restingPasses } from '../../core/resting.ts';
import type { SimilarFound } from '../../core/similar-pass.ts';
import type { ExactPass, Reconciliation } from '../../core/spec.ts';
import { NOTHING_STANDS, type Standing, standingWithout } from '../../core/standing.ts';
import type { Tx } from '../../db/tx.ts';
import { countResting } from './count-resting.sql.ts';
import { countStirred } from './count-stirred.sql.ts';
import { createTables } from './create-tables.sql.ts';
import { dropBeyondTolerance } from './drop-beyond-tolerance.sql.ts';
import { fillPool, type PoolCounts } from './fill-pool.sql.ts';
import { findApart } from './find-apart.sql.ts';
import { findCombined } from './find-combined.ts';
import { findDuplicates } from './find-duplicates.sql.ts';
import { findExact } from './find-exact.sql.ts';
import { findPairs } from './find-pairs.sql.ts';
import { findReversals } from './find-reversals.sql.ts';
import { findSimilarPairs } from './find-similar.ts';
import { findWindowed } from './find-windowed.sql.ts';
import { identifyContacts } from './identify.ts';
import { keepFree } from './keep-free.sql.ts';
import { keepRemainder } from './keep-remainder.sql.ts';
import { namedColumns } from './named-columns.sql.ts';
import { planByHand } from './plan-by-hand.sql.ts';
import { sideFeeds } from './side-feeds.sql.ts';
import { standAside } from './stand-aside.sql.ts';
import { stir } from './stir.sql.ts';
import { finishLarger, sumGroups } from './sum-groups.sql.ts';

export type Matched = {
  readonly records: PoolCounts;
  readonly learnt: Readonly<Record<string, SimilarFound['learnt'] | Combined['tally']>>;
  /** What passes left alone because there was too much of it. */
  readonly capped: readonly Capped[];
  /** Settled matches rest: only those in the working table `stirred_match` were looked at again. */
  readonly isStirred: boolean;
  /** What stands on the record of those that rest. */
  readonly resting: Standing;
};

export type MatchInput = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly runId: string;
  readonly spec: Reconciliation;
  readonly cutoffOn: string;
  /** Nothing but records has changed since the latest run: what it settled may rest. */
  readonly mayRest?: boolean;
  /** The deliveries by which every record is found that changed since the latest run listed what it left without a match. */
  readonly changedBy?: readonly string[] | undefined;
  /** What stands on the record, where that is known: it is not counted again. */
  readonly standing?: Standing | undefined;
  /** What the database may do with the groups of earlier passes while this process weighs what they left. */
  readonly meanwhile?: () => Promise<void>;
};

/**
 * Plans which records belong together, in working tables of the transaction: what people matched by hand first, then
 * duplicates, then each pass over what earlier ones left; what all leave is `remainder`. Nothing is written to the record. Returns how many records of
 * each side took part, and what similar passes learnt, by pass.
 */
export async function match(tx: Tx, input: MatchInput): Promise<Matched> {
  await createTables(tx, input);
  const { isStirred, records, resting } = await gather(tx, input);
  await identifyContacts(tx, input);
  const apart = await findApart(tx, input);
  await planByHand(tx, input, 'standing');
  for (const [index, rule] of (input.spec.reversals ?? []).entries()) {
    await findReversals(tx, { spec: input.spec, rule, index });
  }
  const capped: Capped[] = [];
  for (const [index, rule] of input.spec.duplicates.entries()) {
    capped.push(await findDuplicates(tx, { spec: input.spec, rule, index }));
  }
  const learnt: Record<string, SimilarFound['learnt'] | Combined['tally']> = {};
  const [first] = input.spec.find;
  for (const pass of input.spec.find) {
    const about = { spec: input.spec, apart, firstPass: pass === first ? undefined : first?.name };
    if (pass.kind === 'exact') capped.push(await findByKey(tx, { ...about, pass }));
    else if (pass.kind === 'combine') {
      const tally = await findCombined(tx, { ...about, pass });
      learnt[pass.name] = tally;
      capped.push({ pass: pass.name, keys: 0, records: tally.boundExceeded, how: 'not_searched' });
      if (isDoubtful(tally))
        capped.push({ pass: pass.name, keys: tally.byChance, records: tally.combined, how: 'coincidence' });
    } else {
      const found = await findSimilarPairs(tx, { ...about, pass, meanwhile: input.meanwhile });
      learnt[pass.name] = found;
      capped.push({ pass: pass.name, keys: found.capped, records: 0, how: 'nearest_only' });
    }
    if (pass === first) await keepFree(tx);
  }
  await planByHand(tx, input, 'lasting');
  await keepRemainder(tx, first?.name);
  // Exact and similar passes sum what they find.
  const summed = input.spec.find.filter(({ kind }) => kind !== 'combine');
  await sumGroups(tx, input.spec, { except: summed.map(({ name }) => name) });
  await finishLarger(tx);
  return {
    records,
    learnt,
    capped: capped.filter(({ keys, records }) => keys + records > 0),
    isStirred,
    resting,
  };
}

/** Brings the records into the pool: all of them, or what is to be decided again where the rest may stay as it was decided. */
async function gather(
  tx: Tx,
  input: MatchInput,
): Promise<Pick<Matched, 'records' | 'isStirred' | 'resting'>> {
  const passes = input.mayRest ? restingPasses(input.spec) : undefined;
  const feeds = await sideFeeds(tx, input);
  const columns = await namedColumns(tx, { ...input, feeds });
  if (!passes) {
    const records = await fillPool(tx, { ...input, feeds, columns, isStirred: false });
    return { records, isStirred: false, resting: NOTHING_STANDS };
  }
  await stir(tx, { ...input, feeds, columns, resting: passes });
  const stirred = await fillPool(tx, { ...input, feeds, columns, isStirred: true });
  const resting = input.standing
    ? standingWithout(input.standing, await countStirred(tx, feeds))
    : await countResting(tx, input);
  const { members } = resting;
  const [expected, actual] = [stirred.expected + members.expected, stirred.actual + members.actual];
  return { records: { ...stirred, expected, actual }, isStirred: true, resting };
}

async function findByKey(
  tx: Tx,
  by: { spec: Reconciliation; pass: ExactPass; apart: Apart; firstPass: string | undefined },
): Promise<Capped> {
  const { window, tolerance, name, cardinality } = by.pass;
  await standAside(tx, by);
  const find = cardinality === 'one-to-one' ? findPairs : findExact;
  const capped = window ? await findWindowed(tx, { ...by, window }) : await find(tx, by);
  if (window) await sumGroups(tx, by.spec, { only: name, isFirst: by.firstPass === undefined });
  if (tolerance) await dropBeyondTolerance(tx, { pass: name, tolerance });
  return capped;
}
