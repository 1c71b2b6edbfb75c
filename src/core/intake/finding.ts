/**
 * What of a delivery differs from what the contract or the deliveries before it led one to expect. Kept as JSON with the delivery and told
 * to the data owner, each in their language.
 */
export type Finding =
  | { readonly kind: 'column_added'; readonly column: string }
  | {
      readonly kind: 'column_removed';
      readonly column: string;
      /** The fields that are read from it; none when nobody reads it. */
      readonly fields: readonly string[];
    }
  | {
      readonly kind: 'column_retyped';
      readonly column: string;
      readonly fields: readonly string[];
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: 'field_unreadable';
      readonly field: string;
      readonly reason: string;
      /** Rows that could not be read for it, of how many. */
      readonly rows: number;
      readonly of: number;
    }
  | { readonly kind: 'key_changed'; readonly column: string; readonly how: 'removed' | 'retyped' }
  | {
      readonly kind: 'key_not_unique';
      readonly key: readonly string[];
      readonly rows: number;
      readonly of: number;
    }
  | {
      readonly kind: 'contract_key_changed';
      readonly from: readonly string[];
      readonly to: readonly string[];
    }
  | {
      readonly kind: 'blanks';
      readonly column: string;
      readonly fields: readonly string[];
      /** In percent. */
      readonly now: number;
      readonly usual: number;
    }
  | {
      readonly kind: 'new_words';
      readonly column: string;
      readonly fields: readonly string[];
      readonly words: readonly string[];
    }
  | {
      readonly kind: 'volume';
      readonly now: number;
      readonly usual: number;
      readonly zscore: number;
      readonly history: number;
    }
  | {
      readonly kind: 'value';
      readonly currency: string;
      /** Minor units, as text. */
      readonly now: string;
      readonly usual: string;
      readonly zscore: number;
      readonly history: number;
    }
  | { readonly kind: 'empty'; readonly usual: number };

export type FindingKind = Finding['kind'];

/**
 * What follows from a finding. `breaking`: what the contract relies on is gone; by policy its rows are quarantined or the delivery is held.
 * `spike`: the figures are too far from usual; by policy held or told. `told`: once, and nothing else.
 */
export type Gravity = 'breaking' | 'spike' | 'told';

const GRAVITY = {
  column_added: 'told',
  column_removed: 'breaking',
  column_retyped: 'breaking',
  field_unreadable: 'breaking',
  key_changed: 'breaking',
  key_not_unique: 'breaking',
  contract_key_changed: 'breaking',
  blanks: 'told',
  new_words: 'told',
  volume: 'spike',
  value: 'spike',
  empty: 'spike',
} as const satisfies Record<FindingKind, Gravity>;

export function gravityOf(finding: Finding): Gravity {
  // What nobody reads can go without breaking anything.
  if (finding.kind === 'column_removed' && finding.fields.length === 0) return 'told';
  return GRAVITY[finding.kind];
}

export const has = (findings: readonly Finding[], gravity: Gravity): boolean =>
  findings.some((finding) => gravityOf(finding) === gravity);
