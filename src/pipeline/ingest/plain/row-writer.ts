import { hash } from 'node:crypto';
import type { ByteWriter } from '../byte-writer.ts';
import type { Target } from '../copy-binary.ts';
import { contentWriter } from './content-writer.ts';
import { Constant, put, putConstant } from './padded.ts';
import type { PlainRow } from './plain-reader.ts';
import type { Value } from './value.ts';

const HASH = 32;
const ID = 16;
const AMOUNT = 8;
const DAY = 4;
/** Each column has its length before it, and a line is as long. */
const SIZE = 4;
const NULL = -1;

/**
 * A function that writes a plain row as `copyRow` writes the same row. The content that is hashed holds the fields as the row
 * does, so that they are written once: the content is written where its fields are at their place in the row, and then the
 * other columns are written over what stands around them.
 */
export function rowWriter(row: PlainRow, target: Target): (line: number, out: ByteWriter) => void {
  const begin = new Constant(Buffer.from(target.shape.begin, 'latin1'));
  const between = new Constant(Buffer.from(target.shape.between, 'latin1'));
  const end = Buffer.from(target.shape.end, 'latin1');
  const { sourceRef, revision, money, occurredOn, client, orderRef } = row;
  const { amount } = money;
  const content = contentWriter(row);
  const columns = 9 * SIZE + HASH + DAY;
  const fixed = begin.length + SIZE + between.length + columns;
  return (line, out) => {
    const texts = sourceRef.length + revision.length + client.length + orderRef.length;
    const before = fixed + texts + (amount.isThere ? AMOUNT + amount.currency.length : 0);
    out.reserve(before + content.mostBytes() + SIZE + ID + end.length);
    const { bytes, words, length: first } = out;
    const fieldsAt = first + before;
    const from = fieldsAt - content.headLength();
    const fieldsEnd = content.write(words, from);
    const digest = hash('sha256', bytes.subarray(from, content.end()), 'binary');
    let at = putConstant(words, first, begin);
    at = putConstant(words, putInt32(words, at, line), between);
    at = putSized(words, putSized(words, at, sourceRef), revision);
    at = putHash(words, at, digest);
    at = putMoney(words, at, row);
    at = putInt32(words, putInt32(words, at, DAY), occurredOn.day);
    at = orNull(words, orNull(words, at, client), orderRef);
    putInt32(words, at, fieldsEnd - fieldsAt);
    at = putInt32(words, fieldsEnd, ID);
    bytes.set(target.nextId(), at);
    bytes.set(end, at + ID);
    out.length = at + ID + end.length;
  };
}

function putInt32(to: DataView, at: number, value: number): number {
  to.setInt32(at, value);
  return at + 4;
}

const putSized = (to: DataView, at: number, value: Value): number =>
  put(to, putInt32(to, at, value.length), value);

const orNull = (to: DataView, at: number, value: Value): number =>
  value.length === 0 ? putInt32(to, at, NULL) : putSized(to, at, value);

function putHash(to: DataView, at: number, digest: string): number {
  const from = putInt32(to, at, HASH);
  for (let place = 0; place < HASH; place += 1) to.setUint8(from + place, digest.charCodeAt(place));
  return from + HASH;
}

function putMoney(to: DataView, at: number, { money: { amount } }: PlainRow): number {
  if (!amount.isThere) return putInt32(to, putInt32(to, at, NULL), NULL);
  const high = Math.floor(amount.minor / 2 ** 32);
  const from = putInt32(to, putInt32(to, at, AMOUNT), high);
  const behind = putInt32(to, from, amount.minor - high * 2 ** 32);
  return putConstant(to, putInt32(to, behind, amount.currency.length), amount.currency);
}
