import type { FreeRecord } from './match.ts';
import type { Money } from './money.ts';

/** Joins key values; it cannot stand inside one, because values have it replaced before joining. */
const SEPARATOR = '\u001f';

/**
 * The text two records share when their key fields are equal; undefined when one of them is missing or empty, which
 * never matches anything.
 */
export function keyOf(
  record: FreeRecord,
  names: readonly string[],
  amountField: string | undefined,
): string | undefined {
  const values = names.map((name) =>
    name === amountField ? amountText(amountOf(record)) : ownField(record, name),
  );
  if (values.some((value) => value === undefined || value === '')) return undefined;
  return values.map((value) => value && plainKey(value)).join(SEPARATOR);
}

/** A value as it stands in keys; alone, it is one. */
export const plainKey = (value: string): string => value.replaceAll(SEPARATOR, ' ');

const amountText = (amount: Money | undefined): string | undefined =>
  amount && `${amount.minor} ${amount.currency}`;

/** The record's amount; undefined where it has none. */
export const amountOf = ({
  amountMinor,
  currency,
}: Pick<FreeRecord, 'amountMinor' | 'currency'>): Money | undefined =>
  amountMinor === undefined || currency === undefined ? undefined : { minor: amountMinor, currency };

/** A field may be called `constructor`; what every object inherits is no field. */
export const ownField = (record: Pick<FreeRecord, 'fields'>, name: string): string | undefined =>
  Object.hasOwn(record.fields, name) ? record.fields[name] : undefined;

/** Names one of several groups that share a key, by what one of its records is called. */
export const keyWith = (key: string, { sourceRef }: Pick<FreeRecord, 'sourceRef'>): string =>
  `${key}${SEPARATOR}${sourceRef.replaceAll(SEPARATOR, ' ')}`;

/** Names the pair of a similar pass across runs: what the two are called at their sources. */
export const pairKey = (expected: FreeRecord, actual: FreeRecord): string =>
  keyWith(expected.sourceRef.replaceAll(SEPARATOR, ' '), actual);
