import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../src/core/csv.ts';

describe('a line of CSV', () => {
  it('quotes what would break it, and doubles quotes', () => {
    expect(csvLine(['a,b', 'say "no"', 'two\nlines', undefined, 'plain'])).toBe(
      '"a,b","say ""no""","two\nlines",,plain',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('makes %j no formula', (text) => {
    expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/);
  });

  it('leaves figures as they are', () => {
    expect(csvLine([{ figure: '-40.00' }])).toBe('-40.00');
  });

  it('has no cell that a spreadsheet would run, whatever anybody wrote', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(csvLine([text])).not.toMatch(/^"?[=+\-@\t\r]/);
      }),
    );
  });
});
