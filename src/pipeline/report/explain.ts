import { cutoffDay } from '../../core/cutoff.ts';
import { type Alone, type Explanation, toDocument } from '../../core/explanation.ts';
import type { MatchRecord } from '../../core/match.ts';
import type { CombinePass, ExactPass, Reconciliation, Side } from '../../core/spec.ts';
import { whyUnkeyed } from '../../core/unkeyed.ts';
import type { Tx } from '../../db/tx.ts';
import { aloneRecords } from './alone-records.sql.ts';
import { explainedMatch } from './explained-match.sql.ts';
import { type ExplainedPlace, explainedPlace } from './explained-place.sql.ts';
import { keptApart } from './kept-apart.sql.ts';
import { keySharers } from './key-sharers.sql.ts';
import { nearbyRecords } from './nearby.sql.ts';

/** Of more records than this of one exception, neither keys nor what is near are looked up. */
const LOOKED_UP = 3;

type Asked = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  readonly memberCount: Readonly<Record<Side, number>>;
  /** As configured; without the one of the exception, keys are not explained. */
  readonly specs: readonly Reconciliation[];
};

/** Why the records of an exception are matched as they are; of those that are not, what came close, and what it would take. */
export async function explain(tx: Tx, asked: Asked): Promise<Explanation> {
  const place = await explainedPlace(tx, asked);
  const spec = asked.specs.find(({ key }) => key === place?.reconciliation);
  const match = await explainedMatch(tx, asked);
  const pass = spec?.find.find(({ name }) => name === match?.pass);
  const records = await aloneRecords(tx, asked);
  const { expected, actual } = asked.memberCount;
  const areRepeats = expected + actual > 1 && (expected === 0 || actual === 0);
  const alone: Alone[] = [];
  for (const [at, { record, candidates }] of records.entries()) {
    const isLookedUp = place && spec && !areRepeats && at < LOOKED_UP;
    const keys = isLookedUp ? await keysOf(tx, { ...asked, place, spec, record }) : undefined;
    const nearby = isLookedUp ? await nearbyRecords(tx, { ...scopeOf(asked, place, spec), record }) : [];
    alone.push({ document: toDocument(record), candidates, keys, nearby });
  }
  return {
    paired: match && {
      ...match,
      isSet: pass?.kind === 'combine',
      fields: pass?.kind === 'exact' ? comparedFields(pass) : [],
    },
    areRepeats,
    isWeighed: spec?.find.some(({ kind }) => kind === 'similar') ?? true,
    alone,
    keptApart:
      place && spec
        ? await keptApart(tx, { ...scopeOf(asked, place, spec), exceptionId: asked.exceptionId })
        : [],
  };
}

const scopeOf = ({ workspaceId }: Asked, { reconciliationId }: ExplainedPlace, spec: Reconciliation) => ({
  workspaceId,
  reconciliationId,
  feeds: { expected: spec.expected.feed, actual: spec.actual.feed },
});

const comparedFields = ({ expected, actual }: ExactPass): string[] =>
  expected.map((field, at) => (actual[at] === field ? field : `${field} = ${actual[at] ?? field}`));

type Looking = {
  readonly workspaceId: string;
  readonly place: ExplainedPlace;
  readonly spec: Reconciliation;
  readonly record: MatchRecord;
};

async function keysOf(tx: Tx, { workspaceId, place, spec, record }: Looking): Promise<Alone['keys']> {
  const passes = spec.find.filter((pass): pass is ExactPass | CombinePass => pass.kind !== 'similar');
  const { reconciliationId } = place;
  const sharers = await keySharers(tx, { workspaceId, reconciliationId, spec, record, passes });
  const cutoffOn = cutoffDay(place.cutoffAt, spec.zone);
  return passes.flatMap((pass) => whyUnkeyed(spec, pass, record, { sharers, cutoffOn }) ?? []);
}
