import { describe, expect, it } from 'vitest';
import { mend } from '../../../scripts/postgres-guard.mjs';

const MENDS = [{ why: 'it hangs', find: 'wait()', put: 'waitOrFail()' }];

describe('the guard of the driver', () => {
  it('replaces what it knows', () => {
    expect(mend('begin(); wait()', MENDS, 'index.js')).toBe('begin(); waitOrFail()');
  });

  it.each([
    ['is not there', 'begin()', 'found 0 times'],
    ['is there twice', 'wait(); wait()', 'found 2 times'],
  ])('refuses loudly when the text %s', (_, source, found) => {
    expect(() => mend(source, MENDS, 'index.js')).toThrow(
      `index.js: expected once, ${found}: the text for "it hangs"`,
    );
  });
});
