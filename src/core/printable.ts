/** What may be kept of a text that repeats delivered words: Postgres refuses a NUL in it, the trail half a character. */
export const printable = (text: string): string =>
  text.replaceAll('\u0000', '␀').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
