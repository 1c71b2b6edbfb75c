import { toDecimal } from '../money.ts';
import type { Finding } from './finding.ts';

type Words = { readonly [K in Finding['kind']]: (finding: Extract<Finding, { kind: K }>) => string };

const readBy = (fields: readonly string[]): string =>
  fields.length === 0
    ? 'which nothing reads'
    : `which ${fields.join(', ')} ${fields.length === 1 ? 'is' : 'are'} read from`;

const times = (zscore: number): string =>
  `${zscore < 0 ? 'below' : 'above'} usual by ${Math.abs(zscore).toFixed(1)} deviations`;

const WORDS: Words = {
  column_added: ({ column }) => `column "${column}" is new; it is not in the contract and was not read`,
  column_removed: ({ column, fields }) => `column "${column}", ${readBy(fields)}, is no longer there`,
  column_retyped: ({ column, fields, from, to }) =>
    `column "${column}", ${readBy(fields)}, was ${from} and is now ${to}`,
  field_unreadable: ({ field, reason, rows, of }) =>
    `${field} cannot be read in ${rows} of ${of} rows (${reason})`,
  key_changed: ({ column, how }) =>
    `column "${column}" of the key ${how === 'removed' ? 'is no longer there' : 'is of another kind'}: records cannot be told apart as before`,
  key_not_unique: ({ key, rows, of }) =>
    `${rows} of ${of} rows share their key (${key.join(', ')}) with another row`,
  contract_key_changed: ({ from, to }) =>
    `the contract's key was ${from.join(', ')} and is now ${to.join(', ')}: records known by the old one would stand beside new ones`,
  blanks: ({ column, now, usual }) =>
    `column "${column}" is empty in ${now} % of rows, usually in ${usual} %`,
  new_words: ({ column, words }) => `column "${column}" has words that were never there: ${words.join(', ')}`,
  volume: ({ now, usual, zscore, history }) =>
    `${now} rows where ${Math.round(usual)} are usual: ${times(zscore)} (of ${history} deliveries)`,
  value: ({ currency, now, usual, zscore, history }) =>
    `${toDecimal({ minor: BigInt(now), currency })} ${currency} where ${toDecimal({ minor: BigInt(usual), currency })} is usual: ` +
    `${times(zscore)} (of ${history} deliveries)`,
  empty: ({ usual }) => `no rows, where ${Math.round(usual)} are usual; ask the source whether that is right`,
};

/** A finding in one line, for commands and the trail. */
export function findingWords(finding: Finding): string {
  const words = WORDS[finding.kind] as (finding: Finding) => string;
  return words(finding);
}
