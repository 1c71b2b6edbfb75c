import { configured } from '../../core/configured.ts';
import type { Organisation } from '../../core/organisation.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import type { Sql } from '../../db/client.ts';
import { wantedRevision } from '../../db/outbox/wanted-revision.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { readAgenda } from '../../pipeline/triage/read-agenda.sql.ts';
import type { ShownAgenda } from '../views/triage.ts';

type Page = { readonly meetingId: string; readonly page: number; readonly outboxId: string };
type About = Page & { readonly workspaceId: string; readonly organisation: Organisation };

/** One message of an agenda with its exceptions, all as of one instant; undefined when there is no such meeting. */
export async function shownAgenda(
  sql: Sql,
  { workspaceId, organisation, meetingId, page, outboxId }: About,
): Promise<{ readonly agenda: ShownAgenda; readonly revision: number } | undefined> {
  return await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      const revision = await wantedRevision(tx, { workspaceId, outboxId });
      const agenda = await readAgenda(tx, { workspaceId, meetingId, page });
      if (!agenda) return undefined;
      const ids = agenda.items.map(({ exceptionId }) => exceptionId);
      const facts = new Map(
        (await readCardFacts(tx, workspaceId, ids)).map((one) => [
          one.exceptionId,
          configured(one, organisation),
        ]),
      );
      const items = agenda.items.flatMap((item) => {
        const one = facts.get(item.exceptionId);
        return one ? [{ item, facts: one }] : [];
      });
      return { agenda: { ...agenda, items }, revision };
    },
    { snapshot: true },
  );
}
