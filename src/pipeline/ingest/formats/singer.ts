import type { FeedContract } from '../../../core/contract.ts';
import { accept } from '../../../core/result.ts';
import type { DeliveryProblem } from '../problem.ts';
import { type Interpreted, type Interpreter, rowRefusal } from './interpreter.ts';
import { type Members, rowOf } from './json-object.ts';
import { Beside, carried, member, readMessage } from './protocol.ts';
import type { RowBytes } from './row-splitter.ts';

/** Messages of the Singer protocol: the records of one stream among schemas, states and what belongs to others. */
export function singerInterpreter(contract: FeedContract): Interpreter {
  const wanted = contract.stream ?? contract.feed;
  const beside = new Beside();
  let records = 0;

  const record = (members: Members): Interpreted => {
    const stream = member(members, 'stream');
    if (stream !== wanted) {
      beside.stream(stream);
      return 'of another feed';
    }
    records += 1;
    const data = carried(members, 'record');
    return data.ok ? accept(rowOf(data.value)) : rowRefusal(data.refusal.code, data.refusal.detail);
  };

  const messages: Readonly<Record<string, (members: Members, row: RowBytes) => Interpreted>> = {
    RECORD: record,
    BATCH: (members, row) => (member(members, 'stream') === wanted ? batch(row) : 'not a row'),
  };

  return {
    interpret: (row) => {
      const message = readMessage(row);
      if (message === 'no message') beside.line(row);
      if (message === 'no message' || message === 'not a row') return 'not a row';
      if ('detail' in message || !message.ok) return message;
      return messages[message.value.type.toUpperCase()]?.(message.value.members, row) ?? 'not a row';
    },
    end: () => ({
      problem: records === 0 && beside.streams !== '' ? beside.absent(wanted) : undefined,
      warnings: beside.warnings(),
    }),
  };
}

const batch = ({ line }: RowBytes): DeliveryProblem => ({
  code: 'source_failed',
  detail: `line ${line}: a BATCH message points at files, which are not read; turn batching off in the tap`,
});
