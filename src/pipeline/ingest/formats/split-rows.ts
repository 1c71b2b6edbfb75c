import type { FeedContract, Format } from '../../../core/contract.ts';
import { JsonRowCutter } from './json-rows.ts';
import { type RowBytes, type RowCutter, RowSplitter } from './row-splitter.ts';

/** A catalogue of a large system is one message. */
const LONGEST_MESSAGE = 16 * 1_048_576;

const lines = (): RowCutter => new RowSplitter({ delimiter: undefined });
const messages = (): RowCutter => new RowSplitter({ delimiter: undefined, longest: LONGEST_MESSAGE });

const CUTTERS = {
  csv: ({ delimiter }) => new RowSplitter({ delimiter }),
  jsonl: lines,
  json: ({ rows = [] }) => new JsonRowCutter(rows),
  airbyte: messages,
  singer: messages,
} as const satisfies Record<Format, (contract: FeedContract) => RowCutter>;

/** What cuts a delivery of the contract's format into rows. */
export const cutterOf = (contract: FeedContract): RowCutter => CUTTERS[contract.format](contract);

/** The rows of a text that was read before without a problem, with the same lines, in batches. */
export async function* splitRows(
  chunks: AsyncIterable<Buffer>,
  contract: FeedContract,
): AsyncGenerator<RowBytes[]> {
  const cutter = cutterOf(contract);
  for await (const chunk of chunks) yield cutter.push(chunk);
  yield cutter.end();
}
