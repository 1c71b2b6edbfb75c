import { Constant, put, putConstant } from './padded.ts';
import type { PlainRow } from './plain-reader.ts';

const constant = (text: string): Constant => new Constant(Buffer.from(text, 'utf8'));
/** The canonical text of `contentText`, around what varies; its keys are in order. */
const AMOUNT = constant('{"amount":"');
const MINUS = constant('-');
const CURRENCY = constant('","currency":"');
const FIELDS = constant('","fields":');
const NO_AMOUNT = constant('{"amount":null,"currency":null,"fields":');
const OCCURRED_ON = constant(',"occurred_on":"');
const [QUOTE, BEGIN, END] = [0x22, 0x7b, 0x7d];

export type ContentWriter = {
  /** Of the fields and what comes behind them, at most. */
  readonly mostBytes: () => number;
  /** Of what comes before the fields. */
  readonly headLength: () => number;
  /** Writes the row's content; gives the place behind its fields. */
  readonly write: (to: DataView, from: number) => number;
  /** Where the content that was written last ends. */
  readonly end: () => number;
};

/** Writes what a row's hash is of, as `contentText` says it. */
export function contentWriter({ fields, money: { amount }, occurredOn }: PlainRow): ContentWriter {
  const members = fields.map(({ name, value }) => ({ key: constant(`,${JSON.stringify(name)}:"`), value }));
  const fixed = members.reduce((sum, { key }) => sum + key.length + 1, OCCURRED_ON.length + 8);
  let end = 0;
  const putHead = (to: DataView, from: number): number => {
    if (!amount.isThere) return putConstant(to, from, NO_AMOUNT);
    const at = putConstant(to, from, AMOUNT);
    const signed = amount.isNegative ? putConstant(to, at, MINUS) : at;
    const behind = put(to, signed, { words: amount.digits.words, start: 0, end: amount.length });
    return putConstant(to, putConstant(to, putConstant(to, behind, CURRENCY), amount.currency), FIELDS);
  };
  const putFields = (to: DataView, from: number): number => {
    let at = from;
    for (const { key, value } of members) {
      if (value.start === value.end) continue;
      at = put(to, putConstant(to, at, key), value.json ?? value);
      to.setUint8(at, QUOTE);
      at += 1;
    }
    // Where the first comma was written the object begins.
    to.setUint8(from, BEGIN);
    if (at === from) at += 1;
    to.setUint8(at, END);
    return at + 1;
  };
  return {
    mostBytes: () => {
      let most = fixed + occurredOn.length;
      for (const { value } of members) most += (value.json ?? value).length;
      return most;
    },
    headLength: () =>
      amount.isThere
        ? AMOUNT.length +
          (amount.isNegative ? 1 : 0) +
          amount.length +
          CURRENCY.length +
          amount.currency.length +
          FIELDS.length
        : NO_AMOUNT.length,
    write: (to, from) => {
      const fieldsEnd = putFields(to, putHead(to, from));
      const at = put(to, putConstant(to, fieldsEnd, OCCURRED_ON), occurredOn);
      to.setUint8(at, QUOTE);
      to.setUint8(at + 1, END);
      end = at + 2;
      return fieldsEnd;
    },
    end: () => end,
  };
}
