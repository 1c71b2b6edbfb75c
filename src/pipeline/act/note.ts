import { readNote } from '../../core/act.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { enqueueLine } from '../../db/outbox/enqueue-line.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { actFacts } from './act-facts.sql.ts';
import { keepOutcome } from './keep-outcome.sql.ts';
import { readOutcome } from './read-outcome.sql.ts';
import { takeRequest } from './take-request.sql.ts';

export type NoteInput = {
  readonly workspaceId: string;
  /** Who keeps it. */
  readonly personId: string;
  readonly exceptionId: string;
  /** Names the message and the exception: one message is one note of an exception, whoever keeps it. */
  readonly requestKey: string;
  readonly text: string;
  /** Who wrote it, when that is somebody else. */
  readonly author?: string | undefined;
  /** The address of the message. */
  readonly link?: string | undefined;
  /** It stands in the exception's own thread, so the thread needs no line of it. */
  readonly isInThread: boolean;
};

export type Noted = {
  readonly exceptionId: string;
  /** The same message was kept before; nothing happened now. */
  readonly repeated: boolean;
};

/**
 * Keeps a text on the exception's trail, in any status. Status, owner and version stay, so nobody's card becomes stale.
 *
 * Refuses: an exception that is not here, a person who is switched off, a text that is too long. An empty text is the
 *          caller's to refuse. Throws: Fault of the database, as `act` does.
 */
export async function keepNote(sql: Sql, input: NoteInput): Promise<Result<Noted, Refusal>> {
  return await inWorkspace(sql, input.workspaceId, (tx) => once(tx, input), { repeatable: true });
}

async function once(tx: Tx, input: NoteInput): Promise<Result<Noted, Refusal>> {
  const isNew = await takeRequest(tx, input);
  const before = isNew ? undefined : ((await readOutcome(tx, input)) as Result<Noted, Refusal>);
  if (before?.ok) return accept({ ...before.value, repeated: true });
  // What was refused before is looked at again: the message is the same, the rights may not be.
  const refusal = await whyNot(tx, input);
  const outcome = refusal ? refuse(refusal) : accept({ exceptionId: input.exceptionId, repeated: false });
  await keepOutcome(tx, { ...input, outcome });
  if (outcome.ok) await write(tx, input);
  return outcome;
}

async function whyNot(tx: Tx, input: NoteInput): Promise<Refusal | undefined> {
  const facts = await actFacts(tx, input);
  if (!facts) return { code: 'not_found' };
  if (!facts.person.isActive) return { code: 'inactive_person' };
  const note = readNote(input.text);
  return note.ok ? undefined : note.refusal;
}

async function write(tx: Tx, input: NoteInput): Promise<void> {
  const { workspaceId, exceptionId, author, link } = input;
  const note = readNote(input.text);
  if (!note.ok) throw new Error('a note that was accepted became too long');
  const [seq] = await appendAudit(tx, {
    workspaceId,
    facts: [
      {
        action: 'exception.note',
        entity: 'exception',
        entityId: exceptionId,
        actor: { kind: 'person', id: input.personId },
        requestKey: input.requestKey,
        note: note.value,
        data: { ...(author === undefined ? {} : { author }), ...(link === undefined ? {} : { link }) },
      },
    ],
  });
  if (seq !== undefined && !input.isInThread) await enqueueLine(tx, { workspaceId, exceptionId, seq });
}
