import type { AuditFact } from '../../core/audit.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { personName } from '../../pipeline/act/person-name.sql.ts';
import { appendAudit } from '../../pipeline/audit/append.sql.ts';
import type { ListenerContext } from '../listeners/context.ts';
import { storeDecline } from './decline.sql.ts';
import { isAdmin } from './is-admin.sql.ts';
import { type LinkRequest, lockRequest } from './link-request.sql.ts';
import { lockUnlinked } from './lock-unlinked.sql.ts';
import { LINK_STANDS_MS } from './request.ts';
import type { Unlinked } from './search-unlinked.sql.ts';
import { newToken } from './token.ts';
import { storeVouch } from './vouch.sql.ts';

/** Why an admin's answer changed nothing. */
export type VouchProblem = 'onlyAdmins' | 'over' | 'expired' | 'taken';
export type Vouched =
  | {
      readonly ok: true;
      readonly request: LinkRequest;
      readonly person: Unlinked;
      readonly token: string;
      readonly expiresAt: Date;
      readonly adminName: string;
    }
  | { readonly ok: false; readonly problem: VouchProblem };

type Answer = { readonly requestId: string; readonly adminId: string };

/** The admin says who the request is of; that is on the trail, and the returned token lets the user confirm it. */
export async function vouch(
  { sql, workspaceId }: Pick<ListenerContext, 'sql' | 'workspaceId'>,
  answer: Answer & { readonly personKey: string },
): Promise<Vouched> {
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const open = await openRequest(tx, workspaceId, answer);
    if (!open.ok) return open;
    const { request } = open;
    const person = await lockUnlinked(tx, workspaceId, answer.personKey);
    if (!person) return { ok: false, problem: 'taken' };
    const { token, hash } = newToken();
    const expiresAt = new Date(Date.now() + LINK_STANDS_MS);
    const { requestId, adminId } = answer;
    const { personId } = person;
    await storeVouch(tx, {
      workspaceId,
      requestId,
      personId,
      vouchedBy: adminId,
      tokenHash: hash,
      expiresAt,
    });
    const fact: AuditFact = {
      action: 'person.vouched',
      entity: 'person',
      entityId: personId,
      actor: { kind: 'person', id: adminId },
      data: { slack_user_id: request.slack_user_id, link_request_id: requestId },
    };
    await appendAudit(tx, { workspaceId, facts: [fact] });
    const adminName = await personName(tx, workspaceId, adminId);
    return { ok: true, request, person, token, expiresAt, adminName };
  });
}

export type Declined =
  | { readonly ok: true; readonly request: LinkRequest }
  | { readonly ok: false; readonly problem: VouchProblem };

/** The admin will not vouch: the request is over. */
export async function decline(
  { sql, workspaceId }: Pick<ListenerContext, 'sql' | 'workspaceId'>,
  answer: Answer,
): Promise<Declined> {
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const open = await openRequest(tx, workspaceId, answer);
    if (!open.ok) return open;
    await storeDecline(tx, { workspaceId, requestId: answer.requestId, declinedBy: answer.adminId });
    return open;
  });
}

/** The request, locked, when the person is an admin now and nobody has answered it. */
async function openRequest(tx: Tx, workspaceId: string, { requestId, adminId }: Answer): Promise<Declined> {
  if (!(await isAdmin(tx, workspaceId, adminId))) return { ok: false, problem: 'onlyAdmins' };
  const request = await lockRequest(tx, workspaceId, requestId);
  if (!request || request.state === 'expired') return { ok: false, problem: 'expired' };
  if (request.state !== 'open' || request.person_id !== null) return { ok: false, problem: 'over' };
  return { ok: true, request };
}
