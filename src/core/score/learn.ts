import type { Comparer } from './comparer.ts';
import { inOrderOfNumbers } from './key-index.ts';
import type { Shared } from './overlap.ts';
import { repeatableRandom } from './random.ts';

/**
 * What was learnt of one field: how records that belong together (m) and any two others (u) spread over its levels.
 * Index 0, the missing value, is no evidence and stays 0.
 */
export type Learnt = {
  readonly matched: readonly number[];
  readonly random: readonly number[];
  /** What an earlier field has said of it already. */
  readonly shared?: Shared | undefined;
};

/** Whether a level is shown more often by records that belong together than by any two. */
export const speaksFor = (learnt: Learnt | undefined, level: number): boolean =>
  level > 0 && (learnt?.matched[level] ?? 0) > (learnt?.random[level] ?? 1);

export type Sizes = { readonly expected: number; readonly actual: number };

/** `e[i]` with `a[i]`. */
export type Pairs = { readonly e: Int32Array; readonly a: Int32Array };

/** Pairs found by one field, on which the other fields are learnt. */
export type Session = Pairs & { readonly by: number };

const RANDOM_PAIRS = 500_000;
const ROUNDS = 50;
const SETTLED = 1e-5;
/** So many pairs' worth of the usual spread is mixed in: few observations must not pass for knowledge. */
const USUAL_WEIGHT = 8;
const LEAST = 1e-7;

/**
 * How any two records spread over each field's levels, from random pairs; all pairs where there are not many.
 *
 * Source: Fellegi and Sunter 1969; nearly all pairs are of records that do not belong together.
 */
export function learnRandom(comparers: readonly Comparer[], { e, a }: Pairs): number[][] {
  // Field by field: what one compares stays near the processor, and takes half as long (2026-11-30).
  return comparers.map(({ usual, labels, levelOf }) => {
    const counts = new Array<number>(labels.length).fill(0);
    for (let at = 0; at < e.length; at += 1) bump(counts, levelOf(e[at] ?? 0, a[at] ?? 0));
    return smoothed(counts, usual.random);
  });
}

/** Pairs of any two records: all of them, or as many as tell enough. */
export function anyPairs(sizes: Sizes): Pairs {
  const all = sizes.expected * sizes.actual;
  const count = Math.min(all, RANDOM_PAIRS);
  const [e, a] = [new Int32Array(count), new Int32Array(count)];
  const random = repeatableRandom(1969);
  const isEach = all === count;
  for (let pair = 0; pair < count; pair += 1) {
    e[pair] = isEach ? Math.floor(pair / sizes.actual) : Math.floor(random() * sizes.expected);
    a[pair] = isEach ? pair % sizes.actual : Math.floor(random() * sizes.actual);
  }
  if (isEach) return { e, a };
  // Only how many there are counts: one expected record after the other, half of what is looked at is near already.
  const order = inOrderOfNumbers(
    Int32Array.from({ length: count }, (_, pair) => pair),
    e,
    sizes.expected,
  );
  return { e: order.map((pair) => e[pair] ?? 0), a: order.map((pair) => a[pair] ?? 0) };
}

/**
 * How records that belong together spread over the levels, by expectation and maximisation over the patterns that pairs
 * of a session show; a field that found the pairs learns nothing from them. Several sessions of a field count by their
 * median. Fields that no session could teach keep the usual spread, and so does what the limits let no pair show.
 *
 * Shape: `random` as `learnRandom` returns it, over the share of pairs that pass the limit of the field; the order of pairs
 *        does not matter.
 */
export function learnMatched(
  comparers: readonly Comparer[],
  random: readonly (readonly number[])[],
  sessions: readonly Session[],
): number[][] {
  const taught: (readonly number[])[][] = comparers.map(() => []);
  const shown = comparers.map(() => new Set<number>());
  for (const session of sessions) {
    const fields = comparers.map((_, field) => field).filter((field) => field !== session.by);
    if (fields.length === 0 || session.e.length === 0) continue;
    const patterns = patternsOf(comparers, fields, session);
    const learnt = maximise({
      usual: fields.map((field) => comparers[field]?.usual.matched ?? []),
      random: fields.map((field) => random[field] ?? []),
      patterns,
    });
    for (const [at, field] of fields.entries()) {
      taught[field]?.push(learnt[at] ?? []);
      for (const { levels } of patterns) shown[field]?.add(levels[at] ?? 0);
    }
  }
  return comparers.map(({ usual, labels, limitedBy }, field) => {
    const lessons = taught[field] ?? [];
    if (lessons.length === 0) return normal(usual.matched);
    const isBeyond = (level: number): boolean => limitedBy !== undefined && !shown[field]?.has(level);
    const learntOf = (level: number): number => median(lessons.map((lesson) => lesson[level] ?? 0));
    return normal(
      labels.map((_, level) => (isBeyond(level) ? (usual.matched[level] ?? 0) : learntOf(level))),
    );
  });
}

type Pattern = { readonly levels: readonly number[]; readonly count: number };

/** Pairs collapse to the few patterns of levels that they show. */
function patternsOf(comparers: readonly Comparer[], fields: readonly number[], session: Session): Pattern[] {
  const used = fields.flatMap((field) => comparers[field] ?? []);
  const counts = new Map<number, number>();
  for (let at = 0; at < session.e.length; at += 1) {
    const e = session.e[at] ?? 0;
    const a = session.a[at] ?? 0;
    // One number names a pattern: there are at most 16 levels a field, and eight fields fit an exact integer.
    let pattern = 0;
    for (const comparer of used) pattern = pattern * LEVELS + comparer.levelOf(e, a);
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one], [other]) => one - other)
    .map(([pattern, count]) => ({ levels: levelsOf(pattern, fields.length), count }));
}

/** More than any field has. */
export const LEVELS = 16;

/** The levels that a pattern's number names. */
export function levelsOf(pattern: number, fields: number): number[] {
  const levels = new Array<number>(fields).fill(0);
  let left = pattern;
  for (let at = fields - 1; at >= 0; at -= 1) {
    levels[at] = left % LEVELS;
    left = Math.floor(left / LEVELS);
  }
  return levels;
}

/** What is learnt from: per field the usual spread of pairs that belong together and that of any two, and what pairs show. */
export type Lesson = {
  readonly usual: readonly (readonly number[])[];
  readonly random: readonly (readonly number[])[];
  readonly patterns: readonly Pattern[];
};

/** What share of the pairs belong together, and how those spread over the levels of each field. */
export type Belief = { readonly share: number; readonly matched: readonly (readonly number[])[] };

function maximise(lesson: Lesson): readonly (readonly number[])[] {
  let belief: Belief = { share: 0.1, matched: lesson.usual.map(normal) };
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = improve(lesson, belief);
    const moved = Math.max(Math.abs(next.share - belief.share), furthest(belief.matched, next.matched));
    belief = next;
    if (moved < SETTLED) break;
  }
  return belief.matched;
}

/**
 * One round of expectation and maximisation: how likely each pair belongs together by the belief, and what those that do
 * then spread over. The next belief explains the pairs, and the usual spread that is mixed in, at least as well.
 *
 * Source: Dempster, Laird and Rubin 1977; with a prior (MAP), as the usual spread is one.
 */
export function improve({ usual, random, patterns }: Lesson, belief: Belief): Belief {
  const counts = belief.matched.map((levels) => new Array<number>(levels.length).fill(0));
  let weight = 0;
  let total = 0;
  for (const { levels, count } of patterns) {
    const belongs = count * chanceOf(levels, { ...belief, random });
    weight += belongs;
    total += count;
    for (const [at, level] of levels.entries()) if (level > 0) bump(counts[at], level, belongs);
  }
  return {
    share: Math.min(Math.max(weight / total, LEAST), 1 - LEAST),
    matched: usual.map((levels, at) => smoothed(counts[at] ?? [], levels)),
  };
}

/** The probability that a pair showing these levels belongs together. */
function chanceOf(
  levels: readonly number[],
  { share, matched, random }: Belief & Pick<Lesson, 'random'>,
): number {
  let together = share;
  let apart = 1 - share;
  for (const [at, level] of levels.entries()) {
    if (level === 0) continue;
    together *= matched[at]?.[level] ?? LEAST;
    apart *= random[at]?.[level] ?? LEAST;
  }
  return together / (together + apart);
}

function bump(counts: number[] | undefined, level: number, by = 1): void {
  if (counts) counts[level] = (counts[level] ?? 0) + by;
}

/** Shares of the levels that were seen, with a little of the usual spread mixed in. */
export function smoothed(counts: readonly number[], usual: readonly number[]): number[] {
  const base = normal(usual);
  const total = counts.reduce((sum, count, level) => (level === 0 ? sum : sum + count), 0);
  return normal(
    counts.map((count, level) =>
      level === 0 ? 0 : (count + USUAL_WEIGHT * (base[level] ?? 0)) / (total + USUAL_WEIGHT),
    ),
  );
}

function normal(levels: readonly number[]): number[] {
  const kept = levels.map((share, level) => (level === 0 ? 0 : Math.max(share, LEAST)));
  const total = kept.reduce((sum, share) => sum + share, 0);
  return kept.map((share) => share / total);
}

/** How far the shares of two spreads are apart at most. */
export const furthest = (
  one: readonly (readonly number[])[],
  other: readonly (readonly number[])[],
): number =>
  Math.max(
    ...one.flatMap((levels, at) => levels.map((share, level) => Math.abs(share - (other[at]?.[level] ?? 0)))),
  );

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
