import { type Block, header, LIMITS, type Message, section } from './blocks.ts';
import { cutEscaped, plain } from './escape.ts';

/** What an answer says: escaped lines; `plainly` where the fallback text words something differently. */
export type Line = string | { readonly rich: string; readonly plainly: string };

const richOf = (line: Line): string => (typeof line === 'string' ? line : line.rich);
const plainOf = (line: Line): string => (typeof line === 'string' ? line : line.plainly);

/** An answer of a title, lines of words and whatever stands below; the fallback text carries every line. */
export function answer(title: string, lines: readonly Line[], below: readonly Block[] = []): Message {
  const heading = plain(title, LIMITS.header);
  return {
    text: cutEscaped([heading, ...lines.map(plainOf)].join('\n'), LIMITS.text),
    blocks: [header(heading), ...sections(lines.map(richOf)), ...below].slice(0, LIMITS.messageBlocks),
  };
}

/** Words without more: a refusal, a hint. Escaped already. */
export const words = (text: string): Message => {
  const shown = cutEscaped(text, LIMITS.section);
  return { text: shown, blocks: [section(shown)] };
};

/** As many lines in a section as fit in it. */
function sections(lines: readonly string[]): Block[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    const cut = cutEscaped(line, LIMITS.section);
    if (last !== undefined && last.length + cut.length < LIMITS.section)
      texts[texts.length - 1] = `${last}\n${cut}`;
    else texts.push(cut);
  }
  return texts.map((text) => section(text === '' ? '(blank)' : text));
}
