import { describe, expect, it } from 'vitest';
import { exceptionLabel, isUuid, parseExceptionLabel, uuidv7 } from '../../../src/core/ids.ts';

describe('an id', () => {
  it('carries its time, its version and its random bits where RFC 9562 wants them', () => {
    // The example of RFC 9562, appendix A.6.
    const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);

    expect(uuidv7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('sorts after every id of an earlier millisecond', () => {
    const [least, most] = [new Uint8Array(10), new Uint8Array(10).fill(255)];

    expect(uuidv7(1_700_000_000_000, most) < uuidv7(1_700_000_000_001, least)).toBe(true);
    expect(uuidv7(2 ** 32 - 1, most) < uuidv7(2 ** 32, least)).toBe(true);
  });

  it.each([
    ['017f22e2-79b0-7cc3-98c4-dc0c0c07398f', true],
    ['017F22E2-79B0-7CC3-98C4-DC0C0C07398F', false],
    ['017f22e279b07cc398c4dc0c0c07398f', false],
    [' 017f22e2-79b0-7cc3-98c4-dc0c0c07398f', false],
    ['017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n', false],
    ["'; drop table exception; --", false],
    [undefined, false],
    [17, false],
  ])('%j: %s', (text, is) => {
    expect(isUuid(text)).toBe(is);
  });
});

describe('the number people say', () => {
  it.each([
    ['EX-1042', 1042],
    ['ex-1042', 1042],
    [' 1042 ', 1042],
    ['EX-0', undefined],
    ['EX-01', undefined],
    ['EX-', undefined],
    ['EX 1042', undefined],
    ['1042.0', undefined],
    ['-1042', undefined],
    ['1234567890', undefined],
  ])('%j reads as %s', (text, number) => {
    expect(parseExceptionLabel(text)).toBe(number);
  });

  it('reads back what it wrote', () => {
    expect(exceptionLabel(1042)).toBe('EX-1042');
    expect(parseExceptionLabel(exceptionLabel(1042))).toBe(1042);
  });
});
