export const DELIVERY_REASONS = [
  'file_empty',
  'file_is_archive',
  'file_not_utf8',
  'encoding_wrong',
  'file_broken',
  'file_too_large',
  'file_truncated',
  'file_quote_open',
  'file_row_too_long',
  'header_repeated',
  'column_missing',
  'delimiter_undeclared',
  'delimiter_unclear',
  'rows_missing',
  'stream_missing',
  'count_differs',
  'count_missing',
  'source_failed',
  'no_row_readable',
] as const;

/** Why nothing of a delivery is taken: half a file must never look like a small one. */
export type DeliveryProblem = {
  readonly code: (typeof DELIVERY_REASONS)[number];
  /** In words, with the line where there is one and what to do next. */
  readonly detail: string;
  /** The columns that are there, where some are not. */
  readonly columns?: readonly string[];
};
