import { lexer, type Token, type Tokens } from 'marked';
import { type Block, LIMITS, section } from './blocks.ts';
import { cutEscaped, inert, inertAcross } from './escape.ts';

/** Characters of one run of text: more than a section holds is cut with it. */
const LONGEST = LIMITS.section;

/**
 * Markdown as Slack shows text: a section per heading, which stands above it in bold. The first heading of the first rank is
 * left out, for it is the title. What Slack has no form for (tables, pictures, HTML) is shown as its text.
 */
export function markdownBlocks(markdown: string): Block[] {
  const parts: string[][] = [[]];
  for (const token of lexer(markdown)) {
    if (isHeading(token)) {
      if (token.depth > 1) parts.push([`*${inlines(token.tokens)}*`]);
      continue;
    }
    parts.at(-1)?.push(...paragraphs(token));
  }
  return parts.flatMap(sections);
}

const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';

/** As many sections as the paragraphs need; none for no text. */
function sections(paragraphs: readonly string[]): Block[] {
  const texts: string[] = [];
  for (const paragraph of paragraphs.filter((text) => text !== '')) {
    const cut = cutEscaped(inertAcross(paragraph), LIMITS.section);
    const joined = texts.length === 0 ? cut : `${texts.at(-1)}\n${cut}`;
    if (texts.length === 0 || joined.length > LIMITS.section) texts.push(cut);
    else texts[texts.length - 1] = joined;
  }
  return texts.map(section);
}

function paragraphs(token: Token): string[] {
  if (token.type === 'list') return listLines(token as Tokens.List, 0);
  if (token.type === 'blockquote') {
    return ((token as Tokens.Blockquote).tokens ?? []).flatMap(paragraphs).map((text) => `&gt; ${text}`);
  }
  if (token.type === 'table') return tableLines(token as Tokens.Table);
  if (token.type === 'code') {
    return (token as Tokens.Code).text.split('\n').map((line) => inert(line, LONGEST));
  }
  if (token.type === 'space' || token.type === 'hr' || token.type === 'def') return [];
  return [inlinesOf(token)];
}

const BULLETS = ['•', '◦'] as const;

function listLines({ items, ordered, start }: Tokens.List, depth: number): string[] {
  const indent = '    '.repeat(depth);
  return items.flatMap((item, index) => {
    const mark = ordered ? `${Number(start || 1) + index}.` : (BULLETS[depth] ?? BULLETS[1]);
    const nested = item.tokens.filter(({ type }) => type === 'list');
    const own = item.tokens.filter(({ type }) => type !== 'list').flatMap(paragraphs);
    const [first = '', ...rest] = own.filter((text) => text !== '');
    return [
      `${indent}${mark} ${first}`,
      ...rest.map((text) => `${indent}    ${text}`),
      ...nested.flatMap((list) => listLines(list as Tokens.List, depth + 1)),
    ];
  });
}

const tableLines = ({ header, rows }: Tokens.Table): string[] =>
  [header, ...rows].map((cells) => cells.map(({ tokens }) => inlines(tokens)).join(' · '));

const inlines = (tokens: readonly Token[] = []): string => tokens.map(inlinesOf).join('');

function inlinesOf(token: Token): string {
  const inner = 'tokens' in token ? (token.tokens as Token[] | undefined) : undefined;
  if (token.type === 'link') return linkWords(token as Tokens.Link);
  if (token.type === 'br') return '\n';
  if (token.type === 'codespan') return styled('`', textOf((token as Tokens.Codespan).text));
  if (token.type === 'strong') return styled('*', inlines(inner));
  if (token.type === 'em') return styled('_', inlines(inner));
  if (token.type === 'del') return styled('~', inlines(inner));
  if (inner) return inlines(inner);
  return textOf('text' in token ? String(token.text) : token.raw);
}

/** Slack styles nothing that begins or ends with a space, and nothing empty. */
const styled = (sign: string, text: string): string =>
  text.trim() === '' ? text : `${sign}${text.trim()}${sign}`;

/** A run of text keeps the spaces at its ends, which part it from its neighbours. */
function textOf(text: string): string {
  const before = /^\s/.test(text) ? ' ' : '';
  const after = /\s$/.test(text) && text.trim() !== '' ? ' ' : '';
  return `${before}${inert(text, LONGEST)}${after}`;
}

/** The words, and behind them the address: a link that shows which host it leads to, when that speaks https. */
function linkWords({ href, tokens }: Tokens.Link): string {
  const words = inlines(tokens);
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url?.protocol === 'http:') return `${words} (${inert(href, LONGEST)})`;
  if (url?.protocol !== 'https:') return words;
  const target = url.href.replace(/[&<>|]/g, (sign) => (sign === '&' ? '&amp;' : encodeURIComponent(sign)));
  return `${words} (<${target}|${inert(url.host, 100)}>)`;
}
