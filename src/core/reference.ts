/** Longest text that names something: a reference, or the joined key of a record. Postgres indexes it. */
export const LONGEST_REFERENCE = 255;

/** `1.00E+05`: what a spreadsheet makes of a long number; the digits it dropped cannot be brought back. */
const SPREADSHEET_EXPONENT = /^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i;
/** Control, zero-width, bidirectional and other characters nobody sees and every comparison trips over. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0\uFFFD]|\u034F/u;

/** Whether a spreadsheet may have made a number of it. */
export const isSpreadsheetNumber = (text: string): boolean => SPREADSHEET_EXPONENT.test(text);

/** What spoilt a reference, in words; undefined when nothing did. A short `E` code such as `12E5` is refused too. */
export function referenceProblem(text: string): string | undefined {
  if (isSpreadsheetNumber(text)) {
    return `"${text}" was turned into a number by a spreadsheet; export the column as text`;
  }
  const invisible = INVISIBLE.exec(text)?.[0];
  if (invisible === undefined) return undefined;
  const code = (invisible.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `an invisible character U+${code} stands in it; remove it at the source`;
}

const LATIN = /\p{Script=Latin}/u;
const LOOKS_LATIN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** Whether the text mixes Latin letters with Cyrillic or Greek ones that look alike: it will match nothing silently. */
export const mixesAlphabets = (text: string): boolean => LOOKS_LATIN.test(text) && LATIN.test(text);
