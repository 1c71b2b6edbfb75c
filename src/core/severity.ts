/** What a difference demands, mildest first. */
export const SEVERITIES = ['auto_resolve', 'manual_review', 'block_payout'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The graver of the two. */
export const graver = (a: Severity, b: Severity): Severity =>
  SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;
