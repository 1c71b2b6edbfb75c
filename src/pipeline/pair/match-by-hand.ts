import { resolved } from '../../core/act.ts';
import { BY_HAND } from '../../core/hand-match.ts';
import { magnitude, toDecimal } from '../../core/money.ts';
import type { Refusal } from '../../core/refusal.ts';
import { type DecidedGroup, decideRearranged, rearrange } from '../../core/rematch.ts';
import { type Resolution, readResolution } from '../../core/resolve.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/new-id.ts';
import { readRates } from '../../db/rates.sql.ts';
import { move } from '../act/move.ts';
import { tellOffered } from '../act/tell-offered.ts';
import { applyRearranged, groupsOf, type Written } from './apply-rearranged.ts';
import { type Chosen, chooseRecords, feedsOf, type Named, scopeOf } from './choose-records.ts';
import { dropCandidates } from './drop-candidates.sql.ts';
import { endHandMatches } from './end-hand-matches.sql.ts';
import { insertHandMatch } from './insert-hand-match.sql.ts';
import { keepCandidateAnswers, keepUndone } from './keep-answers.sql.ts';
import { decidePair, type Paired, type PairInput, type Pairing, type PairSettings } from './pair.ts';
import { recordsOf } from './records-of.sql.ts';

export type MatchInput = PairInput &
  Named & {
    readonly code: string;
    readonly note: string;
    /** What becomes of a difference that is left: an exception as before, or settled by this very decision. */
    readonly residual: 'stays' | 'explained';
    readonly evidence?: string | undefined;
  };

/**
 * Matches the records of an exception with others by hand. The match stands in every later run as long as its records hold
 * what they hold now. Without a difference, or when it is explained, the exception is resolved; else it stays with its owner
 * and says what differs.
 *
 * Refuses: what cannot be matched (see `Unpairable`), what another person matched by hand or keeps apart; a code, note or
 *          evidence that is missing.
 */
export const matchByHand = (
  sql: Sql,
  input: MatchInput,
  settings: PairSettings,
): Promise<Result<Paired, Refusal>> =>
  decidePair(sql, input, settings, {
    action: 'match',
    decide: async (pairing) => {
      const chosen = await chooseRecords(pairing, input);
      if (!chosen.ok) return chosen;
      const group = { pass: BY_HAND, key: newId(), members: chosen.value.members };
      const { spec, cutoffOn, tx } = pairing;
      const rates = await readRates(tx, { workspaceId: input.workspaceId, spec });
      const [hand] = decideRearranged(spec, { groups: [group], alone: [] }, { cutoffOn, rates }).groups;
      if (!hand) throw new Error('one group has one decision');
      const settling = readSettling(pairing, input, hand);
      if (!settling.ok) return settling;
      const matched = { chosen: chosen.value, hand, resolution: settling.value };
      const written = await write(pairing, input, matched);
      return accept(
        isSettled(hand, input) ? await settle(pairing, written, settling.value) : stays(pairing, written),
      );
    },
  });

/** Whether nothing is left for anybody to do. */
const isSettled = ({ decision }: DecidedGroup, { residual }: MatchInput): boolean =>
  decision.outcome !== 'excepted' || residual === 'explained';

/** The resolution that the decision is; where no difference is explained by it, no amount is named. */
function readSettling(
  { facts, settings }: Pairing,
  input: MatchInput,
  hand: DecidedGroup,
): Result<Resolution, Refusal> {
  const codes = settings.organisation.resolutionCodes;
  const booking = codes.find(({ code, books }) => code === input.code && books !== undefined);
  // An entry has limits, a month and perhaps a second person; none of them is asked for here.
  if (booking) return refuse({ code: 'not_by_matching', label: booking.label });
  const left = isSettled(hand, input) ? residualOf(hand) : undefined;
  return readResolution(
    {
      code: input.code,
      note: input.note,
      amount: left && toDecimal({ ...left, minor: magnitude(left.minor) }),
      evidence: input.evidence,
    },
    {
      type: facts.type,
      currency: left?.currency ?? facts.currency,
      codes: left ? codes : codes.map((code) => ({ ...code, amount: 'optional' as const })),
    },
  );
}

/** What the two sides differ by; undefined where they do not, or there is nothing to subtract. */
function residualOf({ sums }: DecidedGroup): { minor: bigint; currency: string } | undefined {
  const { expectedMinor, actualMinor, currency } = sums;
  if (currency === undefined || expectedMinor === undefined || actualMinor === undefined) return undefined;
  if (expectedMinor === actualMinor) return undefined;
  return { minor: actualMinor - expectedMinor, currency };
}

type Matched = {
  readonly chosen: Chosen;
  readonly hand: DecidedGroup;
  readonly resolution: Resolution;
};

async function write(
  pairing: Pairing,
  input: MatchInput,
  { chosen, hand, resolution }: Matched,
): Promise<Written> {
  const { tx, now } = pairing;
  const scope = scopeOf(pairing);
  const who = { ...scope, exceptionId: input.exceptionId, personId: input.personId, now };
  const { members, picked, ended, endedByHand } = chosen;
  const recordIds = members.map(({ recordId }) => recordId);
  const before = await recordsOf(
    tx,
    { ...scope, feeds: feedsOf(pairing) },
    { ids: ended.flatMap((match) => match.recordIds) },
  );
  const { lessened, released } = rearrange(groupsOf(ended, before), members);
  await keepCandidateAnswers(tx, who, { recordIds, answer: 'accepted' });
  await keepUndone(
    tx,
    who,
    ended.map(({ pass }) => pass).filter((pass) => pass !== BY_HAND),
  );
  await dropCandidates(tx, scope, recordIds);
  await endHandMatches(tx, { ...who, handMatchIds: endedByHand.map(({ handMatchId }) => handMatchId) });
  const { code, note } = resolution;
  await insertHandMatch(tx, { ...who, handMatchId: hand.key, code, note, members });
  return await applyRearranged(pairing, {
    groups: [hand, ...lessened],
    alone: released,
    ended,
    byHand: { handMatchId: hand.key, members },
    saying: {
      action: 'exception.match',
      reason: code,
      note,
      data: { target: picked.map(({ sourceRef }) => sourceRef).join(', ') },
    },
  });
}

const stays = ({ input, facts }: Pairing, { version, also }: Written): Paired => ({
  exceptionId: input.exceptionId,
  status: facts.status,
  version,
  repeated: false,
  also,
});

/** Resolves the exception, which was brought up to date a moment ago in this transaction. */
async function settle(
  pairing: Pairing,
  { version, also }: Written,
  { code, note, minor, evidence }: Resolution,
): Promise<Paired> {
  const { tx, input, facts, now } = pairing;
  const seen = { ...facts, version };
  const moved = await move(
    tx,
    { ...input, actor: { kind: 'person', id: input.personId } },
    {
      audited: 'exception.resolve',
      seen,
      intent: {
        next: resolved(seen, { code, minor, now }),
        reason: code,
        note,
        data: {
          amount_minor: minor?.toString() ?? null,
          currency: facts.currency,
          ...(evidence === undefined ? {} : { link: evidence }),
        },
      },
    },
  );
  if (moved.verdict !== 'applied') throw new Error(`exception ${input.exceptionId} moved while it was held`);
  await tellOffered(facts, input, 'resolved')?.(tx, moved.seq);
  return { exceptionId: input.exceptionId, status: 'resolved', version: version + 1, repeated: false, also };
}
