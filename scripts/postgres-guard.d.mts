type Mend = { readonly why: string; readonly find: string; readonly put: string };

/** What `source` becomes with all of its mends; throws when a text is not found exactly once. */
export function mend(source: string, mends: readonly Mend[], file: string): string;
/** Mends every copy that Node can load under `root`; returns the files changed. */
export function guardPostgres(root: string): string[];
