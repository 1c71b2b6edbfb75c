import type { Capped } from '../../core/caps.ts';
import { type Combined, isDoubtful } from '../../core/combine-pass.ts';
import type { Apart } from '../../core/hand-match.ts';
import { restingPasses } from '../../core/resting.ts';
import type { SimilarFound } from '../../core/similar-pass.ts';
import type { ExactPass, Reconciliation, Side } from '../../core/spec.ts';
import { NOTHING_STANDS, type Standing, standingWithout } from '../../core/standing.ts';
import { once } from '../../db/once.ts';
import type { Tx } from '../../db/tx.ts';
import { countRecords, type PoolCounts } from './count-records.sql.ts';
import { countResting } from './count-resting.sql.ts';
import { countStirred } from './count-stirred.sql.ts';
import { createTables } from './create-tables.sql.ts';
import { dropBeyondTolerance } from './drop-beyond-tolerance.sql.ts';
import { fillPool } from './fill-pool.sql.ts';
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
import { type SideFeeds, sideFeeds } from './side-feeds.sql.ts';
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
  /** What the database may do with the groups of earlier passes, of all or of what is stirred, while this process weighs what they left. */
  readonly meanwhile?: (about: Pick<Matched, 'isStirred'>) => Promise<unknown>;
};

/**
 * Plans which records belong together, in working tables of the transaction: what people matched by hand first, then
 * duplicates, then each pass over what earlier ones left; what all leave is `remainder`. Nothing is written to the record. Returns how many records of
 * each side took part, and what similar passes learnt, by pass.
 */
export async function match(tx: Tx, input: MatchInput): Promise<Matched> {
  await createTables(tx, input);
  const { isStirred, count } = await gather(tx, input);
  const counted = once(count);
  // What is sent without asking for the kinds of its parameters comes first: the rest waits for turns of this process.
  const meanwhile = once(async () => {
    await Promise.all([input.meanwhile?.({ isStirred }), counted()]);
  });
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
      const found = await findSimilarPairs(tx, { ...about, pass, meanwhile });
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
  await meanwhile();
  return {
    ...(await counted()),
    learnt,
    capped: capped.filter(({ keys, records }) => keys + records > 0),
    isStirred,
  };
}

/**
 * Brings the records into the pool: all of them, or what is to be decided again where the rest may stay as it was decided. They
 * are counted afterwards (`count`): of how many there are nothing depends but what is said of the run.
 */
async function gather(
  tx: Tx,
  input: MatchInput,
): Promise<
  Pick<Matched, 'isStirred'> & { readonly count: () => Promise<Pick<Matched, 'records' | 'resting'>> }
> {
  const passes = input.mayRest ? restingPasses(input.spec) : undefined;
  const feeds = await sideFeeds(tx, input);
  const columns = await namedColumns(tx, { ...input, feeds });
  const isStirred = passes !== undefined;
  if (passes) await stir(tx, { ...input, feeds, columns, resting: passes });
  const about = { ...input, feeds, columns, isStirred };
  const filled = await fillPool(tx, about);
  const count = async () => {
    const [records, resting] = await Promise.all([
      countRecords(tx, { ...about, filled }),
      isStirred ? countStanding(tx, about) : NOTHING_STANDS,
    ]);
    const of = (side: Side) => records[side] + resting.members[side];
    return { records: { ...records, expected: of('expected'), actual: of('actual') }, resting };
  };
  return { isStirred, count };
}

/** What stands on the record of the matches that rest. */
const countStanding = async (tx: Tx, input: MatchInput & { readonly feeds: SideFeeds }): Promise<Standing> =>
  input.standing
    ? standingWithout(input.standing, await countStirred(tx, input.feeds))
    : await countResting(tx, input);

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
