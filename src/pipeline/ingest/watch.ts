/** How far a delivery is read. */
export type ReadSoFar = {
  readonly bytes: number;
  /** Of its file, packed if it is; undefined while nobody knows how much is still to come. */
  readonly ofBytes: number | undefined;
  readonly rows: number;
};

/** Told by a delivery that may take long, so that somebody can say how far it is. */
export type Watch = {
  readonly read: (soFar: ReadSoFar) => void;
  /** What happens to all rows at once, in words; how long that takes only the database knows. */
  readonly stage: (what: string) => void;
  /** A file is left for later. */
  readonly waits: (path: string, why: string) => void;
  /** No file matches a pattern of the feed; what is on record counts. */
  readonly absent: (pattern: string) => void;
};
