import type { FeedContract } from '../../../core/contract.ts';
import { LONGEST_REFERENCE } from '../../../core/reference.ts';
import { areDigits, type FieldReader } from './field-reader.ts';
import { Padded } from './padded.ts';
import { Value } from './value.ts';

const [PERCENT, MINUS, SLASH, ZERO] = [0x25, 0x2d, 0x2f, 0x30];
/** Digits of a revision, so that 10 sorts after 9. */
const WIDTH = 18;
const ESCAPES: ReadonlyMap<number, Buffer> = new Map([
  [PERCENT, Buffer.from('%25')],
  [SLASH, Buffer.from('%2F')],
]);

/** What a row is known by, as `sourceRefOf` and `revisionText` write it. */
export type KeyReader = {
  readonly sourceRef: Value;
  readonly revision: Value;
  /** False for a row that `readRow` must judge. */
  readonly read: () => boolean;
};

export function keyReader(contract: FeedContract, fields: ReadonlyMap<string, FieldReader>): KeyReader {
  const parts = contract.key.map((name) => fields.get(name)?.value ?? new Value());
  const [only, ...others] = parts;
  const isJoined = only === undefined || others.length > 0;
  const sourceRef = isJoined ? new Value() : only;
  const version = contract.revision === undefined ? undefined : fields.get(contract.revision)?.value;
  const revision = new Value();
  const joined = new Padded(LONGEST_REFERENCE);
  const padded = new Padded(WIDTH);
  return {
    sourceRef,
    revision,
    read: () => {
      if (isJoined) join(parts, sourceRef, joined);
      // In bytes: the strict reader counts characters.
      if (sourceRef.length > LONGEST_REFERENCE) return false;
      return version === undefined || pad(version, revision, padded);
    },
  };
}

/** Joins the parts with slashes. What is too long for the memory is lost, and refused by its length. */
function join(parts: readonly Value[], into: Value, memory: Padded): void {
  const joined = memory.bytes;
  let length = 0;
  for (const [index, { bytes, start, end }] of parts.entries()) {
    if (index > 0) {
      joined[length] = SLASH;
      length += 1;
    }
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number;
      const escaped = byte === PERCENT || byte === SLASH ? ESCAPES.get(byte) : undefined;
      if (escaped === undefined) joined[length] = byte;
      else escaped.copy(joined, length);
      length += escaped?.length ?? 1;
    }
  }
  into.setPlain(memory, 0, length);
}

/** A number with zeros before it; other texts as they are. */
function pad(version: Value, into: Value, padded: Padded): boolean {
  const { bytes, start, end, length } = version;
  if (length > 0 && bytes[start] === MINUS) return false;
  if (length === 0 || length >= WIDTH || !areDigits(bytes, start, end)) {
    into.setTo(version);
    return true;
  }
  padded.bytes.fill(ZERO);
  bytes.copy(padded.bytes, WIDTH - length, start, end);
  into.setPlain(padded, 0, WIDTH);
  return true;
}
