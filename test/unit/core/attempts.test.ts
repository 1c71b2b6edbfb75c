import { describe, expect, it } from 'vitest';
import { attemptsOf } from '../../../src/core/attempts.ts';
import type { HistoryLine } from '../../../src/core/card.ts';

const PEOPLE = { ana: 'Ana Ruiz', ben: 'Ben Okafor', olga: 'Olga Novak' } as const;
type Who = keyof typeof PEOPLE | 'program';

/** A trail, one line per entry; the hour of each is its place. */
const trail = (
  ...lines: readonly (readonly [who: Who, action: string, more?: Partial<HistoryLine>])[]
): HistoryLine[] =>
  lines.map(([who, action, more], index) => ({
    seq: BigInt(index + 1),
    at: at(index),
    action: `exception.${action}`,
    actor: who === 'program' ? undefined : { personId: who, name: PEOPLE[who], slackUserId: undefined },
    from: undefined,
    to: undefined,
    reason: undefined,
    note: undefined,
    target: undefined,
    ...more,
  }));

const at = (hour: number): string => `2026-11-22T${String(hour).padStart(2, '0')}:00:00.000000Z`;

const OPENED = ['program', 'opened', { to: 'open' }] as const;
const CLAIMED = ['ana', 'claim', { from: 'open', to: 'claimed' }] as const;

describe('what was tried', () => {
  it('is nothing before anybody had it', () => {
    expect(attemptsOf(trail(OPENED, ['olga', 'escalate', { to: 'open', note: 'Nobody takes it' }]))).toEqual(
      [],
    );
  });

  it('is who had it from when to when, what they said last, and to whom it went', () => {
    const history = trail(
      OPENED,
      CLAIMED,
      ['ana', 'note', { note: 'Asked the client' }],
      ['ben', 'note', { note: 'I know them' }],
      ['ana', 'note', { note: 'copied from the chat', author: 'Cleo' }],
      ['ana', 'hand_over_offer', { to: 'claimed', note: 'The client does not answer' }],
      ['ben', 'hand_over', { to: 'claimed' }],
    );

    expect(attemptsOf(history)).toEqual([
      {
        by: 'Ana Ruiz',
        from: at(1),
        until: at(6),
        said: 'The client does not answer',
        end: { how: 'handed_over', to: 'Ben Okafor', code: null },
        cameBack: false,
      },
      { by: 'Ben Okafor', from: at(6), until: null, said: null, end: null, cameBack: false },
    ]);
  });

  it.each([
    ['given_back', 'ana', 'unclaim', undefined],
    ['stale', 'program', 'unclaim', 'STALE_CLAIM'],
    ['left', 'program', 'unclaim', 'OWNER_LEFT'],
  ] as const)('ends as %s when %s does %s', (how, who, action, reason) => {
    const history = trail(OPENED, CLAIMED, [who, action, { from: 'claimed', to: 'open', reason }]);

    expect(attemptsOf(history)).toMatchObject([{ until: at(2), end: { how } }]);
  });

  it('goes on while it waits, is moved to another team, or is escalated', () => {
    const history = trail(
      OPENED,
      CLAIMED,
      ['ana', 'wait', { to: 'waiting', note: 'the credit note' }],
      ['program', 'resume', { to: 'claimed' }],
      ['program', 'updated', { to: 'claimed', reason: 'ROUTING_CHANGED' }],
      ['olga', 'escalate', { to: 'claimed', note: 'Too slow' }],
    );

    expect(attemptsOf(history)).toMatchObject([{ until: null, said: 'the credit note' }]);
  });

  it('says how it was closed, and that it came back', () => {
    const history = trail(
      OPENED,
      CLAIMED,
      ['ana', 'resolve', { to: 'resolved', reason: 'accepted', note: 'All fine' }],
      ['program', 'reopen', { to: 'open', reason: 'INPUTS_CHANGED' }],
      ['ben', 'claim', { to: 'claimed' }],
      ['program', 'clear', { to: 'cleared', reason: 'DIFFERENCE_VANISHED' }],
    );

    expect(attemptsOf(history)).toMatchObject([
      { by: 'Ana Ruiz', said: 'All fine', end: { how: 'resolved', code: 'accepted' }, cameBack: true },
      { by: 'Ben Okafor', end: { how: 'cleared' }, cameBack: false },
    ]);
  });
});
