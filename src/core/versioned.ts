/** A configuration file as a version: `body` is the canonical JSON of the parsed file, `sha256` the hex hash over it. */
export type Versioned = {
  readonly sha256: string;
  readonly body: string;
  /** The file as it was written; undefined where that is not kept. */
  readonly text?: string | undefined;
  /** Where it was read, as people type it; undefined for one that was read from the record. */
  readonly file?: string | undefined;
};
