import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Past, type SpikeCheck, spikeOf } from '../../../src/core/intake/spike.ts';

const CHECK: SpikeCheck = { zscore: 3.5, minHistory: 8, direction: 'both', relativeFloor: 0.08, floor: 2 };
const monday = (value: number): Past => ({ value, weekday: 1 });
const mondays = (...values: number[]): Past[] => values.map(monday);
const steady = mondays(100, 101, 99, 100, 102, 98, 100, 100);

describe('a figure', () => {
  it('far from usual is a spike from the eighth figure before it on', () => {
    expect(spikeOf(monday(1_000_000), steady.slice(1), CHECK)).toBeUndefined();
    expect(spikeOf(monday(1_000_000), steady, CHECK)).toEqual({
      now: 1_000_000,
      usual: 100,
      history: 8,
      zscore: 50,
    });
  });

  it.each([
    [50, true],
    [0, true],
    [160, true],
    [80, false],
    [125, false],
  ])('of %i where 100 is usual is a spike: %s', (now, isSpike) => {
    expect(spikeOf(monday(now), steady, CHECK) !== undefined).toBe(isSpike);
  });

  it('that varies little where nothing ever varied is none', () => {
    const still = mondays(...Array.from({ length: 20 }, () => 100));
    expect(spikeOf(monday(103), still, CHECK)).toBeUndefined();
    expect(spikeOf(monday(3), mondays(...Array.from({ length: 20 }, () => 1)), CHECK)).toBeUndefined();
  });

  it('is watched in the declared direction only', () => {
    expect(spikeOf(monday(1_000), steady, { ...CHECK, direction: 'drop' })).toBeUndefined();
    expect(spikeOf(monday(1_000), steady, { ...CHECK, direction: 'rise' })).toBeDefined();
    expect(spikeOf(monday(1), steady, { ...CHECK, direction: 'rise' })).toBeUndefined();
  });

  it('is compared with its own weekday once that came often enough', () => {
    const week = [
      ...mondays(500, 510, 490, 500, 505, 495, 500, 500),
      ...steady.map((past) => ({ ...past, weekday: 2 })),
    ];
    expect(spikeOf(monday(500), week, CHECK)).toBeUndefined();
    expect(spikeOf({ value: 500, weekday: 2 }, week, CHECK)).toMatchObject({ usual: 100 });
  });

  it('of a weekend is not compared with working days', () => {
    const sunday = { value: 0, weekday: 7 };
    expect(spikeOf(sunday, steady, CHECK)).toBeUndefined();
    expect(spikeOf({ value: 100, weekday: 3 }, steady, CHECK)).toBeUndefined();
    expect(spikeOf({ value: 0, weekday: 3 }, steady, CHECK)).toBeDefined();
  });

  it('is judged the same in whatever order the others came, and earlier spikes move nothing', () => {
    const figures = fc.array(fc.integer({ min: 90, max: 110 }), { minLength: 9, maxLength: 20 });
    fc.assert(
      fc.property(figures, fc.integer({ min: 0, max: 1_000 }), (values, now) => {
        const history = mondays(...values);
        expect(spikeOf(monday(now), [...history].reverse(), CHECK)).toEqual(
          spikeOf(monday(now), history, CHECK),
        );
        expect(spikeOf(monday(1_000_000), [...history, ...mondays(9e9, 9e9)], CHECK)).toBeDefined();
      }),
      { numRuns: 100 },
    );
  });
});
