import { inWorkspace } from '../../../db/tx.ts';
import { isAdmin } from '../../link/is-admin.sql.ts';
import { searchUnlinked } from '../../link/search-unlinked.sql.ts';
import { LIMITS, type Option } from '../../views/blocks.ts';
import { plain } from '../../views/escape.ts';
import type { ListenerContext } from '../context.ts';
import type { Typed } from '../suggest.ts';

/** People without a Slack user whom an admin can vouch for; nobody else is shown any. */
export async function suggestPeople(
  { sql, workspaceId }: ListenerContext,
  { personId, text }: Typed,
): Promise<Option[]> {
  const people = await inWorkspace(sql, workspaceId, async (tx) =>
    (await isAdmin(tx, workspaceId, personId))
      ? await searchUnlinked(tx, { workspaceId, text, limit: LIMITS.options })
      : [],
  );
  return people
    .filter(({ key }) => key.length <= LIMITS.optionValue)
    .map(({ key, name }) => ({ label: plain(name, LIMITS.optionText), value: key }));
}
