import { describe, expect, it } from 'vitest';
import { readUntil } from '../../../src/core/wait.ts';

const TODAY = { today: '2026-11-22' };

describe('the day to wait for', () => {
  it.each(['2026-11-23', '2027-11-22'])('may be %s', (day) => {
    expect(readUntil(day, TODAY)).toEqual({ ok: true, value: day });
  });

  it.each([
    undefined,
    '',
    'tomorrow',
    '2026-9-1',
    '2026-09-31',
    '2026-13-01',
    '2026-00-00',
    '2026-12-01T00:00',
  ])('is wanted where %j stands', (text) => {
    expect(readUntil(text, TODAY)).toEqual({ ok: false, refusal: { code: 'until_required' } });
  });

  it.each(['2026-11-22', '2020-01-01', '0000-01-01'])('lies ahead, unlike %s', (day) => {
    expect(readUntil(day, TODAY)).toEqual({
      ok: false,
      refusal: { code: 'until_not_ahead', today: '2026-11-22' },
    });
  });

  it('is at most a year away', () => {
    expect(readUntil('2027-11-23', TODAY)).toEqual({
      ok: false,
      refusal: { code: 'until_too_far', latest: '2027-11-22' },
    });
  });
});
