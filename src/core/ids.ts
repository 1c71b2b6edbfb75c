const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A version 7 uuid: 48 bits of unix milliseconds, then random bits, so ids sort by the time they were made.
 *
 * Shape:  lower-case, hyphenated.
 * Units:  `nowMs` in milliseconds since 1970; `random` at least 10 bytes, of which 74 bits are used.
 * Source: RFC 9562 section 5.7.
 */
export function uuidv7(nowMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  let rest = nowMs;
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | (at(bytes, 6) & 0x0f);
  bytes[8] = 0x80 | (at(bytes, 8) & 0x3f);
  const hex = Array.from(bytes, (byte) => HEX[byte]).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const at = (bytes: Uint8Array, index: number): number => bytes[index] ?? 0;

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
