import { type ActFacts, checkPress, type NextState } from '../../core/act.ts';
import type { AuditedAction, AuditFact } from '../../core/audit.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { PersonAction } from '../../core/permission.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import { historyOf } from '../../db/cards/history.sql.ts';
import type { Sql } from '../../db/client.ts';
import { enqueueCards, enqueueReply } from '../../db/outbox/enqueue.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { actFacts } from './act-facts.sql.ts';
import { changeException } from './change-exception.sql.ts';
import { keepOutcome } from './keep-outcome.sql.ts';
import { readOutcome } from './read-outcome.sql.ts';
import { takeRequest } from './take-request.sql.ts';

export type ActInput = {
  readonly workspaceId: string;
  readonly personId: string;
  readonly exceptionId: string;
  /** The version the person saw. */
  readonly version: number;
  /** Names the Slack request; the same one again has no second effect. */
  readonly requestKey: string;
};

export type Acted = {
  readonly exceptionId: string;
  readonly status: Status;
  readonly version: number;
  /** This request was answered before; nothing happened now. */
  readonly repeated: boolean;
};

/** What one action wants: the next state, and what its audit event says beyond that. */
export type Intent = {
  readonly next: NextState;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  readonly data?: AuditFact['data'] | undefined;
  /** Messages beyond the card and its thread, written in the same transaction. */
  readonly alsoTell?: (tx: Tx, seq: bigint) => Promise<void>;
};

type Decide = (facts: ActFacts, tx: Tx) => Result<Intent, Refusal> | Promise<Result<Intent, Refusal>>;

/**
 * One press, one short transaction: the exception moves with its audit event, its card and its thread line, or nothing
 * changes and the person is told why. Committed when it returns, so the caller may acknowledge.
 *
 * Throws: Fault of the database; nothing was changed, or (`commit_unknown`) the same request asks again and learns.
 */
export async function act(
  sql: Sql,
  input: ActInput,
  { action, audited, decide }: { action: PersonAction; audited: AuditedAction; decide: Decide },
): Promise<Result<Acted, Refusal>> {
  const once = async (tx: Tx) => {
    if (!(await takeRequest(tx, input))) return await repeatedAnswer(tx, input);
    const answer = await attempt(tx, input, { action, audited, decide });
    await keepOutcome(tx, { ...input, outcome: answer });
    return answer;
  };
  return await inWorkspace(sql, input.workspaceId, once, { repeatable: true });
}

async function attempt(
  tx: Tx,
  input: ActInput,
  { action, audited, decide }: { action: PersonAction; audited: AuditedAction; decide: Decide },
): Promise<Result<Acted, Refusal>> {
  for (;;) {
    const facts = await actFacts(tx, input);
    if (!facts) return refuse({ code: 'not_found' });
    const refusal = checkPress(facts, { action, version: input.version });
    if (refusal) {
      if (refusal.code === 'stale_card') await enqueueCards(tx, input.workspaceId, [input.exceptionId]);
      return refuse(refusal);
    }
    const intent = await decide(facts, tx);
    if (!intent.ok) return intent;
    const fact = factOf(input, audited, { facts, intent: intent.value });
    const seq = await changeException(tx, { ...input, seen: facts, next: intent.value.next, fact });
    // Somebody was faster between the look and the change: look again, and the refusal says who.
    if (seq === undefined) continue;
    await tell(tx, input, seq);
    await intent.value.alsoTell?.(tx, seq);
    return accept({
      exceptionId: input.exceptionId,
      status: intent.value.next.status,
      version: facts.version + 1,
      repeated: false,
    });
  }
}

const factOf = (
  input: ActInput,
  audited: AuditedAction,
  { facts, intent }: { facts: ActFacts; intent: Intent },
): AuditFact => ({
  action: audited,
  entity: 'exception',
  entityId: input.exceptionId,
  actor: { kind: 'person', id: input.personId },
  requestKey: input.requestKey,
  reason: intent.reason,
  note: intent.note,
  state: {
    status: intent.next.status,
    from: facts.status,
    version: facts.version + 1,
    level: intent.next.level,
    ownerId: intent.next.ownerId,
  },
  data: intent.data,
});

async function tell(tx: Tx, { workspaceId, exceptionId }: ActInput, seq: bigint): Promise<void> {
  await enqueueCards(tx, workspaceId, [exceptionId]);
  const history = await historyOf(tx, workspaceId, [exceptionId]);
  const line = history.get(exceptionId)?.find((candidate) => candidate.seq === seq);
  if (!line) throw new Error(`audit event ${seq} of ${exceptionId} is not in its history`);
  const { seq: _, ...payload } = line;
  await enqueueReply(tx, { workspaceId, exceptionId, seq, payload });
}

async function repeatedAnswer(tx: Tx, input: ActInput): Promise<Result<Acted, Refusal>> {
  const answer = (await readOutcome(tx, input)) as Result<Acted, StoredRefusal>;
  if (answer.ok) return accept({ ...answer.value, repeated: true });
  return refuse(revive(answer.refusal));
}

/** A refusal as JSON keeps it: its instants are text. */
type StoredRefusal = Refusal & { readonly since?: string | Date; readonly at?: string | Date };

function revive(stored: StoredRefusal): Refusal {
  const instants = Object.fromEntries(
    (['since', 'at'] as const).flatMap((key) => {
      const value = stored[key];
      return value === undefined ? [] : [[key, new Date(value)]];
    }),
  );
  return { ...stored, ...instants } as Refusal;
}
