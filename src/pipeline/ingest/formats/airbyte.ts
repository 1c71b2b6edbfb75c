import { type FeedContract, REMOVAL_MARKS } from '../../../core/contract.ts';
import { accept } from '../../../core/result.ts';
import type { DeliveryProblem } from '../problem.ts';
import { Completeness } from './completeness.ts';
import { type Interpreted, type Interpreter, rowRefusal } from './interpreter.ts';
import { type Members, nestedColumns, rowOf } from './json-object.ts';
import { Beside, carried, inner, itemsIn, member, readMessage } from './protocol.ts';
import type { RowBytes } from './row-splitter.ts';

/** More errors of a source's log say nothing that these do not. */
const MOST_ERRORS = 5;

/**
 * Messages of the Airbyte protocol: the records of one stream, the states between them with the counts of what was sent, what the source
 * logs and traces. A count that does not add up, records after the last count, and a stream that the source calls incomplete make the whole
 * delivery refused.
 */
export function airbyteInterpreter(contract: FeedContract): Interpreter {
  const wanted = contract.stream ?? contract.feed;
  const beside = new Beside();
  const completeness = new Completeness(wanted);
  const errors: string[] = [];
  const nested = nestedColumns(contract);
  let columns: readonly string[] | undefined;
  let records = 0;

  const isWanted = (about: Members | undefined, nameKey: string): boolean =>
    isStream(wanted, { name: member(about, nameKey), namespace: member(about, 'namespace') });

  const record = (members: Members): Interpreted => {
    const message = inner(members, 'record');
    const isOurs = isWanted(message, 'stream');
    completeness.record(isOurs);
    if (!isOurs) {
      beside.stream(nameOf(message, 'stream'));
      return 'of another feed';
    }
    records += 1;
    const data = carried(message, 'data');
    if (!data.ok) return rowRefusal(data.refusal.code, data.refusal.detail);
    const isRemoval = member(data.value, REMOVAL_MARKS.airbyte) !== '';
    return accept(rowOf(data.value, { nested, isRemoval }));
  };

  const state = (members: Members, row: RowBytes): Interpreted => {
    const message = inner(members, 'state');
    const kind = member(message, 'type');
    const count = member(inner(message, 'sourceStats'), 'recordCount');
    const isOurs = isWanted(inner(message, 'stream', 'stream_descriptor'), 'name');
    if (kind === 'STREAM' && !isOurs) return 'not a row';
    return completeness.state({ line: row.line, count, isOfAll: kind !== 'STREAM' }) ?? 'not a row';
  };

  const trace = (members: Members, row: RowBytes): Interpreted => {
    const message = inner(members, 'trace');
    const error = inner(message, 'error');
    const status = inner(message, 'stream_status');
    const about = inner(error ?? status, 'stream_descriptor');
    if (about !== undefined && !isWanted(about, 'name')) return 'not a row';
    if (error) return failed(row, member(error, 'message') || member(error, 'internal_message'));
    if (member(status, 'status') === 'INCOMPLETE') return failed(row, 'it calls the stream incomplete');
    return 'not a row';
  };

  const log = (members: Members): Interpreted => {
    const message = inner(members, 'log');
    if (['ERROR', 'FATAL'].includes(member(message, 'level')))
      errors.push(member(message, 'message').slice(0, 300));
    return 'not a row';
  };

  const catalog = (members: Members): Interpreted => {
    const streams = itemsIn(inner(members, 'catalog'), 'streams');
    const ours = streams.find((stream) => isWanted(stream, 'name'));
    const properties = inner(ours, 'json_schema', 'properties');
    columns = properties && [...properties.keys()];
    return 'not a row';
  };

  const messages: Readonly<Record<string, (members: Members, row: RowBytes) => Interpreted>> = {
    RECORD: record,
    CATALOG: catalog,
    STATE: state,
    TRACE: trace,
    LOG: log,
  };

  return {
    interpret: (row) => {
      const message = readMessage(row);
      if (message === 'no message') beside.line(row);
      if (message === 'no message' || message === 'not a row') return 'not a row';
      if ('detail' in message || !message.ok) return message;
      return messages[message.value.type]?.(message.value.members, row) ?? 'not a row';
    },
    listed: () => columns,
    end: () => {
      const logged = errors.slice(0, MOST_ERRORS).map((text) => `the source logged an error: ${text}`);
      const more = errors.length - logged.length;
      return {
        problem:
          completeness.end() ?? (records === 0 && beside.streams !== '' ? beside.absent(wanted) : undefined),
        warnings: [
          ...completeness.warnings(),
          ...beside.warnings(),
          ...logged,
          ...(more > 0 ? [`the source logged ${more} more errors`] : []),
        ],
      };
    },
  };
}

const failed = ({ line }: RowBytes, what: string): DeliveryProblem => ({
  code: 'source_failed',
  detail: `line ${line}: the source says that it failed: ${what.slice(0, 500)}. Nothing was taken; run the sync again`,
});

const isStream = (wanted: string, { name, namespace }: { name: string; namespace: string }): boolean =>
  wanted === name || (namespace !== '' && wanted === `${namespace}.${name}`);

function nameOf(about: Members | undefined, key: string): string {
  const namespace = member(about, 'namespace');
  const name = member(about, key);
  return namespace === '' ? name : `${namespace}.${name}`;
}
