import { describe, expect, it } from 'vitest';
import { type DateFormat, parseDay, parseInstantDay, readDateFormat } from '../../../src/core/date-format.ts';

function format(text: string): DateFormat {
  const read = readDateFormat(text);
  if (!read.ok) throw new Error(read.refusal);
  return read.value;
}

describe('readDateFormat', () => {
  it.each([
    ['YYYY-QQ', /"QQ" cannot be read/],
    ['YYYY-MM-MM', /names the month twice/],
    ['MM-DD', /needs one year and a month/],
    ['YYYY', /needs one year and a month/],
    ['MDYYYY', /"M" needs a separator before "D"/],
    ['', /needs one year and a month/],
  ])('refuses %j', (text, reason) => {
    expect(readDateFormat(text)).toMatchObject({ ok: false, refusal: expect.stringMatching(reason) });
  });
});

describe('parseDay', () => {
  it.each([
    ['2026-01-05', 'YYYY-MM-DD', '2026-01-05'],
    [' 2026-01-05 ', 'YYYY-MM-DD', '2026-01-05'],
    ['2026-07', 'YYYY-MM', '2026-07-01'],
    ['02/03/20', 'MM/DD/YY', '2020-02-03'],
    ['3/2/2026', 'D/M/YYYY', '2026-02-03'],
    ['20260105', 'YYYYMMDD', '2026-01-05'],
    ['29.02.2028', 'DD.MM.YYYY', '2028-02-29'],
  ])('reads %j as %s', (text, pattern, day) => {
    expect(parseDay(text, format(pattern))).toEqual({ ok: true, value: day });
  });

  it.each([
    ['2026-1-5', 'YYYY-MM-DD', 'date_malformed'],
    ['2026-01-05T00:00', 'YYYY-MM-DD', 'date_malformed'],
    ['29x02x2028', 'DD.MM.YYYY', 'date_malformed'],
    ['2026-02-29', 'YYYY-MM-DD', 'date_does_not_exist'],
    ['2026-13-01', 'YYYY-MM-DD', 'date_does_not_exist'],
    ['0000-00-00', 'YYYY-MM-DD', 'date_does_not_exist'],
    ['1989-12-31', 'YYYY-MM-DD', 'date_out_of_range'],
    ['2101-01-01', 'YYYY-MM-DD', 'date_out_of_range'],
    ['２０２６-01-05', 'YYYY-MM-DD', 'date_malformed'],
  ])('refuses %j as %s with %s', (text, pattern, code) => {
    expect(parseDay(text, format(pattern))).toMatchObject({ ok: false, refusal: { code } });
  });
});

describe('a count from 1970', () => {
  const zones = { kept: 'America/New_York', written: 'America/New_York' };

  it.each([
    ['X', '1767657600', '2026-01-05'],
    ['x', '1767657600000', '2026-01-05'],
  ])('%s is an instant: %s', (pattern, text, day) => {
    expect(parseInstantDay(text, format(pattern), zones)).toEqual({ ok: true, value: day });
  });

  it('of the wrong unit is no such count', () => {
    expect(parseInstantDay('1767657600000', format('X'), zones)).toMatchObject({ ok: false });
    expect(parseInstantDay('1767657600', format('x'), zones)).toMatchObject({ ok: false });
  });

  it('stands alone in its format', () => {
    expect(readDateFormat('YYYY-MM X')).toMatchObject({
      ok: false,
      refusal: expect.stringContaining('alone'),
    });
  });
});

describe('parseInstantDay', () => {
  const ZONE = 'America/New_York';

  it.each([
    ['2026-01-06T03:00:00Z', 'YYYY-MM-DDTHH:mm:ssZ', '2026-01-05'],
    ['2026-01-05T23:00:00.123-0800', 'YYYY-MM-DDTHH:mm:ss.SSSZ', '2026-01-06'],
    ['2026-01-05 23:59', 'YYYY-MM-DD HH:mm', '2026-01-05'],
    ['2026-11-01T05:30:00Z', 'YYYY-MM-DDTHH:mm:ssZ', '2026-11-01'],
  ])('reads %j as the day %s falls on there', (text, pattern, day) => {
    expect(parseInstantDay(text, format(pattern), { kept: ZONE, written: ZONE })).toEqual({
      ok: true,
      value: day,
    });
  });

  it.each([
    ['2026-11-01 01:30', 'date_ambiguous'],
    ['2026-03-08 02:30', 'date_does_not_exist'],
    ['2026-01-05 24:00', 'date_does_not_exist'],
  ])('refuses %j with %s', (text, code) => {
    const read = parseInstantDay(text, format('YYYY-MM-DD HH:mm'), {
      kept: ZONE,
      written: ZONE,
    });
    expect(read).toMatchObject({ ok: false, refusal: { code } });
  });
});
