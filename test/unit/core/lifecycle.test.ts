import { describe, expect, it } from 'vitest';
import {
  hasOwner,
  isLive,
  LIVE_STATUSES,
  nextStatus,
  STATUSES,
  type Status,
  TRANSITION_ACTIONS,
} from '../../../src/core/lifecycle.ts';

/** The table of the design, cell by cell; a dash is refused. */
const TABLE = `
status             claim    unclaim  wait     resume   propose            approve   reject   resolve   clear    reopen
open               claimed  -        -        -        -                  -         -        -         cleared  -
claimed            -        open     waiting  -        awaiting_approval  -         -        resolved  cleared  -
waiting            -        open     -        claimed  -                  -         -        -         cleared  -
awaiting_approval  -        -        -        -        -                  resolved  claimed  -         -        -
resolved           -        -        -        -        -                  -         -        -         -        open
cleared            -        -        -        -        -                  -         -        -         -        open`;

describe('the transition table', () => {
  it('is the one of the design, cell by cell', () => {
    const rows = STATUSES.map((status) =>
      [status, ...TRANSITION_ACTIONS.map((action) => nextStatus(status, action) ?? '-')].join(' '),
    );

    const [header, ...expected] = TABLE.trim()
      .split('\n')
      .map((line) => line.replace(/ +/g, ' '));
    expect(header).toBe(['status', ...TRANSITION_ACTIONS].join(' '));
    expect(rows).toEqual(expected);
  });

  it('knows no transition by the name of an inherited property', () => {
    expect(nextStatus('open', 'toString' as never)).toBeUndefined();
    expect(nextStatus('open', '__proto__' as never)).toBeUndefined();
  });
});

describe('a status', () => {
  it.each([
    ['open', true, false],
    ['claimed', true, true],
    ['waiting', true, true],
    ['awaiting_approval', true, true],
    ['resolved', false, false],
    ['cleared', false, false],
  ] as const satisfies [Status, boolean, boolean][])('%s: live %s, owned %s', (status, live, owned) => {
    expect({ live: isLive(status), owned: hasOwner(status) }).toEqual({ live, owned });
  });

  it('is live or closed, and the live ones are listed', () => {
    expect(LIVE_STATUSES).toEqual(['open', 'claimed', 'waiting', 'awaiting_approval']);
  });
});
