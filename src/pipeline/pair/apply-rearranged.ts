import type { ExceptionDraft } from '../../core/classify.ts';
import { handFingerprint } from '../../core/hand-match.ts';
import { exceptionLabel } from '../../core/ids.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { MatchGroup, MatchRecord } from '../../core/match.ts';
import { type Change, type PlannedException, planChanges } from '../../core/plan.ts';
import { decideRearranged, type Rearranged } from '../../core/rematch.ts';
import { inputsHash } from '../../db/inputs-hash.ts';
import { enqueueLine } from '../../db/outbox/enqueue-line.ts';
import { readRates } from '../../db/rates.sql.ts';
import { type AppliedChange, applyExceptions, type Saying } from '../apply/apply-exceptions.ts';
import { teamIds } from '../apply/team-ids.sql.ts';
import { route } from '../route/route.ts';
import { foundFacts } from './found-facts.sql.ts';
import { insertMatches } from './insert-matches.sql.ts';
import type { LiveMatch } from './live-matches.sql.ts';
import type { Paired, Pairing } from './pair.ts';
import { supersedeMatches } from './supersede-matches.sql.ts';
import { type TouchedException, touchedExceptions } from './touched-exceptions.sql.ts';

/** What a person decided, as it is to be written. */
export type Decision = Rearranged & {
  /** Live matches that end with it. */
  readonly ended: readonly LiveMatch[];
  /** The records that are matched by hand now, under the id of that match; none when records are taken apart. */
  readonly byHand: { readonly handMatchId: string; readonly members: readonly MatchRecord[] } | undefined;
  /** What the trail says of the exception that was decided on. */
  readonly saying: Saying;
};

/** What was written: the exception's status and version now, and what else moved. */
export type Written = {
  readonly status: Status;
  readonly version: number;
  readonly also: Paired['also'];
};

/**
 * Writes what follows from a decision: matches ended and made, exceptions opened, changed and cleared, each with its event,
 * its card and a line in its thread. The exception that was decided on always has an event, first of all that of the decision.
 */
export async function applyRearranged(pairing: Pairing, decision: Decision): Promise<Written> {
  const { tx, input, place, spec, settings, now } = pairing;
  const scope = {
    workspaceId: input.workspaceId,
    reconciliationId: place.reconciliationId,
    runId: place.runId,
  };
  const rates = await readRates(tx, { workspaceId: input.workspaceId, spec });
  const decided = decideRearranged(spec, decision, { cutoffOn: pairing.cutoffOn, rates });
  const routing = { organisation: settings.organisation, spec, now };
  const planned = route(decided.drafts, routing);
  const changes = await changesOf(pairing, decision, planned);
  await supersedeMatches(tx, { ...scope, matchIds: decision.ended.map(({ matchId }) => matchId) });
  const groups = decided.groups.map((group) => ({
    ...group,
    inputsHash: inputsHash(group.members, group.rated?.inputs),
  }));
  await insertMatches(tx, scope, groups);
  const applied = await applyExceptions(
    tx,
    {
      ...scope,
      domain: spec.domain,
      now,
      teams: await teamIds(tx, input.workspaceId),
      flood: settings.organisation.flood,
      sayOf: sayer(pairing, decision, { changes, made: groups.length }),
    },
    changes,
  );
  const own = applied.find(({ exceptionId }) => exceptionId === input.exceptionId);
  if (!own) throw new Error(`exception ${input.exceptionId} moved while its transaction held it`);
  for (const { exceptionId, seq, change } of applied) {
    if (change.kind !== 'open') await enqueueLine(tx, { workspaceId: input.workspaceId, exceptionId, seq });
  }
  return {
    status: own.change.kind === 'clear' ? 'cleared' : pairing.facts.status,
    version: pairing.facts.version + 1,
    also: othersOf(applied, own),
  };
}

const othersOf = (applied: readonly AppliedChange[], own: AppliedChange): Paired['also'] =>
  applied.filter((one) => one !== own).map(({ number, change }) => ({ number, how: change.kind }));

/** What changes on every exception that speaks of the records; the decided one is among them whatever it comes to. */
async function changesOf(
  pairing: Pairing,
  decision: Decision,
  planned: readonly PlannedException[],
): Promise<Change[]> {
  const { tx, input, place } = pairing;
  const records = [...decision.groups.flatMap(({ members }) => members), ...decision.alone];
  const touched = await touchedExceptions(tx, {
    workspaceId: input.workspaceId,
    reconciliationId: place.reconciliationId,
    exceptionId: input.exceptionId,
    recordIds: records.map(({ recordId }) => recordId),
    fingerprints: planned.map(({ fingerprint }) => fingerprint),
  });
  const recorded = touched
    .filter((one) => !staysAsItIs(one, decision))
    .map((one) =>
      decision.byHand && one.exceptionId === input.exceptionId
        ? { ...one, speaksFor: handFingerprint(decision.byHand.handMatchId) }
        : one,
    );
  const changes = planChanges(planned, recorded);
  const own = recorded.find(({ exceptionId }) => exceptionId === input.exceptionId);
  if (!own) throw new Error(`exception ${input.exceptionId} vanished while it was decided on`);
  const isOwn = (change: Change): boolean => change.kind !== 'open' && change.recorded === own;
  const found = changes.find(isOwn);
  if (!decision.byHand) return changes;
  // Settled or not, the exception speaks of what was matched from now on; its status is another matter.
  if (found?.kind === 'update') return changes;
  const kept = await asItSays(pairing, decision.byHand.members);
  return [...changes.filter((change) => change !== found), { kind: 'update', planned: kept, recorded: own }];
}

/** One of repeated records stays as it is while two of them are left beside what was matched by hand. */
function staysAsItIs(
  { expectedIds, actualIds }: TouchedException,
  { byHand }: Pick<Decision, 'byHand'>,
): boolean {
  const ids = [...expectedIds, ...actualIds];
  const isOneSided = expectedIds.length === 0 || actualIds.length === 0;
  if (!isOneSided || ids.length < 2) return false;
  const taken = new Set(byHand?.members.map(({ recordId }) => recordId));
  return ids.filter((id) => !taken.has(id)).length > 1;
}

/** The exception as it says now, about other records. */
async function asItSays(
  { tx, input, settings, spec, now }: Pairing,
  members: readonly MatchRecord[],
): Promise<PlannedException> {
  const { payee, ...said } = await foundFacts(tx, input);
  const draft: ExceptionDraft = { ...said, members };
  const [planned] = route([draft], { organisation: settings.organisation, spec, now });
  if (!planned) throw new Error('routing one draft gives one planned exception');
  return { ...planned, payee };
}

/** The decided exception says what was decided; the others say by what they moved. */
function sayer(
  { input }: Pairing,
  decision: Decision,
  { changes, made }: { readonly changes: readonly Change[]; readonly made: number },
): (change: Change) => Saying | undefined {
  const actor = { kind: 'person', id: input.personId } as const;
  const own = changes.find(
    (change) => change.kind !== 'open' && change.recorded.exceptionId === input.exceptionId,
  );
  const number = own && own.kind !== 'open' ? own.recorded.number : 0;
  const reason = decision.byHand ? 'MATCHED_BY_HAND' : 'UNMATCHED_BY_HAND';
  const data = { target: exceptionLabel(number) };
  const matches = { matches_made: made, matches_ended: decision.ended.length };
  return (change) =>
    change === own
      ? {
          ...decision.saying,
          data: { ...decision.saying.data, ...matches },
          actor,
          requestKey: input.requestKey,
        }
      : { actor, reason: change.kind === 'open' ? change.planned.reason : reason, data };
}

/** Live matches as groups of records; records that are not among the given ones are left out. */
export function groupsOf(matches: readonly LiveMatch[], records: readonly MatchRecord[]): MatchGroup[] {
  const byId = new Map(records.map((record) => [record.recordId, record]));
  return matches.map(({ pass, key, recordIds }) => ({
    pass,
    key,
    members: recordIds.flatMap((id) => byId.get(id) ?? []),
  }));
}
