import type { IntakePolicy } from './intake/policy.ts';
import type { AmountFormat } from './money.ts';
import type { Pull } from './pull.ts';
import type { Step } from './steps.ts';
import type { Webhook } from './webhook.ts';

/** Where a canonical field's text comes from: a column of the delivery, optionally cut, or a constant. */
export type FieldSource = {
  readonly from: string | undefined;
  readonly always: string | undefined;
  /** Keep only what stands before the first of these characters: `507337-1` cut at `-` is `507337`. */
  readonly cutAt: readonly string[];
  /** What is done to the text after it was cut, in order. */
  readonly steps?: readonly Step[];
};

/** When an amount counts with the other sign: always, or by what a column of the row says. */
export type Negation =
  | 'always'
  | {
      readonly column: FieldSource;
      /** Compared without regard to case. */
      readonly equals: readonly string[];
      /** With it, a word that is in neither list is refused: nobody knows its sign. */
      readonly keep: readonly string[] | undefined;
    };

export type FieldType =
  | { readonly kind: 'text'; readonly maxLength: number }
  /** A reference other systems repeat: compared exactly, refused when a spreadsheet or an invisible character spoilt it. */
  | { readonly kind: 'reference' }
  | {
      readonly kind: 'choice';
      readonly of: readonly string[];
      /** What the source writes, in lower case, and which of the values it means. */
      readonly map?: ReadonlyMap<string, string>;
      /** The value that any other word means; without it such a word is refused. */
      readonly otherwise?: string;
    }
  | { readonly kind: 'integer' }
  /** An exact number such as a rate or hours, kept without needless zeros. */
  | { readonly kind: 'decimal'; readonly mark: '.' | ',' }
  /** A calendar day (`YYYY-MM-DD`, `MM/DD/YY`, …) or a month (`YYYY-MM`, kept as its first day). */
  | { readonly kind: 'date'; readonly format: string }
  /** An instant, kept as the calendar day it falls on in the feed's zone; `zone` is where its local times were written. */
  | { readonly kind: 'instant'; readonly format: string; readonly zone?: string }
  | {
      readonly kind: 'money';
      readonly format: AmountFormat;
      readonly currency: FieldSource;
      readonly negate?: Negation;
    };

export type ContractField = FieldSource & {
  readonly name: string;
  readonly required: boolean;
  /** Says something of a person. `hash`: only a pseudonym is kept, the same for the same text. `drop`: nothing is read. */
  readonly personal?: 'hash' | 'drop' | undefined;
  readonly type: FieldType;
};

/** A condition on the raw row that decides whether the row belongs to the feed at all. */
export type RowCondition = {
  readonly column: string;
  readonly test: 'contains' | 'lacks' | 'equals' | 'differs';
  /** Compared without regard to case. */
  readonly text: string;
};

/** A file is complete when nobody wrote to it for so long, or when another file beside it says so (`{file}` is its name). */
export type Complete = { readonly quietMs: number } | { readonly marker: string };

/** What a delivery may at most be, so that nobody fills a disk or a memory by it. */
export type Limits = {
  /** Of the text, unpacked. */
  readonly bytes: number;
  /** How many times its packed size a gzip file may unpack to. */
  readonly ratio: number;
};

/** Far above what a source delivers at once, far below what fills a disk. */
export const DEFAULT_LIMITS: Limits = { bytes: 16_000_000_000, ratio: 200 };

/** `csv`: cells between delimiters. `jsonl`: an object per line. `json`: a list within a document. The others: messages of that protocol. */
export type Format = 'csv' | 'jsonl' | 'json' | 'airbyte' | 'singer';

/** The column in which a source that follows a database's log says when it saw the row deleted, by protocol; the other columns are then mostly empty. */
export const REMOVAL_MARKS = { airbyte: '_ab_cdc_deleted_at', singer: '_sdc_deleted_at' } as const;

/**
 * What a feed promises, and how its rows become records. One field is the date, at most one the amount; `client` and `orderRef`
 * name the fields people know a record by.
 */
export type FeedContract = {
  readonly feed: string;
  readonly source: string;
  readonly format: Format;
  /** One to four characters, or `detect`. */
  readonly delimiter: string;
  /** By its standard name; without it a byte order mark decides, and then UTF-8. */
  readonly encoding?: string;
  /** The columns of a CSV file that has no heading. */
  readonly header?: readonly string[];
  /** Where in a JSON document the rows are: names, and `[]` for every item of a list. Empty for a list that is the document. */
  readonly rows?: readonly string[];
  /** The stream of a protocol whose records are the feed's. */
  readonly stream?: string;
  readonly limits?: Limits;
  /** What is done with a delivery that differs from what was to be expected; without it, the usual. */
  readonly intake?: IntakePolicy;
  /** Whether a last CSV row without a line end is kept out, since nothing shows that it was not cut. */
  readonly finalLineEnd: 'required' | 'optional';
  /** Files that `tieout run` reads, absolute paths or globs in the last segment. */
  readonly files: readonly string[];
  /** The files are parts of one delivery: all of them are taken, or none. */
  readonly isTogether?: boolean;
  /** How it is known that a file is there to its end; without it, every file is. */
  readonly complete?: Complete;
  readonly zone: string;
  /** Fields whose values name a row within the feed, joined by `/` into the record's `source_ref`. */
  readonly key: readonly string[];
  /** Field (integer or date) that orders versions of one record; without it the last delivered version stands. */
  readonly revision: string | undefined;
  /** The money field that is the record's amount; undefined for a feed of things that have none, such as leads. */
  readonly amount: string | undefined;
  readonly date: string;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly where: readonly RowCondition[];
  /** What a row says whose record is no more. */
  readonly removed?: RowCondition;
  readonly fields: readonly ContractField[];
  /** What stands for a personal text; given where a field is personal. Throws when its key is not set. */
  readonly pseudonym?: (text: string) => string;
  /**
   * Given while a delivery is read of a feed whose pushed events say when they happened: as of when a line speaks, as text that sorts. It
   * is the row's revision.
   */
  readonly asOf?: (line: number) => string;
  /** How it asks its source by itself; undefined when it waits for what is delivered. */
  readonly pull?: Pull | undefined;
  /** What may be pushed to it. */
  readonly webhook?: Webhook | undefined;
};
