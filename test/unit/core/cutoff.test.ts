import { expect, it } from 'vitest';
import { cutoffDay } from '../../../src/core/cutoff.ts';

it.each([
  ['2026-11-22T23:59:59.999Z', 'UTC', '2026-11-22'],
  ['2026-11-23T00:00:00.000Z', 'UTC', '2026-11-23'],
  ['2026-11-22T03:00:00Z', 'America/New_York', '2026-11-21'],
  ['2026-11-22T05:00:00Z', 'America/New_York', '2026-11-22'],
  ['2026-11-22T10:00:00Z', 'Pacific/Kiritimati', '2026-11-23'],
  // The night the clocks go back: the same local hour twice, one day.
  ['2026-11-01T05:30:00Z', 'America/New_York', '2026-11-01'],
  ['2026-11-01T06:30:00Z', 'America/New_York', '2026-11-01'],
  ['2024-03-01T04:59:00Z', 'America/New_York', '2024-02-29'],
])('%s in %s is %s', (at, zone, day) => {
  expect(cutoffDay(new Date(at), zone)).toBe(day);
});
