import type { FeedContract } from '../../core/contract.ts';
import { type RowBytes, RowSplitter } from './row-splitter.ts';
import { markLength } from './sniff.ts';

/** The splitter that the contract's format asks for. */
export const splitterOf = ({ format, delimiter }: FeedContract): RowSplitter =>
  new RowSplitter({ delimiter: format === 'csv' ? delimiter.charCodeAt(0) : undefined });

/** The rows of a file that was read before without a problem, with the same lines, in batches. */
export async function* splitRows(
  chunks: AsyncIterable<Buffer>,
  contract: FeedContract,
): AsyncGenerator<RowBytes[]> {
  const splitter = splitterOf(contract);
  let isFirst = true;
  for await (const chunk of chunks) {
    yield splitter.push(isFirst ? chunk.subarray(markLength(chunk)) : chunk);
    isFirst = false;
  }
  yield splitter.end();
}
