import { type AuditFact, auditBody } from '../../core/audit.ts';
import type { Tx } from '../../db/tx.ts';
import { type KnownPerson, personRow } from './find-person.sql.ts';

/**
 * Links the Slack user to this active person, if they have no Slack user yet; undefined when they have. With the
 * request when an admin vouched for it. The audit event is part of the statement, so that no link exists without it.
 */
export async function linkPerson(
  tx: Tx,
  link: { workspaceId: string; personId: string; slackUserId: string; linkRequestId?: string },
): Promise<KnownPerson | undefined> {
  const fact: AuditFact = {
    action: 'person.linked',
    entity: 'person',
    entityId: link.personId,
    actor: { kind: 'program', name: 'slack' },
    data: {
      slack_user_id: link.slackUserId,
      ...(link.linkRequestId === undefined ? {} : { link_request_id: link.linkRequestId }),
    },
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
    returning p.person_id, p.key, p.name, p.is_active, p.slack_locale, p.slack_zone
  `;
  return row && personRow.parse(row);
}
