import type { FeedContract } from '../../../core/contract.ts';
import { type AmountReader, amountReader } from './amount-reader.ts';
import { type FieldReader, fieldReader, type Place } from './field-reader.ts';
import { keyReader } from './key-reader.ts';
import { Value } from './value.ts';

/** A row that needed no thought. One object, whose values every row fills anew: millions of them would be garbage. */
export type PlainRow = {
  readonly sourceRef: Value;
  readonly revision: Value;
  readonly money: AmountReader;
  readonly occurredOn: Value;
  /** Of no bytes where the row has none, like every value that is absent. */
  readonly client: Value;
  readonly orderRef: Value;
  /** Every field but the amount, in the order of their names. */
  readonly fields: readonly { readonly name: string; readonly value: Value }[];
};

export type PlainReader = {
  readonly row: PlainRow;
  /** Reads the line that was cut last into `row`; false for one that needs `readRow`, which also says why. */
  readonly read: () => boolean;
};

/**
 * A reader that gives what `readRow` gives, many times faster, for the rows that are as plain as most are: it knows few
 * spellings, and leaves every other row to `readRow`. A property test holds the two equal. Undefined for a contract that
 * says something this reader has not heard of.
 */
export function plainReader(contract: FeedContract, place: Place): PlainReader | undefined {
  if (!Object.keys(contract).every((key) => KNOWN_WORDS.has(key))) return undefined;
  const money = amountReader(contract, place);
  if (money === undefined) return undefined;
  const fields = new Map<string, FieldReader>();
  for (const field of contract.fields) {
    if (field.name !== contract.amount) fields.set(field.name, fieldReader(contract, field, place));
  }
  const named = (name: string | undefined): Value => fields.get(name ?? '')?.value ?? new Value();
  const { sourceRef, revision, read: readKey } = keyReader(contract, fields);
  const row: PlainRow = {
    sourceRef,
    revision,
    money,
    occurredOn: named(contract.date),
    client: named(contract.client),
    orderRef: named(contract.orderRef),
    fields: [...fields]
      .map(([name, { value }]) => ({ name, value }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
  const readers = [...fields.values()].map(({ read }) => read);
  const read = (): boolean => {
    for (const readField of readers) if (!readField()) return false;
    return money.read() && readKey();
  };
  return { row, read };
}

const KNOWN_WORDS: ReadonlySet<string> = new Set([
  ...['feed', 'source', 'format', 'delimiter', 'encoding', 'header', 'rows', 'stream', 'limits'],
  ...['finalLineEnd', 'isTogether', 'complete', 'intake', 'pull', 'webhook', 'files', 'zone'],
  ...['key', 'revision', 'amount', 'date', 'client', 'orderRef', 'where', 'fields'],
  ...['body', 'sha256', 'text', 'file'],
]);
