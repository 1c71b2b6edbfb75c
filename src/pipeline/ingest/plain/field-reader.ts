import type { ContractField, FeedContract, FieldSource } from '../../../core/contract.ts';
import { isStepRefusal, readField } from '../../../core/field.ts';
import { isMadeUp, LONGEST_REFERENCE, mixesAlphabets } from '../../../core/reference.ts';
import { isBlank, isRequired, type RawRow, sourceText } from '../../../core/row.ts';
import { dayNumber } from '../copy-binary.ts';
import { CellMemory } from './cell-memory.ts';
import type { LineCells } from './line-cells.ts';
import { Value } from './value.ts';

/** A field of the line that was cut last. */
export type FieldReader = {
  readonly value: Value;
  /** Fills the value, with nothing where the field is absent; false for a row that `readRow` must judge. */
  readonly read: () => boolean;
};

/** Where cells stand, and which. */
export type Place = { readonly cells: LineCells; readonly of: (column: string) => number };

type Kind = ContractField['type']['kind'];
type TypeOf<K extends Kind> = Extract<ContractField['type'], { kind: K }>;
type IsItself = (bytes: Buffer, start: number, end: number) => boolean;

/** Whether the bytes of a cell mean themselves, where they are printable ASCII without spaces at the ends. */
const MEANS_ITSELF: { readonly [K in Kind]?: (type: TypeOf<K>) => IsItself } = {
  text:
    ({ maxLength }) =>
    (_bytes, start, end) =>
      end - start <= maxLength,
  reference: () => isReference,
  integer: () => isInteger,
};
/** These are repeated from row to row, and what they mean does not depend on other cells. */
const REPEATED: ReadonlySet<Kind> = new Set<Kind>(['choice', 'date', 'instant']);
const KNOWN_WORDS: ReadonlySet<string> = new Set(['name', 'from', 'always', 'cutAt', 'required', 'type']);

const [SPACE, MINUS, ZERO, NINE] = [0x20, 0x2d, 0x30, 0x39];

/** Whether a field is what stands in one cell, with nothing done to it. */
export const isPlainSource = (field: ContractField): boolean =>
  field.always === undefined &&
  field.from !== undefined &&
  field.cutAt.length === 0 &&
  Object.entries(field).every(([key, value]) => KNOWN_WORDS.has(key) || value === undefined);

/** Reads a field as `readRow` does, from the cell's bytes where they are plain. */
export function fieldReader(contract: FeedContract, field: ContractField, place: Place): FieldReader {
  const value = new Value();
  const strictly = strictReader(contract, field, { place, value });
  const column = place.of(field.from ?? '');
  if (!isPlainSource(field) || column < 0) return { value, read: strictly };
  if (REPEATED.has(field.type.kind)) return { value, read: remembering(value, strictly, { place, column }) };
  const judge = MEANS_ITSELF[field.type.kind] as ((type: unknown) => IsItself) | undefined;
  if (judge === undefined) return { value, read: strictly };
  const isItself = judge(field.type);
  const { cells } = place;
  const read = (): boolean => {
    const { bytes } = cells;
    const start = cells.starts[column] as number;
    const end = cells.ends[column] as number;
    const isPlain = start < end && cells.marks[column] === 0;
    if (!isPlain || bytes[start] === SPACE || bytes[end - 1] === SPACE) return strictly();
    if (!isItself(bytes, start, end)) return strictly();
    value.setPlain(cells.block, start, end);
    return true;
  };
  return { value, read };
}

/** The same functions as `readRow`: slower, and right for every spelling. */
function strictReader(
  contract: FeedContract,
  field: ContractField,
  { place, value }: { readonly place: Place; readonly value: Value },
): () => boolean {
  const view: RawRow = { get: (column) => place.cells.text(place.of(column)) };
  const around = { zone: contract.zone, sourceText: (from: FieldSource) => sourceText(from, view) };
  const mustBe = isRequired(contract, field);
  const isDay = field.name === contract.date;
  return () => {
    const text = sourceText(field, view);
    if (isStepRefusal(text)) return false;
    if (isBlank(text)) {
      value.clear();
      return !mustBe;
    }
    const read = readField(field, text, around);
    if (!read.ok || read.value.unmapped !== undefined) return false;
    if (field.type.kind === 'reference' && mixesAlphabets(text)) return false;
    value.setText(read.value.text);
    if (isDay) value.day = dayNumber(read.value.text);
    return true;
  };
}

function remembering(
  value: Value,
  strictly: () => boolean,
  { place: { cells }, column }: { readonly place: Place; readonly column: number },
): () => boolean {
  const memory = new CellMemory<Value>();
  return () => {
    const start = cells.starts[column] as number;
    const end = cells.ends[column] as number;
    const known = memory.find(cells.bytes, start, end);
    if (known !== undefined) {
      value.setTo(known);
      return true;
    }
    if (!strictly()) return false;
    memory.keep(cells.bytes, { start, end }, value.copy());
    return true;
  };
}

/** Such a one may be what a spreadsheet made of a number, or a word of nothing. */
const BEGINS_MADE_UP = new Uint8Array(256);
for (const first of '+-0123456789#[{uNntf') BEGINS_MADE_UP[first.charCodeAt(0)] = 1;

function isReference(bytes: Buffer, start: number, end: number): boolean {
  if (end - start > LONGEST_REFERENCE) return false;
  if (BEGINS_MADE_UP[bytes[start] as number] === 0 || areDigits(bytes, start, end)) return true;
  return !isMadeUp(bytes.toString('latin1', start, end));
}

/** As it is kept: no sign but a minus, no zeros before it, no more digits than are certainly exact. */
function isInteger(bytes: Buffer, start: number, end: number): boolean {
  const first = bytes[start] === MINUS ? start + 1 : start;
  if (bytes[first] === ZERO) return first === start && end === first + 1;
  return end > first && end - first <= 18 && areDigits(bytes, first, end);
}

export function areDigits(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte < ZERO || byte > NINE) return false;
  }
  return true;
}
