import type { HttpPull, Path, Place } from '../../core/pull.ts';
import type { Secrets } from '../../core/secrets.ts';
import type { Outgoing } from '../../net/send.ts';

/** What a request of a pull is filled with: `{since}`, `{page}` and the like. */
export type Filling = Readonly<Record<string, string>>;

/** Where the next page is: its text and the place it is written to, or its whole address. */
export type Turn =
  | { readonly kind: 'first' }
  | {
      readonly kind: 'place';
      /** Undefined when the request itself says `{page}` or `{offset}`. */
      readonly to?: Place | undefined;
      readonly text: string;
      readonly isNumber: boolean;
    }
  | { readonly kind: 'address'; readonly url: string };

/** One request of a pull, without what says who asks. */
export function toRequest(
  pull: HttpPull,
  { filling, turn, secrets }: { filling: Filling; turn: Turn; secrets: Secrets },
): Outgoing {
  const headers = mapValues(pull.headers, (value) => plain(value, filling, secrets));
  const base = { method: pull.method, headers: { accept: 'application/json', ...headers } };
  if (turn.kind === 'address') return { ...base, url: turn.url };
  const url = new URL(filled(pull.url, { filling, secrets, encode: encodeURIComponent }));
  for (const [name, value] of Object.entries(pull.query)) {
    url.searchParams.set(name, plain(value, filling, secrets));
  }
  if (turn.kind === 'place' && turn.to?.in === 'query') url.searchParams.set(turn.to.name, turn.text);
  if (pull.body === undefined) return { ...base, url: url.href };
  const body = filled(pull.body, { filling, secrets, encode: inJson });
  return {
    ...base,
    url: url.href,
    headers: { 'content-type': 'application/json', ...base.headers },
    body: turn.kind === 'place' && turn.to?.in === 'body' ? withMember(body, turn.to.path, turn) : body,
  };
}

const plain = (template: string, filling: Filling, secrets: Secrets): string =>
  filled(template, { filling, secrets, encode: (value) => value });

type Encoding = { filling: Filling; secrets: Secrets; encode: (value: string) => string };

/** Variables of the pull first: a value of the environment that holds `{since}` is a value. */
export function filled(template: string, { filling, secrets, encode }: Encoding): string {
  const withPull = template.replace(/(?<!\$)\{([a-z_]+)\}/g, (all, name: string) => {
    const value = Object.hasOwn(filling, name) ? filling[name] : undefined;
    return value === undefined ? all : encode(value);
  });
  // A host or an address may come whole from the environment, so it is put into an address as it is.
  return secrets.fill(withPull, encode === encodeURIComponent ? undefined : encode);
}

const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);

function withMember(body: string, path: Path, turn: { text: string; isNumber: boolean }): string {
  const document = JSON.parse(body) as Record<string, unknown>;
  let inner = document;
  for (const step of path.slice(0, -1)) {
    const next = inner[step];
    if (typeof next !== 'object' || next === null) inner[step] = {};
    inner = inner[step] as Record<string, unknown>;
  }
  inner[path.at(-1) ?? ''] = turn.isNumber ? Number(turn.text) : turn.text;
  return JSON.stringify(document);
}

const mapValues = (
  record: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
