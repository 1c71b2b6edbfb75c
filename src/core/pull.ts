/** Text that may hold `${VARIABLE}` of the environment and `{since}` and the like of the pull. */
export type Template = string;

/** A way into a JSON document: names, and positions in lists. */
export type Path = readonly string[];

/** How a source knows who asks. */
export type Authorization =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: Template }
  | { readonly kind: 'basic'; readonly user: Template; readonly password: Template }
  | { readonly kind: 'header' | 'query'; readonly name: string; readonly value: Template }
  | OAuth;

export type OAuth = {
  readonly kind: 'oauth';
  readonly grant: 'client_credentials' | 'refresh_token';
  readonly url: Template;
  readonly clientId: Template;
  readonly clientSecret: Template;
  /** The first one; a source that gives a new one at each exchange has the newest kept, sealed. */
  readonly refreshToken: Template | undefined;
  readonly scope: string | undefined;
  /** The source gives a new refresh token at each exchange and forgets the old one. */
  readonly rotates: boolean;
  /** Where the client's id and secret travel. */
  readonly clientIn: 'header' | 'body';
};

/** Where a page's place is written into the request. */
export type Place =
  | { readonly in: 'query'; readonly name: string }
  | { readonly in: 'body'; readonly path: Path };

/** How a list goes on after its first page. */
export type Pages =
  | { readonly kind: 'one' }
  /** The answer, or its last record (`fromLast`), has a text that asks for what follows. */
  | {
      readonly kind: 'cursor';
      readonly from: Path;
      readonly fromLast: boolean;
      readonly to: Place;
      /** What says that there is more, by being there and not false; without it, an empty text ends the list. */
      readonly more: Path | undefined;
    }
  /** The answer has the address of the next page. */
  | { readonly kind: 'next'; readonly from: Path }
  /** The header `Link` has it, as rel="next". */
  | { readonly kind: 'link' }
  /** Pages, or records, are counted; a page that is not full ends the list. */
  | {
      readonly kind: 'page' | 'offset';
      readonly to: Place | undefined;
      readonly first: number;
      readonly size: number;
    };

/** How a later pull asks only for what changed. */
export type Since = {
  /** Where a record says when it changed; undefined: the moment the pull began counts. */
  readonly field: Path | undefined;
  /** Where the first pull begins: a day as `2026-01-01`, or so many milliseconds before it. */
  readonly start: string | number;
  /** How far each pull goes back behind the last one, for what the source restates, in milliseconds. */
  readonly lookBackMs: number;
  readonly as: SinceForm;
  /** After so many records, which come in the order of `field`, the list is begun anew from the last one: a source shows no more of one list. */
  readonly beginAnewAfter: number | undefined;
};

/** `instant` 2026-01-31T10:00:00Z · `day` 2026-01-31 · `minute` 2026-01-31 10:00 · seconds or milliseconds since 1970. */
export const SINCE_FORMS = ['instant', 'day', 'minute', 'seconds', 'milliseconds'] as const;
export type SinceForm = (typeof SINCE_FORMS)[number];

/** What a pull may cost at most; beyond it, it ends and says so. */
export type PullLimits = {
  /** Of one answer. */
  readonly answerBytes: number;
  readonly answerMs: number;
  /** Of the whole pull. */
  readonly pages: number;
  readonly records: number;
  readonly bytes: number;
  readonly ms: number;
};

export const DEFAULT_PULL_LIMITS: PullLimits = {
  answerBytes: 32_000_000,
  answerMs: 60_000,
  pages: 20_000,
  records: 5_000_000,
  bytes: 8_000_000_000,
  ms: 2 * 3_600_000,
};

/** A list inside each record whose items are the rows: `{"document": …, "line": …}`. */
export type Lines = {
  /** `[]` stands for every item of a list on the way. */
  readonly path: Path;
  /** A yes or no in the record that says whether the list was cut short. */
  readonly more: Path | undefined;
  /** Where the whole list is asked for then; `{id}` and the like are members of the record. */
  readonly url: Template | undefined;
};

export type HttpPull = {
  readonly kind: 'http';
  readonly url: Template;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, Template>>;
  readonly query: Readonly<Record<string, Template>>;
  /** JSON text. */
  readonly body: Template | undefined;
  readonly auth: Authorization;
  /** Where the records are in an answer; empty when the answer is the list. */
  readonly records: Path;
  /** Whether an answer without that list has no records; else it is a fault, since a renamed list would look like that. */
  readonly mayLack: boolean;
  readonly lines: Lines | undefined;
  readonly pages: Pages;
  readonly since: Since | undefined;
  /** Ask once per calendar month, from `since` to now, with `{year}`, `{month}` and `{month_name}`. */
  readonly byMonth: boolean;
  /** Hosts that may be asked besides the one of `url` and of the token's address. */
  readonly hosts: readonly string[];
  /** Private networks (CIDR) that may be reached. */
  readonly networks: readonly string[];
  readonly redirects: number;
  /** Milliseconds between two requests. */
  readonly paceMs: number;
};

export type SqlPull = {
  readonly kind: 'postgres';
  readonly url: Template;
  readonly query: string;
  /** Column, and what it holds, by which a later pull asks for more. */
  readonly watermark:
    | {
        readonly column: string;
        readonly holds: 'instant' | 'number' | 'text';
        readonly start: string;
        readonly lookBackMs: number;
      }
    | undefined;
};

/** How a feed is asked for. */
export type Pull = (HttpPull | SqlPull) & {
  /** `tieout run` asks again after this long; every time when undefined. */
  readonly everyMs: number | undefined;
  /** Whether an answer without any record is taken as a fault of the source. */
  readonly needsRecords: boolean;
  readonly limits: PullLimits;
  /** Records after which a delivery is closed and kept, so that a broken pull goes on from there. */
  readonly deliverEvery: number;
};
