import { accept, type Result, refuse } from './result.ts';

/** The steps that take nothing but the text. */
export const PLAIN_STEPS = [
  'upper',
  'lower',
  'spaces',
  'plain_text',
  'digits',
  'alphanumeric',
  'drop_zeros',
  'email',
  'domain',
  'click_id',
] as const;

/**
 * One declared change of a cell's text before it is read, so that two systems write one thing alike. A closed list: a
 * contract never carries a pattern of its own.
 */
export type Step =
  | { readonly kind: (typeof PLAIN_STEPS)[number] }
  | { readonly kind: 'drop_prefix' | 'drop_suffix'; readonly texts: readonly string[] }
  | { readonly kind: 'before' | 'after' | 'prefix'; readonly text: string }
  | { readonly kind: 'pad'; readonly width: number };

export type StepRefusal = { readonly code: 'identity_malformed'; readonly detail: string };

type Kind = Step['kind'];
type Of<S extends Step, K extends Kind> = S extends Step ? (K extends S['kind'] ? S : never) : never;
type StepOf<K extends Kind> = Of<Step, K>;
type Change<K extends Kind> = (text: string, step: StepOf<K>) => string | StepRefusal;

const CHANGES: { readonly [K in Kind]: Change<K> } = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  spaces: (text) => text.replace(/\s+/g, ' ').trim(),
  // Full-width letters, ligatures and the like become plain ones.
  plain_text: (text) => text.normalize('NFKC'),
  digits: (text) => text.replace(/[^0-9]/g, ''),
  alphanumeric: (text) => text.replace(/[^\p{L}\p{N}]/gu, ''),
  drop_zeros: (text) => text.replace(/^0+(?=.)/, ''),
  drop_prefix: (text, { texts }) => {
    const found = texts.find((prefix) => text.toLowerCase().startsWith(prefix.toLowerCase()));
    return found === undefined ? text : text.slice(found.length).trimStart();
  },
  drop_suffix: (text, { texts }) => {
    const found = texts.find((suffix) => text.toLowerCase().endsWith(suffix.toLowerCase()));
    return found === undefined ? text : text.slice(0, text.length - found.length).trimEnd();
  },
  before: (text, step) => {
    const at = text.indexOf(step.text);
    return at === -1 ? text : text.slice(0, at);
  },
  after: (text, step) => {
    const at = text.indexOf(step.text);
    return at === -1 ? text : text.slice(at + step.text.length);
  },
  prefix: (text, step) => (text.startsWith(step.text) ? text : step.text + text),
  pad: (text, { width }) => text.padStart(width, '0'),
  email: (text) => emailOf(text) ?? malformed(text, 'an e-mail address'),
  domain: (text) => domainOf(text) ?? malformed(text, 'a domain, a web address or an e-mail address'),
  click_id: (text) => clickIdOf(text) ?? malformed(text, 'a click id or a web address with one'),
};

/**
 * The text after every step, without spaces around it. A text of which nothing is left is empty, as if it had been delivered so.
 * A letter and its accent become one character before the first step: some systems write two, of which `alphanumeric` would drop one.
 *
 * Refuses: what `email`, `domain` and `click_id` cannot read.
 */
export function applySteps(text: string, steps: readonly Step[]): Result<string, StepRefusal> {
  let current = steps.length === 0 ? text.trim() : text.normalize('NFC').trim();
  for (const step of steps) {
    if (current === '') return accept('');
    const change = CHANGES[step.kind] as Change<Kind>;
    const next = change(current, step);
    if (typeof next !== 'string') return refuse(next);
    current = next.trim();
  }
  return accept(current);
}

const malformed = (text: string, what: string): StepRefusal => ({
  code: 'identity_malformed',
  detail: `"${text.length <= 80 ? text : `${text.slice(0, 80)}…`}" is not ${what}`,
});

const LONGEST_EMAIL = 254;

/** `Ana Ruiz <Ana@Example.COM>` and `mailto:ana@example.com` are `ana@example.com`. What stands after a + stays. */
function emailOf(text: string): string | undefined {
  const bracketed = /<([^<>]*)>$/.exec(text)?.[1] ?? text;
  const address = bracketed
    .trim()
    .replace(/^mailto:/i, '')
    .toLowerCase();
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  if (local === '' || address.length > LONGEST_EMAIL || /[\s@<>",;]/.test(local)) return undefined;
  const host = hostOf(address.slice(at + 1));
  return host === undefined ? undefined : `${local}@${host}`;
}

/** The host of a web address, an e-mail address or a bare domain, lower case, without `www.` */
function domainOf(text: string): string | undefined {
  const rest = text.trim().replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\/|^mailto:/i, '');
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
  return hostOf(host)?.replace(/^www\.(?=.+\..)/, '');
}

const HOST =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;

function hostOf(text: string): string | undefined {
  const name = text.trim().replace(/\.$/, '');
  if (/[\s/?#@:\\%]/.test(name) || !URL.canParse(`http://${name}`)) return undefined;
  // Letters of other alphabets as the network writes them, so that one domain is one text.
  const host = new URL(`http://${name}`).hostname;
  return HOST.test(host) ? host : undefined;
}

/** Names under which ad platforms pass a click on, the more specific ones first. */
const CLICK_PARAMETERS = [
  'gclid',
  'gbraid',
  'wbraid',
  'dclid',
  'msclkid',
  'fbclid',
  'ttclid',
  'twclid',
  'li_fat_id',
  'sccid',
  'epik',
  'rdt_cid',
];

/** The click id alone, or the one that a landing page's address carries; case stays, since it matters. An address without one is empty. */
function clickIdOf(text: string): string | undefined {
  if (/^[\w.~-]{6,255}$/.test(text) && !text.includes('www.')) return text;
  const query = /[?&#](.*)$/s.exec(text)?.[1] ?? (/^[\w.~-]+=/.test(text) ? text : undefined);
  if (query === undefined) return URL.canParse(text) ? '' : undefined;
  const given = new Map(
    [...new URLSearchParams(query.replaceAll('#', '&'))].map(([key, value]) => [key.toLowerCase(), value]),
  );
  const found = CLICK_PARAMETERS.map((name) => given.get(name)).find(
    (value) => value !== undefined && value !== '',
  );
  return found ?? '';
}
