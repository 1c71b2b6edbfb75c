import { type ActFacts, checkPress } from '../../core/act.ts';
import type { AuditedAction } from '../../core/audit.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { PersonAction } from '../../core/permission.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { enqueueCards } from '../../db/outbox/enqueue.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { actFacts } from './act-facts.sql.ts';
import { keepOutcome } from './keep-outcome.sql.ts';
import { type Intent, move } from './move.ts';
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

type Decide = (facts: ActFacts, tx: Tx) => Result<Intent, Refusal> | Promise<Result<Intent, Refusal>>;

type Kind = {
  /** What the press is checked as, before it is decided; undefined where `decide` does all the checking itself. */
  readonly action: PersonAction | undefined;
  readonly audited: AuditedAction;
  readonly decide: Decide;
};

/**
 * One press, one short transaction: the exception moves with its audit event, its card and its thread line, or nothing
 * changes and the person is told why. Committed when it returns, so the caller may acknowledge.
 *
 * Throws: Fault of the database; nothing was changed, or (`commit_unknown`) the same request asks again and learns.
 */
export async function act(sql: Sql, input: ActInput, kind: Kind): Promise<Result<Acted, Refusal>> {
  const once = async (tx: Tx) => {
    // Sent together to spare a round trip: the facts of a repeated request are read for nothing, which is rare.
    const [isNew, facts] = await Promise.all([takeRequest(tx, input), actFacts(tx, input)]);
    return isNew ? await attempt(tx, input, { kind, facts }) : await repeatedAnswer(tx, input);
  };
  return await inWorkspace(sql, input.workspaceId, once, { repeatable: true });
}

type First = { readonly kind: Kind; readonly facts: ActFacts | undefined };

async function attempt(
  tx: Tx,
  input: ActInput,
  { kind, facts: first }: First,
): Promise<Result<Acted, Refusal>> {
  const moved = { ...input, actor: { kind: 'person', id: input.personId } } as const;
  for (let facts = first; ; facts = await actFacts(tx, input)) {
    const decided = await decide(tx, input, { kind, facts });
    if (!decided.ok) {
      await keepOutcome(tx, { ...input, outcome: decided });
      return decided;
    }
    const { intent, seen } = decided.value;
    const { status } = intent.next;
    const answer = accept({
      exceptionId: input.exceptionId,
      status,
      version: seen.version + 1,
      repeated: false,
    });
    // Kept before the move, not after: from the move on every other press waits for this one to commit.
    const [, seq] = await Promise.all([
      keepOutcome(tx, { ...input, outcome: answer }),
      move(tx, moved, { audited: kind.audited, seen, intent }),
    ]);
    if (seq !== undefined) return answer;
    // Somebody was faster between the look and the change: look again, and the refusal says who.
  }
}

async function decide(
  tx: Tx,
  input: ActInput,
  { kind, facts }: First,
): Promise<Result<{ intent: Intent; seen: ActFacts }, Refusal>> {
  if (!facts) return refuse({ code: 'not_found' });
  const refusal = kind.action && checkPress(facts, { action: kind.action, version: input.version });
  if (refusal) {
    if (refusal.code === 'stale_card') await enqueueCards(tx, input.workspaceId, [input.exceptionId]);
    return refuse(refusal);
  }
  const intent = await kind.decide(facts, tx);
  return intent.ok ? accept({ intent: intent.value, seen: facts }) : intent;
}

async function repeatedAnswer(tx: Tx, input: ActInput): Promise<Result<Acted, Refusal>> {
  const answer = (await readOutcome(tx, input)) as Result<Acted, StoredRefusal>;
  if (answer.ok) return accept({ ...answer.value, repeated: true });
  return refuse(revive(answer.refusal));
}

/** A refusal as JSON keeps it: its instants are text. */
type StoredRefusal = Refusal & {
  readonly since?: string | Date;
  readonly at?: string | Date;
  readonly until?: string | Date;
};

function revive(stored: StoredRefusal): Refusal {
  const instants = Object.fromEntries(
    (['since', 'at', 'until'] as const).flatMap((key) => {
      const value = stored[key];
      return value === undefined ? [] : [[key, new Date(value)]];
    }),
  );
  return { ...stored, ...instants } as Refusal;
}
