import { readOwn } from '../../pipeline/act/bulk-prepare.ts';
import { readColleagues } from '../../pipeline/act/hand-over.ts';
import { readBulkPointer } from '../guard/bulk-pointer.ts';
import { readPointer } from '../guard/pointer.ts';
import { LIMITS, type Option } from '../views/blocks.ts';
import { plain } from '../views/escape.ts';
import { escalationTargets } from '../views/receivers.ts';
import type { ListenerContext } from './context.ts';
import type { Typed } from './suggest.ts';

/** People an exception can be handed to whose name has what was typed in it; those of its team first. */
export async function suggestColleagues(context: ListenerContext, typed: Typed): Promise<Option[]> {
  const pointer = readPointer(typed.metadata);
  if (!pointer) return [];
  return await colleaguesMatching(context, pointer.exceptionId, typed.text);
}

async function colleaguesMatching(
  { sql, workspaceId }: ListenerContext,
  exceptionId: string,
  text: string,
): Promise<Option[]> {
  const colleagues = await readColleagues(sql, { workspaceId, exceptionId });
  return matching(
    colleagues.map(({ key, name }) => ({ label: plain(name, LIMITS.optionText), value: key })),
    text,
  );
}

/** People whom the exceptions of a bulk action can be handed to, whose name has what was typed in it. */
export async function suggestBulkColleagues(context: ListenerContext, typed: Typed): Promise<Option[]> {
  const bulkId = readBulkPointer(typed.metadata);
  if (bulkId === undefined) return [];
  const { sql, workspaceId } = context;
  const bulk = await readOwn(sql, { workspaceId, bulkId, personId: typed.personId });
  const [exceptionId] = bulk?.exceptionIds ?? [];
  if (exceptionId === undefined) return [];
  return await colleaguesMatching(context, exceptionId, typed.text);
}

/** Teams and people whom an escalation can reach whose name has what was typed in it. */
export async function suggestTargets({ organisation }: ListenerContext, typed: Typed): Promise<Option[]> {
  const { teams, people } = escalationTargets(organisation);
  return matching([...teams, ...people], typed.text);
}

const matching = (options: readonly Option[], text: string): Option[] =>
  options.filter(
    ({ label, value }) =>
      value.length <= LIMITS.optionValue && label.toLowerCase().includes(text.toLowerCase()),
  );
