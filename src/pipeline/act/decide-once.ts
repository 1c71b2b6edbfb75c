import type { AuditedAction } from '../../core/audit.ts';
import { may, type PersonAction, type Standing, whoMay } from '../../core/permission.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Result } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { violates } from '../../db/errors.ts';
import { wakeSoon } from '../../db/outbox/wake-soon.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { isDenied, repeated } from './act.ts';
import { keepOutcome } from './keep-outcome.sql.ts';
import { readOutcome } from './read-outcome.sql.ts';
import { takeRequest } from './take-request.sql.ts';

/** Who asks for something, under which name of the request. */
export type Asking = {
  readonly workspaceId: string;
  readonly personId: string;
  /** The same request again has no second effect. */
  readonly requestKey: string;
};

type Done = { readonly repeated: boolean };

/**
 * Decides a request that is not about one exception's status: once, in one transaction, with its answer kept. Whoever may not
 * is on the trail.
 */
export async function decideOnce<T extends Done, R extends { readonly code: string } = Refusal>(
  sql: Sql,
  asking: Asking,
  { wanted, decide }: { wanted: AuditedAction; decide: (tx: Tx) => Promise<Result<T, R>> },
): Promise<Result<T, R>> {
  const { workspaceId, personId, requestKey } = asking;
  const once = async (tx: Tx): Promise<Result<T, R>> => {
    if (!(await takeRequest(tx, asking))) return answeredBefore<T, R>(await readOutcome(tx, asking));
    const decided = await decide(tx);
    await keepOutcome(tx, { workspaceId, requestKey, outcome: decided });
    if (decided.ok || !isDenied(decided.refusal)) return decided;
    const actor = { kind: 'person', id: personId } as const;
    const denied = { action: 'authz.denied', entity: 'person', entityId: personId, actor } as const;
    await appendAudit(tx, { workspaceId, facts: [{ ...denied, requestKey, data: { wanted } }] });
    return decided;
  };
  const answer = await againIfSlower(() => inWorkspace(sql, workspaceId, once, { repeatable: true }));
  if (answer.ok && !answer.value.repeated) wakeSoon(sql, workspaceId);
  return answer;
}

/** What there is one of: an open proposal about a hold or an entry, and what takes an entry back. */
const ONE_OF = ['proposal_hold_unique', 'proposal_reverses_unique', 'adjustment_reverses_unique'];

/** What is decided about was over before it could be written: nothing of it stays, and it is looked at again. */
export class Overtaken extends Error {}

/** Of two who ask for the same at once the database lets one through; the other looks again, and is told who was faster. */
async function againIfSlower<A>(ask: () => Promise<A>): Promise<A> {
  try {
    return await ask();
  } catch (error) {
    const isSlower = error instanceof Overtaken || ONE_OF.some((name) => violates(error, name));
    if (!isSlower) throw error;
    return await ask();
  }
}

/** Refusals of other kinds are kept and told as they are. */
const answeredBefore = <T extends Done, R>(outcome: unknown): Result<T, R> =>
  repeated<T>(outcome) as Result<T, R>;

/** Why the person may not do this, for who they are; undefined when they may. */
export function whyNotAllowed(
  person: (Standing & { readonly isActive: boolean }) | undefined,
  action: PersonAction,
): Refusal | undefined {
  if (!person?.isActive) return { code: 'inactive_person' };
  return may(action, person) ? undefined : { code: 'not_permitted', action, whoMay: whoMay(action) };
}
