import { describe, expect, it } from 'vitest';
import { floodKeys, type Newcomer, planFlood } from '../../../src/core/flood.ts';

const newcomers = (count: number, type = 'missing_invoice', teamId = 'media'): Newcomer[] =>
  Array.from({ length: count }, (_, index) => ({ teamId, type, exceptionId: `${teamId} ${type} ${index}` }));
const facts = (openedBefore: number, groupId?: string) => ({
  teamId: 'media',
  type: 'missing_invoice',
  openedBefore,
  groupId,
});

describe('a flood', () => {
  it('is more than the threshold, not as many', () => {
    expect(planFlood(newcomers(20), [facts(0)], 20).groups).toEqual([]);
    expect(planFlood(newcomers(21), [facts(0)], 20).groups).toMatchObject([{ groupId: undefined }]);
  });

  it('counts what was opened shortly before', () => {
    expect(planFlood(newcomers(1), [facts(19)], 20).cards).toHaveLength(1);
    expect(planFlood(newcomers(1), [facts(20)], 20).groups).toHaveLength(1);
  });

  it('goes on in a group that is still within its window, however few come', () => {
    expect(planFlood(newcomers(1), [facts(0, 'g')], 20).groups).toMatchObject([
      { groupId: 'g', exceptionIds: ['media missing_invoice 0'] },
    ]);
  });

  it('is counted by type and team: two of twenty are none', () => {
    const mixed = [...newcomers(20, 'missing_invoice'), ...newcomers(20, 'amount_differs')];
    const elsewhere = newcomers(20, 'missing_invoice', 'content');

    expect(planFlood([...mixed, ...elsewhere], [], 20).cards).toHaveLength(60);
  });

  it('leaves out nobody and takes in nobody twice', () => {
    const all = [...newcomers(30), ...newcomers(5, 'amount_differs')];
    const { groups, cards } = planFlood(all, [], 20);
    const placed = [...groups.flatMap(({ exceptionIds }) => exceptionIds), ...cards];

    expect(placed.toSorted()).toEqual(all.map(({ exceptionId }) => exceptionId).toSorted());
  });
});

describe('the keys of newcomers', () => {
  it('are each named once, in their order', () => {
    expect(floodKeys([...newcomers(2, 'b'), ...newcomers(2, 'a'), ...newcomers(1, 'b')])).toEqual([
      { teamId: 'media', type: 'b' },
      { teamId: 'media', type: 'a' },
    ]);
  });
});
