/** UTF-16 of either order, as its byte order mark says; little-endian without one. */
export const UTF_16 = 'utf-16';

/** The name by which an encoding is known, such as `windows-1252` for `latin1`; undefined for one that nobody knows. */
export function encodingName(label: string): string | undefined {
  // Which of the two it is, the byte order mark says.
  if (/^\s*utf-?16\s*$/i.test(label)) return UTF_16;
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
