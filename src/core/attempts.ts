import type { HistoryLine } from './card.ts';

/** How somebody's time with an exception ended. */
export const ATTEMPT_ENDS = [
  'given_back',
  'stale',
  'left',
  'handed_over',
  'assigned',
  'resolved',
  'cleared',
] as const;

export type AttemptEnd = {
  readonly how: (typeof ATTEMPT_ENDS)[number];
  /** Who took it over, or was given it. */
  readonly to: string | null;
  /** The resolution code. */
  readonly code: string | null;
};

/** One person's time with an exception: what they said last, and how it ended. Kept as JSON, so nothing is undefined. */
export type Attempt = {
  readonly by: string;
  /** ISO instants; `until` is null while they have it. */
  readonly from: string;
  readonly until: string | null;
  readonly said: string | null;
  readonly end: AttemptEnd | null;
  /** It was closed, and opened again. */
  readonly cameBack: boolean;
};

/** What was tried, the oldest first, from an exception's whole trail, oldest first: each time that somebody had it. */
export function attemptsOf(history: readonly HistoryLine[]): readonly Attempt[] {
  const attempts: Attempt[] = [];
  let holder: string | undefined;
  const change = (more: Partial<Attempt>): void => {
    const last = attempts.pop();
    if (last) attempts.push({ ...last, ...more });
  };
  for (const line of history) {
    const taker = takerOf(line);
    if (line.action === 'exception.reopen' && isClosed(attempts.at(-1))) change({ cameBack: true });
    if (holder !== undefined) {
      if (isSaidBy(holder, line)) change({ said: line.note ?? null });
      // Whoever is given what they have goes on with it.
      const end = taker?.personId === holder ? undefined : endIn(line, taker);
      if (end) change({ until: line.at, end });
      if (end) holder = undefined;
    }
    if (taker && taker.personId !== holder) {
      holder = taker.personId;
      attempts.push(begun(line, taker.name));
    }
  }
  return attempts;
}

type Taker = HistoryLine['given'];

/** Acts with which somebody's time begins: of whoever does it, or of whom the triage meeting gives it to. */
const BEGINS: ReadonlyMap<string, (line: HistoryLine) => Taker> = new Map([
  ['exception.claim', ({ actor }): Taker => actor],
  ['exception.hand_over', ({ actor }): Taker => actor],
  ['exception.assign', ({ given }): Taker => given],
]);

const takerOf = (line: HistoryLine): Taker => BEGINS.get(line.action)?.(line);

const begun = ({ at }: HistoryLine, by: string): Attempt => ({
  by,
  from: at,
  until: null,
  said: null,
  end: null,
  cameBack: false,
});

/** Why a program gave it back, by the reason on the trail; a person gives none. */
const GIVEN_BACK: ReadonlyMap<string | undefined, AttemptEnd['how']> = new Map([
  ['STALE_CLAIM', 'stale'],
  ['OWNER_LEFT', 'left'],
]);

function endIn({ action, to, reason }: HistoryLine, taker: Taker): AttemptEnd | undefined {
  if (action === 'exception.hand_over') return { how: 'handed_over', to: taker?.name ?? null, code: null };
  if (action === 'exception.assign') return { how: 'assigned', to: taker?.name ?? null, code: null };
  if (to === 'open') return { how: GIVEN_BACK.get(reason) ?? 'given_back', to: null, code: null };
  if (to === 'resolved') return { how: 'resolved', to: null, code: reason ?? null };
  return to === 'cleared' ? { how: 'cleared', to: null, code: null } : undefined;
}

const isClosed = (attempt: Attempt | undefined): boolean =>
  attempt?.end?.how === 'resolved' || attempt?.end?.how === 'cleared';

/** Words of their own, not somebody's message that they kept. */
const isSaidBy = (personId: string, { actor, note, author }: HistoryLine): boolean =>
  actor?.personId === personId && note !== undefined && note !== '' && author === undefined;
