import type { FeedContract } from '../../../core/contract.ts';
import { accept } from '../../../core/result.ts';
import { type Interpreter, jsonText, NOTHING_AT_END, rowRefusal, truncated } from './interpreter.ts';
import { nestedColumns, readObject, rowOf } from './json-object.ts';

/** Every row one object: a line of JSON lines, or an item of a list. */
export function jsonInterpreter(contract: FeedContract): Interpreter {
  const nested = nestedColumns(contract);
  const interpret: Interpreter['interpret'] = (row) => {
    const text = jsonText(row);
    if (!text.ok) return text;
    if (text.value.trim() === '') return 'not a row';
    const read = readObject(text.value);
    if (read.ok) return accept(rowOf(read.value, { nested }));
    if (read.refusal.code === 'not_json' && !row.isTerminated) return truncated(row.line);
    return rowRefusal(read.refusal.code, read.refusal.detail);
  };
  return { interpret, listed: () => undefined, end: NOTHING_AT_END };
}
