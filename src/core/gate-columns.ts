import type { FreeRecord } from './match.ts';
import { keyOf, plainKey } from './match-key.ts';
import type { GateColumns } from './score/candidates.ts';
import type { Days } from './score/compare-lag.ts';
import type { Sizes as AmountSizes } from './score/compare-money.ts';
import { intern, type Numbers, plainTexts, type Texts } from './score/comparer.ts';
import { SIDES, type Side, type SimilarPass } from './spec.ts';

/** Records of both sides, in the order that learning and ties are decided in. */
export type Sides<R extends FreeRecord = FreeRecord> = Readonly<Record<Side, readonly R[]>>;

/** What two fields of them say, one of each side. */
export type TextsOf = (fields: Readonly<Record<Side, string>>) => Texts;

/** By what a similar pass keeps records apart before they are compared: group, amount and day of each. */
export function gateColumns(
  pass: SimilarPass,
  sides: Sides,
  about: {
    amounts: Readonly<Record<Side, string | undefined>>;
    days: Days;
    sizes: AmountSizes;
    textsOf: TextsOf;
  },
): GateColumns {
  return {
    within: SIDES.every((side) => pass.within[side].length === 0)
      ? undefined
      : eachAlone(groupsOf(pass, sides, about)),
    amount: about.sizes,
    day: about.days,
  };
}

/** Which group each record is of, by the fields that must be equal; -1 where it lacks one. */
function groupsOf(
  { within }: SimilarPass,
  sides: Sides,
  { amounts, textsOf }: { amounts: Readonly<Record<Side, string | undefined>>; textsOf: TextsOf },
): Numbers {
  const [expected, ...others] = within.expected;
  const [actual, ...more] = within.actual;
  const isOneText =
    others.length + more.length === 0 && SIDES.every((side) => within[side][0] !== amounts[side]);
  // Mostly it is one field, whose texts have numbers already.
  if (isOneText && expected !== undefined && actual !== undefined)
    return plainTexts(textsOf({ expected, actual }), plainKey);
  const keysOf = (side: Side) => sides[side].map((record) => keyOf(record, within[side], amounts[side]));
  return intern({ expected: keysOf('expected'), actual: keysOf('actual') });
}

/** A record without a group is like no other: it is compared with nothing. */
function eachAlone({ expected, actual, size }: Numbers): Numbers {
  let groups = size;
  const alone = (number: number): number => {
    if (number >= 0) return number;
    groups += 1;
    return groups - 1;
  };
  const [one, other] = [expected.map(alone), actual.map(alone)];
  return { expected: one, actual: other, size: groups };
}
