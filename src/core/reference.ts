/** Longest text that names something: a reference, or the joined key of a record. Postgres indexes it. */
export const LONGEST_REFERENCE = 255;
/** The most that a text field may be declared to take. */
export const LONGEST_TEXT = 20_000;

/** `1.00E+05`: what a spreadsheet makes of a long number; the digits it dropped cannot be brought back. */
const SPREADSHEET_EXPONENT = /^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i;
/** Control, zero-width, bidirectional and other characters nobody sees and every comparison trips over. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0\uFFFD]|\u034F|(?! )\p{Zs}/u;
/** What programs write where they had nothing, or no text: two such would name the same thing. */
const NO_NAME =
  /^(?:#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)|\[object Object\]|undefined|NaN|null|NULL|true|false|[[{](?:["[{].*)?[\]}])$/s;

/** Whether a program may have made it of something else: a number of a long text, or a word of nothing. */
export const isMadeUp = (text: string): boolean => SPREADSHEET_EXPONENT.test(text) || NO_NAME.test(text);

/** What spoilt a reference, in words; undefined when nothing did. A short `E` code such as `12E5` is refused too. */
export function referenceProblem(text: string): string | undefined {
  if (SPREADSHEET_EXPONENT.test(text)) {
    return `"${text}" was turned into a number by a spreadsheet; export the column as text`;
  }
  if (NO_NAME.test(text))
    return `"${text.slice(0, 40)}" names nothing: a program wrote it where it had no reference`;
  const invisible = INVISIBLE.exec(text)?.[0];
  if (invisible === undefined) return undefined;
  const code = (invisible.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `an invisible or odd character U+${code} stands in it; remove it at the source`;
}

const LATIN = /\p{Script=Latin}/u;
const LOOKS_LATIN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** Whether the text mixes Latin letters with Cyrillic or Greek ones that look alike: it will match nothing silently. */
export const mixesAlphabets = (text: string): boolean => LOOKS_LATIN.test(text) && LATIN.test(text);
