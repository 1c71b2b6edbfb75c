import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planFlood } from '../../src/core/flood.ts';

const WINDOW_MS = 60_000;
const THRESHOLD = 20;

/** The record as far as floods are decided by it, for one team and type, when nothing was posted yet. */
type Channel = {
  opened: { at: number; ids: string[] }[];
  cards: string[];
  groups: { id: string; at: number; members: string[] }[];
};

const KEY = { teamId: 'media', type: 'missing_invoice' };

function open(channel: Channel, at: number, ids: readonly string[]): Channel {
  const isRecent = (then: number): boolean => then > at - WINDOW_MS;
  const before = channel.opened.filter((run) => isRecent(run.at)).flatMap((run) => run.ids);
  const current = channel.groups.findLast((group) => isRecent(group.at));
  const newcomers = ids.map((exceptionId) => ({ ...KEY, exceptionId }));
  const fact = { ...KEY, openedBefore: before.length, groupId: current?.id };
  const plan = planFlood(newcomers, [fact], THRESHOLD);
  const absorbed = plan.groups.length === 0 ? [] : channel.cards.filter((id) => before.includes(id));
  const joined = plan.groups.map(({ groupId, exceptionIds }) => ({
    id: groupId ?? `group at ${at}`,
    at: current?.at ?? at,
    members: [...(current?.members ?? []), ...exceptionIds, ...absorbed],
  }));
  return {
    opened: [...channel.opened, { at, ids: [...ids] }],
    cards: [...channel.cards.filter((id) => !absorbed.includes(id)), ...plan.cards],
    groups: [...channel.groups.filter(({ id }) => joined.every((group) => group.id !== id)), ...joined],
  };
}

/** So many exceptions, in so many runs, at any moments of so long a time. */
const splits = (total: number, withinMs: number) =>
  fc
    .array(fc.record({ at: fc.nat(withinMs - 1), share: fc.integer({ min: 1, max: 1_000 }) }), {
      minLength: 1,
      maxLength: 60,
    })
    .map((parts) => {
      const sum = parts.reduce((all, { share }) => all + share, 0);
      let left = total;
      return parts
        .toSorted((a, b) => a.at - b.at)
        .map(({ at, share }, index) => {
          const count = index === parts.length - 1 ? left : Math.min(left, Math.floor((total * share) / sum));
          left -= count;
          return { at, count };
        });
    });

function play(runs: readonly { at: number; count: number }[]): Channel {
  let channel: Channel = { opened: [], cards: [], groups: [] };
  let next = 0;
  for (const { at, count } of runs) {
    channel = open(
      channel,
      at,
      Array.from({ length: count }, () => `e${next++}`),
    );
  }
  return channel;
}

const membersOf = ({ cards, groups }: Channel): string[] => [
  ...cards,
  ...groups.flatMap(({ members }) => members),
];

test('2,000 exceptions of one type within a minute make at most three messages, however they come', () => {
  fc.assert(
    fc.property(splits(2_000, WINDOW_MS), (runs) => {
      const channel = play(runs);
      expect(channel.cards.length + channel.groups.length).toBeLessThanOrEqual(3);
    }),
  );
});

test('every exception is shown exactly once, by its own card or by one group', () => {
  fc.assert(
    fc.property(splits(300, 5 * WINDOW_MS), (runs) => {
      const shown = membersOf(play(runs));
      expect(shown).toHaveLength(300);
      expect(new Set(shown).size).toBe(300);
    }),
  );
});

test('what stays within the threshold keeps a card each', () => {
  fc.assert(
    fc.property(splits(THRESHOLD, WINDOW_MS), (runs) => {
      expect(play(runs)).toMatchObject({
        groups: [],
        cards: Array.from({ length: THRESHOLD }, () => expect.any(String)),
      });
    }),
  );
});
