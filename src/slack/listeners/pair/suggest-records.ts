import { searchRecords } from '../../../pipeline/pair/search-records.ts';
import { readPointer } from '../../guard/pointer.ts';
import { LIMITS, type Option } from '../../views/blocks.ts';
import { documentLabel } from '../../views/pair.ts';
import type { ListenerContext } from '../context.ts';
import type { Typed } from '../suggest.ts';

/** Documents that the exception's could be matched with whose reference has what was typed in it. */
export async function suggestRecords(context: ListenerContext, typed: Typed): Promise<Option[]> {
  const pointer = readPointer(typed.metadata);
  if (!pointer) return [];
  const { sql, workspaceId, reconciliations } = context;
  const { reader, text } = typed;
  const found = await searchRecords(sql, {
    workspaceId,
    exceptionId: pointer.exceptionId,
    specs: reconciliations,
    text,
    limit: LIMITS.options,
  });
  return found.map(({ document, isMatched }) => ({
    label: documentLabel(document, reader),
    value: document.recordId,
    ...(isMatched ? { about: reader.words.pair.match.isMatched } : {}),
  }));
}
