const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A version 7 uuid: 48 bits of unix milliseconds, then random bits, so ids sort by the time they were made.
 *
 * Shape:  lower-case, hyphenated.
 * Units:  `nowMs` in milliseconds since 1970; `random` at least 10 bytes, of which 74 bits are used.
 * Source: RFC 9562 section 5.7.
 */
export function uuidv7(nowMs: number, random: Uint8Array): string {
  const high = Math.floor(nowMs / 65_536);
  const time = `${hex(high >>> 24)}${hex(high >>> 16)}${hex(high >>> 8)}${hex(high)}-${hex(nowMs / 256)}${hex(nowMs)}`;
  const at = (index: number): number => random[index] ?? 0;
  const middle = `${hex(0x70 | (at(0) & 0x0f))}${hex(at(1))}-${hex(0x80 | (at(2) & 0x3f))}${hex(at(3))}`;
  return `${time}-${middle}-${hex(at(4))}${hex(at(5))}${hex(at(6))}${hex(at(7))}${hex(at(8))}${hex(at(9))}`;
}

const hex = (byte: number): string => HEX[byte & 0xff] ?? '';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the text is a lower-case hyphenated uuid; nothing else ever reaches a query as an id. */
export const isUuid = (text: unknown): text is string => typeof text === 'string' && UUID.test(text);

/** The number people say: `EX-1042`. */
export const exceptionLabel = (number: number): string => `EX-${number}`;

/** Reads `EX-1042`, `ex-1042` or `1042` back to its number; anything else is undefined. */
export function parseExceptionLabel(text: string): number | undefined {
  const match = /^(?:EX-)?([1-9]\d{0,8})$/i.exec(text.trim());
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
