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

  it('of whom the triage meeting gives it to begins then, and that of whoever had it ends', () => {
    const given = { personId: 'ben', name: PEOPLE.ben };
    const history = trail(
      OPENED,
      CLAIMED,
      ['ana', 'note', { note: 'No answer' }],
      ['olga', 'assign', { from: 'claimed', to: 'claimed', note: 'Call the vendor', given }],
      ['ben', 'note', { note: 'Called' }],
      ['ben', 'resolve', { to: 'resolved', reason: 'accepted' }],
    );

    expect(attemptsOf(history)).toEqual([
      {
        by: 'Ana Ruiz',
        from: at(1),
        until: at(3),
        said: 'No answer',
        end: { how: 'assigned', to: 'Ben Okafor', code: null },
        cameBack: false,
      },
      {
        by: 'Ben Okafor',
        from: at(3),
        until: at(5),
        said: 'Called',
        end: { how: 'resolved', to: null, code: 'accepted' },
        cameBack: false,
      },
    ]);
  });

  it('of whom the triage meeting gives it to begins where nobody had it', () => {
    const given = { personId: 'ben', name: PEOPLE.ben };
    const history = trail(OPENED, ['olga', 'assign', { from: 'open', to: 'claimed', given }]);

    expect(attemptsOf(history)).toMatchObject([{ by: 'Ben Okafor', from: at(1), until: null }]);
  });

  it('goes on when the triage meeting leaves it with whoever has it', () => {
    const given = { personId: 'ana', name: PEOPLE.ana };
    const history = trail(OPENED, CLAIMED, ['olga', 'assign', { from: 'waiting', to: 'claimed', given }]);

    expect(attemptsOf(history)).toMatchObject([{ by: 'Ana Ruiz', from: at(1), until: null, end: null }]);
  });

  it('begins with whoever accepts an offer, not with whom it is offered to', () => {
    const offered = trail(OPENED, CLAIMED, ['ana', 'hand_over_offer', { to: 'claimed', note: 'Yours?' }]);

    expect(attemptsOf(offered)).toMatchObject([{ by: 'Ana Ruiz', until: null }]);
    expect(attemptsOf([...offered, ...trail(['ben', 'hand_over_decline', { to: 'claimed' }])])).toHaveLength(
      1,
    );
  });

  it('goes on while what was proposed is not decided, and when it is not approved', () => {
    const asked = [OPENED, CLAIMED, ['ana', 'propose', { to: 'awaiting_approval' }]] as const;

    expect(attemptsOf(trail(...asked, ['olga', 'reject', { to: 'claimed', note: 'Why?' }]))).toMatchObject([
      { by: 'Ana Ruiz', until: null },
    ]);
    expect(
      attemptsOf(trail(...asked, ['olga', 'approve', { to: 'resolved', reason: 'adjusted' }])),
    ).toMatchObject([{ by: 'Ana Ruiz', until: at(3), end: { how: 'resolved', code: 'adjusted' } }]);
  });

  it("is nobody's any more once it is opened again by hand", () => {
    const history = trail(
      OPENED,
      CLAIMED,
      ['ana', 'resolve', { to: 'resolved', reason: 'accepted' }],
      ['olga', 'reopen', { to: 'open', reason: 'REOPENED_BY_HAND', note: 'Not so' }],
    );

    expect(attemptsOf(history)).toMatchObject([{ until: at(2), end: { how: 'resolved' }, cameBack: true }]);
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
