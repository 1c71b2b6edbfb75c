import { describe, expect, it } from 'vitest';
import { isLive, nextStatus, STATUSES, TRANSITION_ACTIONS } from '../../../src/core/lifecycle.ts';
import { NO_NEWS } from '../../../src/core/run-inputs.ts';

describe('what is no news for a run', () => {
  it('moves exceptions only between statuses that a run treats alike: live, and cleared when nothing is found', () => {
    const noNews: readonly string[] = NO_NEWS;
    const moves = TRANSITION_ACTIONS.filter((action) => noNews.includes(`exception.${action}`));

    expect(moves).toEqual(['claim', 'unclaim', 'wait', 'resume']);
    for (const action of moves) {
      for (const from of STATUSES) {
        const to = nextStatus(from, action);
        if (to === undefined) continue;
        for (const status of [from, to]) {
          expect(isLive(status)).toBe(true);
          expect(nextStatus(status, 'clear')).toBe('cleared');
        }
      }
    }
  });
});
