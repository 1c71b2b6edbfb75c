import { type ActFacts, checkPress } from '../../core/act.ts';
import type { AuditedAction, AuditFact } from '../../core/audit.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { PersonAction } from '../../core/permission.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { enqueueCards } from '../../db/outbox/enqueue.ts';
import { wakeSoon } from '../../db/outbox/wake-soon.ts';
import { inStatement, inWorkspace, type Statements, type Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { type ActRead, readAct } from './act-facts.sql.ts';
import { keepAnswer } from './keep-answer.sql.ts';
import { type Intent, move } from './move.ts';

export type ActInput = {
  readonly workspaceId: string;
  readonly personId: string;
  readonly exceptionId: string;
  /** The version the person saw. */
  readonly version: number;
  /** Names the Slack request; the same one again has no second effect. */
  readonly requestKey: string;
  /** What was read of exactly this request a moment ago, when the person was looked up: saves reading it again. */
  readonly read?: ActRead | undefined;
};

export type Acted = {
  readonly exceptionId: string;
  readonly status: Status;
  readonly version: number;
  /** This request was answered before; nothing happened now. */
  readonly repeated: boolean;
};

type Decided = Result<Intent, Refusal>;

type KindOf<Alone extends boolean> = {
  /** What the press is checked as, before it is decided; undefined where `decide` does all the checking itself. */
  readonly action: PersonAction | undefined;
  readonly audited: AuditedAction;
  /** Decided from the facts alone: no transaction is held open meanwhile. */
  readonly isAlone?: Alone;
  readonly decide: Alone extends true
    ? (facts: ActFacts) => Decided
    : (facts: ActFacts, tx: Tx) => Decided | Promise<Decided>;
};

type Kind = (KindOf<true> & { readonly isAlone: true }) | KindOf<false>;

type Answer = Result<Acted, Refusal>;

/**
 * One press: the exception moves with its audit event, its card and its thread line, or nothing changes and the person is
 * told why. Committed when it returns, so the caller may acknowledge.
 *
 * Throws: Fault of the database; nothing was changed, or (`commit_unknown`) the same request asks again and learns.
 */
export async function act(sql: Sql, input: ActInput, kind: Kind): Promise<Answer> {
  const answer = kind.isAlone
    ? await actAlone(sql, input, kind)
    : await inWorkspace(sql, input.workspaceId, (tx) => actWithin(tx, input, kind), { repeatable: true });
  if (answer.ok && !answer.value.repeated) wakeSoon(sql, input.workspaceId);
  return answer;
}

/** Two statements that commit by themselves: what it is decided from, and what it changes. */
async function actAlone(sql: Sql, input: ActInput, kind: KindOf<true>): Promise<Answer> {
  let read = input.read ?? (await inStatement(() => readAct(sql, input), { writes: false }));
  for (;;) {
    if (read.answered !== undefined) return repeated(read.answered);
    const decided = check(read, input, kind) ?? kind.decide(known(read));
    const pressed = { input, kind, read, decided };
    const answer = isMore(decided)
      ? await inWorkspace(sql, input.workspaceId, (tx) => writeMore(tx, pressed), { repeatable: true })
      : await inStatement(() => write(sql, pressed), { writes: true });
    if ('ok' in answer) return answer;
    // Somebody was faster between the look and the change: decided again, the refusal says who.
    read = answer;
  }
}

/** The same in one transaction, where more is read for the decision. */
async function actWithin(tx: Tx, input: ActInput, kind: KindOf<false>): Promise<Answer> {
  let read = input.read ?? (await readAct(tx, input));
  for (;;) {
    if (read.answered !== undefined) return repeated(read.answered);
    const decided = check(read, input, kind) ?? (await kind.decide(known(read), tx));
    const answer = await writeMore(tx, { input, kind, read, decided });
    if ('ok' in answer) return answer;
    read = answer;
  }
}

function check({ facts }: ActRead, { version }: ActInput, { action }: Kind): Decided | undefined {
  if (!facts) return refuse({ code: 'not_found' });
  const refusal = action && checkPress(facts, { action, version });
  return refusal && refuse(refusal);
}

function known({ facts }: ActRead): ActFacts {
  if (!facts) throw new Error('a press on what does not exist is refused before it is decided');
  return facts;
}

/** Whether more than the exception, its card and its line must be written together. */
const isMore = (decided: Decided): boolean =>
  decided.ok
    ? decided.value.also !== undefined
    : decided.refusal.code === 'stale_card' || isDenied(decided.refusal);

type Pressed = {
  readonly input: ActInput;
  readonly kind: Kind;
  readonly read: ActRead;
  readonly decided: Decided;
};

/** What goes beyond one exception, its card and its line is written with them. */
async function writeMore(tx: Tx, pressed: Pressed): Promise<Answer | ActRead> {
  const { input, decided } = pressed;
  if (decided.ok) return await write(tx, pressed, async (seq) => decided.value.also?.(tx, seq));
  // Pressed on an old card: perhaps the newer one never reached Slack.
  if (decided.refusal.code === 'stale_card') await enqueueCards(tx, input.workspaceId, [input.exceptionId]);
  const answer = await write(tx, pressed);
  const isFirst = answer === decided;
  if (isFirst && isDenied(decided.refusal)) await appendAudit(tx, { ...input, facts: [deniedFact(pressed)] });
  return answer;
}

/** Refused for who they are, not for how things stand: on the trail, because somebody may be trying doors. */
export const isDenied = ({ code }: { readonly code: string }): boolean =>
  code === 'not_permitted' || code === 'inactive_person';

const deniedFact = ({ input, kind }: Pressed): AuditFact => ({
  action: 'authz.denied',
  entity: 'person',
  entityId: input.personId,
  actor: { kind: 'person', id: input.personId },
  requestKey: input.requestKey,
  data: { wanted: kind.audited, exception_id: input.exceptionId },
});

/** The answer, kept with what it says; what to decide from now, with nothing written, when somebody was faster. */
async function write(
  on: Statements,
  { input, kind, read, decided }: Pressed,
  also: (seq: bigint) => Promise<void> = async () => {},
): Promise<Answer | ActRead> {
  if (!decided.ok) {
    const before = await keepAnswer(on, { ...input, answer: decided });
    return before === undefined ? decided : repeated(before);
  }
  const intent = decided.value;
  const seen = known(read);
  const { exceptionId } = input;
  const { status } = intent.next;
  const answer = accept({ exceptionId, status, version: seen.version + 1, repeated: false });
  const moved = {
    ...input,
    actor: { kind: 'person', id: input.personId } as const,
    request: { key: input.requestKey, answer },
  };
  const applied = await move(on, moved, { audited: kind.audited, seen, intent });
  if (applied.verdict === 'moved_on') return applied.now;
  if (applied.verdict === 'repeated') return repeated(applied.answered);
  await also(applied.seq);
  return answer;
}

/** How a request was answered before, as the answer to it now. */
export function repeated<Done extends { readonly repeated: boolean } = Acted>(
  answered: unknown,
): Result<Done, Refusal> {
  const answer = answered as Result<Done, StoredRefusal>;
  return answer.ok ? accept({ ...answer.value, repeated: true }) : refuse(revive(answer.refusal));
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
