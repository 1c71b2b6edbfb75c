import { z } from 'zod';
import { type AuditFact, auditBody } from '../../core/audit.ts';
import type { Tx } from '../../db/tx.ts';

const linkedRow = z.object({ person_id: z.string(), name: z.string(), is_active: z.boolean() });

/**
 * Links the Slack user to the active person with this e-mail address who has no Slack user yet; undefined when there is
 * none. The audit event is part of the statement, so that no link exists without it.
 */
export async function linkPerson(
  tx: Tx,
  link: { workspaceId: string; personId: string; slackUserId: string },
) {
  const fact: AuditFact = {
    action: 'person.linked',
    entity: 'person',
    entityId: link.personId,
    actor: { kind: 'program', name: 'slack' },
    data: { slack_user_id: link.slackUserId },
  };
  const [row] = await tx`
    with unlinked as materialized (
      select person_id
      from person
      where workspace_id = ${link.workspaceId} and person_id = ${link.personId}
        and is_active and slack_user_id is null
      for update
    ), logged as materialized (
      select tieout.audit_append(${link.workspaceId}::uuid, array[${auditBody(fact)}]::text[]) as seqs
      from unlinked
    )
    update person p set slack_user_id = ${link.slackUserId}
    from logged
    where p.workspace_id = ${link.workspaceId} and p.person_id = ${link.personId}
    returning p.person_id, p.name, p.is_active
  `;
  return row && linkedRow.parse(row);
}
