import { type Block, header, LIMITS, type Message, section } from './blocks.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { plainly, richly, type Writer } from './instants.ts';
import type { Reader } from './reader.ts';

/** What an answer says: escaped lines; `plainly` where the fallback text words something differently. */
export type Line = string | { readonly rich: string; readonly plainly: string };

const richOf = (line: Line): string => (typeof line === 'string' ? line : line.rich);
const plainOf = (line: Line): string => (typeof line === 'string' ? line : line.plainly);

/** A line with instants in it: in blocks in each viewer's zone, in the fallback text in the reader's. */
export const both = (reader: Reader, write: (writer: Writer) => string): Line => ({
  rich: write(richly(reader)),
  plainly: write(plainly(reader)),
});

/** A line that stands out in blocks. */
export const bold = (text: string): Line => ({ rich: `*${text}*`, plainly: text });

/** As many lines as say something to a reader; a last one counts those that are left out. */
export const cut = (
  lines: readonly Line[],
  { most, more }: { most: number; more: (to: { count: number }) => string },
): Line[] =>
  lines.length <= most ? [...lines] : [...lines.slice(0, most), `• ${more({ count: lines.length - most })}`];

/** An answer of a title, lines of words and whatever stands below; the fallback text carries every line. */
export function answer(title: string, lines: readonly Line[], below: readonly Block[] = []): Message {
  return {
    text: cutEscaped([inert(title, LIMITS.header), ...lines.map(plainOf)].join('\n'), LIMITS.text),
    blocks: [header(plain(title, LIMITS.header)), ...sections(lines.map(richOf)), ...below].slice(
      0,
      LIMITS.messageBlocks,
    ),
  };
}

/** Words without more: a refusal, a hint. Escaped already. */
export const words = (text: string): Message => {
  const shown = cutEscaped(text, LIMITS.section) || '(blank)';
  return { text: shown, blocks: [section(shown)] };
};

/** Words with what somebody typed in them, not escaped yet. */
export const typedWords = (text: string): Message => words(inert(text, 1_500));

/** As many lines in a section as fit in it. */
function sections(lines: readonly string[]): Block[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    const shown = cutEscaped(line, LIMITS.section);
    if (last !== undefined && last.length + shown.length < LIMITS.section)
      texts[texts.length - 1] = `${last}\n${shown}`;
    else texts.push(shown);
  }
  return texts.map((text) => section(text === '' ? '(blank)' : text));
}
