import { type FeedContract, REMOVAL_MARKS } from '../../../core/contract.ts';
import { accept } from '../../../core/result.ts';
import type { DeliveryProblem } from '../problem.ts';
import { type Interpreted, type Interpreter, rowRefusal } from './interpreter.ts';
import { type Members, nestedColumns, rowOf } from './json-object.ts';
import { Beside, carried, inner, member, readMessage } from './protocol.ts';
import type { RowBytes } from './row-splitter.ts';

/** Messages of the Singer protocol: the records of one stream among schemas, states and what belongs to others. */
export function singerInterpreter(contract: FeedContract): Interpreter {
  const wanted = contract.stream ?? contract.feed;
  const beside = new Beside();
  const nested = nestedColumns(contract);
  let columns: readonly string[] | undefined;
  let records = 0;

  const record = (members: Members): Interpreted => {
    const stream = member(members, 'stream');
    if (stream !== wanted) {
      beside.stream(stream);
      return 'of another feed';
    }
    records += 1;
    const data = carried(members, 'record');
    if (!data.ok) return rowRefusal(data.refusal.code, data.refusal.detail);
    const isRemoval = member(data.value, REMOVAL_MARKS.singer) !== '';
    return accept(rowOf(data.value, { nested, isRemoval }));
  };

  const schema = (members: Members): Interpreted => {
    const properties = inner(members, 'schema', 'properties');
    if (member(members, 'stream') === wanted) columns = properties && [...properties.keys()];
    return 'not a row';
  };

  const messages: Readonly<Record<string, (members: Members, row: RowBytes) => Interpreted>> = {
    RECORD: record,
    SCHEMA: schema,
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
    listed: () => columns,
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
