/** What stands on the record of a reconciliation: records in live matches by side, and live matches by outcome. */
export type Standing = {
  readonly members: { readonly expected: number; readonly actual: number };
  readonly matches: { readonly equal: number; readonly autoResolved: number; readonly excepted: number };
};

export const NOTHING_STANDS: Standing = {
  members: { expected: 0, actual: 0 },
  matches: { equal: 0, autoResolved: 0, excepted: 0 },
};

export const standingWith = (one: Standing, other: Standing): Standing => combined(one, other, 1);

export const standingWithout = (all: Standing, some: Standing): Standing => combined(all, some, -1);

function combined({ members, matches }: Standing, other: Standing, sign: 1 | -1): Standing {
  return {
    members: {
      expected: members.expected + sign * other.members.expected,
      actual: members.actual + sign * other.members.actual,
    },
    matches: {
      equal: matches.equal + sign * other.matches.equal,
      autoResolved: matches.autoResolved + sign * other.matches.autoResolved,
      excepted: matches.excepted + sign * other.matches.excepted,
    },
  };
}
