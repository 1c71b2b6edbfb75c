import { readNote } from '../../core/act.ts';
import { BY_HAND, MOST_APART, type NeverPair } from '../../core/hand-match.ts';
import type { MatchRecord } from '../../core/match.ts';
import type { Refusal } from '../../core/refusal.ts';
import { rearrange } from '../../core/rematch.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Side } from '../../core/spec.ts';
import type { Sql } from '../../db/client.ts';
import { applyRearranged, groupsOf } from './apply-rearranged.ts';
import { areRepeats, feedsOf, ownRecords, scopeOf } from './choose-records.ts';
import { dropCandidates } from './drop-candidates.sql.ts';
import { endHandMatches } from './end-hand-matches.sql.ts';
import { insertNever } from './insert-never.sql.ts';
import { keepUndone } from './keep-answers.sql.ts';
import { liveMatchesOf } from './live-matches.sql.ts';
import { decidePair, type Paired, type PairInput, type Pairing, type PairSettings } from './pair.ts';
import { recordsOf } from './records-of.sql.ts';
import { standingHandMatches } from './standing-decisions.sql.ts';

export type UnmatchInput = PairInput & { readonly note: string };

/**
 * Takes apart what is matched in an exception, whoever matched it. The records are free again, what the spec says of them
 * is raised at once, and no machine pairs them again while they hold what they hold now.
 *
 * Refuses: an exception whose records are in no match, a decision without a reason.
 */
export const unmatch = (
  sql: Sql,
  input: UnmatchInput,
  settings: PairSettings,
): Promise<Result<Paired, Refusal>> =>
  decidePair(sql, input, settings, {
    action: 'unmatch',
    decide: async (pairing) => {
      const note = readNote(input.note);
      if (!note.ok) return note;
      if (note.value === undefined) return refuse({ code: 'reason_required' });
      return await takeApart(pairing, { note: note.value, kind: 'unmatched' });
    },
  });

type TakenApart = {
  readonly note: string;
  readonly kind: NeverPair['kind'];
  /** Those that do not belong; the rest of what a machine had grouped goes on without them. Undefined: nothing belongs. */
  readonly others?: readonly MatchRecord[];
};

/** Ends the match that the exception speaks of, or takes some records out of it, and remembers who is kept apart from whom. */
export async function takeApart(
  pairing: Pairing,
  { note, kind, others }: TakenApart,
): Promise<Result<Paired, Refusal>> {
  const { tx, input, now } = pairing;
  const scope = scopeOf(pairing);
  const own = await ownRecords(pairing);
  const matches = areRepeats(own)
    ? []
    : await liveMatchesOf(tx, { ...scope, recordIds: own.map(({ recordId }) => recordId) });
  if (matches.length === 0) return refuse({ code: 'not_matched' });
  const recordIds = matches.flatMap((match) => match.recordIds);
  const records = await recordsOf(tx, { ...scope, feeds: feedsOf(pairing) }, { ids: recordIds });
  const groups = groupsOf(matches, records);
  const leaving = others ?? records;
  const gone = new Set(leaving.map(({ recordId }) => recordId));
  const tooMany = tooManyApart(groups.reduce((sum, { members }) => sum + countCross(members, gone), 0));
  if (tooMany) return refuse(tooMany);
  const { lessened, released } = rearrange(groups, leaving);
  const byHand = await standingHandMatches(tx, { ...scope, recordIds });
  const who = { ...scope, exceptionId: input.exceptionId, personId: input.personId, now };
  const machine = matches.map(({ pass }) => pass).filter((pass) => pass !== BY_HAND);
  await keepUndone(tx, who, machine);
  await endHandMatches(tx, { ...who, handMatchIds: byHand.map(({ handMatchId }) => handMatchId) });
  await insertNever(
    tx,
    { ...who, note },
    groups.flatMap(({ members }) => crossOf(members, kind).filter((pair) => isOf(pair, gone))),
  );
  await dropCandidates(tx, scope, recordIds);
  const written = await applyRearranged(pairing, {
    groups: lessened,
    alone: [...leaving, ...released],
    ended: matches,
    byHand: undefined,
    saying: {
      action: kind === 'never' ? 'exception.never' : 'exception.unmatch',
      reason: 'UNMATCHED_BY_HAND',
      note,
      data: { target: leaving.map(({ sourceRef }) => sourceRef).join(', ') },
    },
  });
  const { exceptionId } = input;
  const { status, version, also } = written;
  return accept({ exceptionId, status, version, repeated: false, also });
}

/** Undefined where so many pairs may be kept apart by one decision. */
export const tooManyApart = (pairs: number): Refusal | undefined =>
  pairs > MOST_APART ? { code: 'too_many_apart', pairs, most: MOST_APART } : undefined;

/** How many pairs of both sides have one of those that are gone, without making them. */
function countCross(records: readonly MatchRecord[], gone: ReadonlySet<string>): number {
  const count = (side: Side, isMeant: (record: MatchRecord) => boolean): number =>
    records.filter((record) => record.side === side && isMeant(record)).length;
  const all = () => true;
  const stays = ({ recordId }: MatchRecord) => !gone.has(recordId);
  return count('expected', all) * count('actual', all) - count('expected', stays) * count('actual', stays);
}

const isOf = ({ expectedId, actualId }: NeverPair, recordIds: ReadonlySet<string>): boolean =>
  recordIds.has(expectedId) || recordIds.has(actualId);

/** Every record of one side with every one of the other. */
export const crossOf = (records: readonly MatchRecord[], kind: NeverPair['kind']): NeverPair[] =>
  records
    .filter(({ side }) => side === 'expected')
    .flatMap((e) =>
      records
        .filter(({ side }) => side === 'actual')
        .map((a) => ({
          kind,
          expectedId: e.recordId,
          actualId: a.recordId,
          expectedHash: e.contentHash,
          actualHash: a.contentHash,
        })),
    );
