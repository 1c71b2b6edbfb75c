import { readNote, unchanged } from '../../core/act.ts';
import type { AuditedAction } from '../../core/audit.ts';
import type { MatchRecord } from '../../core/match.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { move } from '../act/move.ts';
import { areRepeats, type Named, namedRecords, ownRecords, scopeOf } from './choose-records.ts';
import { dropCandidates } from './drop-candidates.sql.ts';
import { insertNever } from './insert-never.sql.ts';
import { keepCandidateAnswers } from './keep-answers.sql.ts';
import { liftNever } from './lift-never.sql.ts';
import { liveMatchesOf } from './live-matches.sql.ts';
import { decidePair, type Paired, type PairInput, type Pairing, type PairSettings } from './pair.ts';
import { standingNever } from './standing-never.sql.ts';
import { crossOf, takeApart, tooManyApart } from './unmatch.ts';

export type NeverInput = PairInput & Named & { readonly note: string };

/**
 * Remembers that the exception's records and others never belong together: no later run pairs or proposes them, whatever
 * they come to hold, until a person lifts it. Where no others are named, the two that the exception has matched are meant,
 * and are taken apart.
 *
 * Refuses: records that are unknown or of the same side, and a decision without a reason.
 */
export const neverTogether = (
  sql: Sql,
  input: NeverInput,
  settings: PairSettings,
): Promise<Result<Paired, Refusal>> =>
  decidePair(sql, input, settings, {
    action: 'never',
    decide: async (pairing) => {
      const note = readNote(input.note);
      if (!note.ok) return note;
      if (note.value === undefined) return refuse({ code: 'reason_required' });
      const said = { note: note.value, kind: 'never' } as const;
      if (input.with.length === 0) return await takeApart(pairing, said);
      const across = await acrossFrom(pairing, input);
      if (!across.ok) return across;
      const { own, others, areMatched } = across.value;
      if (areMatched) return await takeApart(pairing, { ...said, others: aside(own, others) });
      const tooMany = tooManyApart(own.length * others.length);
      if (tooMany) return refuse(tooMany);
      return accept(await remember(pairing, { own, others, note: note.value }));
    },
  });

export type LiftInput = PairInput & Named & { readonly note: string };

/**
 * Lets machines pair the exception's records and others again; the next run may.
 *
 * Refuses: records that nothing keeps apart.
 */
export const liftApart = (
  sql: Sql,
  input: LiftInput,
  settings: PairSettings,
): Promise<Result<Paired, Refusal>> =>
  decidePair(sql, input, settings, {
    action: 'lift',
    decide: async (pairing) => {
      const note = readNote(input.note);
      if (!note.ok) return note;
      const across = await acrossFrom(pairing, input);
      if (!across.ok) return across;
      const { own, others } = across.value;
      const all = await standingNever(pairing.tx, {
        ...scopeOf(pairing),
        recordIds: idsOf([...own, ...others]),
      });
      if (all.length === 0) return refuse({ code: 'not_kept_apart', given: refsOf(others) });
      const { personId, workspaceId } = input;
      const ids = all.map(({ neverPairId }) => neverPairId);
      await liftNever(pairing.tx, { workspaceId, neverPairIds: ids, personId, now: pairing.now });
      return accept(await say(pairing, 'exception.lift', { note: note.value, target: refsOf(others) }));
    },
  });

/** Whom the exception's records are kept apart from: all of them, where those that were named are on both sides. */
const aside = (own: readonly MatchRecord[], others: readonly MatchRecord[]): readonly MatchRecord[] =>
  new Set(others.map(({ side }) => side)).size > 1 ? own : others;

type Across = {
  readonly own: readonly MatchRecord[];
  /** Of the other side. */
  readonly others: readonly MatchRecord[];
  /** Whether they are in one match with the exception's. */
  readonly areMatched: boolean;
};

async function acrossFrom(pairing: Pairing, named: Named): Promise<Result<Across, Refusal>> {
  const own = await ownRecords(pairing);
  const found = await namedRecords(pairing, named, own);
  if (!found.ok) return found;
  const others = found.value;
  const given = refsOf(others);
  const ids = idsOf(own);
  if (areRepeats(own)) return refuse({ code: 'unpairable', given, why: 'repeats' });
  if (others.every(({ recordId }) => ids.includes(recordId))) {
    return accept({ own, others, areMatched: true });
  }
  const sides = new Set(others.map(({ side }) => side));
  if (sides.size > 1) return refuse({ code: 'unpairable', given, why: 'both_sides' });
  const facing = own.filter(({ side }) => !sides.has(side));
  if (facing.length === 0) return refuse({ code: 'unpairable', given, why: 'same_side' });
  const matches = await liveMatchesOf(pairing.tx, { ...scopeOf(pairing), recordIds: idsOf(facing) });
  const areMatched = matches.some(({ recordIds }) =>
    others.some(({ recordId }) => recordIds.includes(recordId)),
  );
  return accept({ own: facing, others, areMatched });
}

const idsOf = (records: readonly MatchRecord[]): string[] => records.map(({ recordId }) => recordId);
const refsOf = (records: readonly MatchRecord[]): string =>
  records.map(({ sourceRef }) => sourceRef).join(', ');

async function remember(
  pairing: Pairing,
  { own, others, note }: { own: readonly MatchRecord[]; others: readonly MatchRecord[]; note: string },
): Promise<Paired> {
  const { tx, input, now } = pairing;
  const scope = scopeOf(pairing);
  const who = { ...scope, exceptionId: input.exceptionId, personId: input.personId, now };
  const recordIds = idsOf([...own, ...others]);
  await keepCandidateAnswers(tx, who, { recordIds, answer: 'rejected' });
  await dropCandidates(tx, scope, recordIds);
  await insertNever(tx, { ...who, note }, crossOf([...own, ...others], 'never'));
  return await say(pairing, 'exception.never', { note, target: refsOf(others) });
}

/** Puts the decision on the exception's trail and card; it stays as it is. */
async function say(
  { tx, input, facts }: Pairing,
  audited: AuditedAction,
  { note, target }: { note: string | undefined; target: string },
): Promise<Paired> {
  const moved = await move(
    tx,
    { ...input, actor: { kind: 'person', id: input.personId } },
    { audited, seen: facts, intent: { next: unchanged(facts), note, data: { target } } },
  );
  if (moved.verdict !== 'applied') throw new Error(`exception ${input.exceptionId} moved while it was held`);
  const { exceptionId } = input;
  return { exceptionId, status: facts.status, version: facts.version + 1, repeated: false, also: [] };
}
