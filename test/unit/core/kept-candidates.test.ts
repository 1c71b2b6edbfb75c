import { describe, expect, it } from 'vitest';
import { straight } from '../../../src/core/pauses.ts';
import { type EachCandidates, keptCandidates } from '../../../src/core/score/kept-candidates.ts';

const CANDIDATES = [[3, 1], [], [7], [0, 2, 4]];
const CAPPED = 2;

/** Looks for the same each time, in one array that is written over, and counts how often. */
function looking() {
  let looked = 0;
  const room = new Int32Array(8);
  const look: EachCandidates = function* (visit) {
    looked += 1;
    for (const [e, actual] of CANDIDATES.entries()) {
      yield;
      room.set(actual);
      visit(e, room.subarray(0, actual.length));
    }
    return CAPPED;
  };
  return { look, times: () => looked };
}

function seen(each: EachCandidates) {
  const visited: [number, number[]][] = [];
  const capped = straight(each((e, actual) => visited.push([e, [...actual]])));
  return { visited, capped };
}

describe('candidates that are asked for twice', () => {
  const all = { visited: [...CANDIDATES.entries()], capped: CAPPED };

  it('are the same, and looked for once', () => {
    const { look, times } = looking();
    const each = keptCandidates(look);
    expect([seen(each), seen(each), seen(each)]).toEqual([all, all, all]);
    expect(times()).toBe(1);
  });

  it('are the same where there are more than are kept, and looked for again', () => {
    const { look, times } = looking();
    const each = keptCandidates(look, 5);
    expect([seen(each), seen(each)]).toEqual([all, all]);
    expect(times()).toBe(2);
  });
});
