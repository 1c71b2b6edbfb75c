import { exceptionLabel } from '../../../core/ids.ts';
import { inWorkspace } from '../../../db/tx.ts';
import { searchExceptions } from '../../../pipeline/report/search-exceptions.sql.ts';
import { readViewer } from '../../../pipeline/report/viewer.sql.ts';
import { LIMITS, type Option } from '../../views/blocks.ts';
import { plain } from '../../views/escape.ts';
import type { ListenerContext } from '../context.ts';
import type { Typed } from '../suggest.ts';

/** Exceptions that the person sees whose number, client or order has what was typed in it. */
export async function suggestExceptions(
  { sql, workspaceId }: ListenerContext,
  { personId, text }: Typed,
): Promise<Option[]> {
  const found = await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      const viewer = await readViewer(tx, workspaceId, personId);
      if (!viewer?.isActive) return [];
      return await searchExceptions(tx, { workspaceId, viewer, text, limit: LIMITS.options });
    },
    { snapshot: true },
  );
  return found.map(({ exceptionId, number, client, orderRef }) => ({
    label: plain(
      [exceptionLabel(number), orderRef, client].filter((part) => part !== undefined).join(' · '),
      LIMITS.optionText,
    ),
    value: exceptionId,
  }));
}
