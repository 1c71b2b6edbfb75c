import { type AuditFact, auditBody } from '../../core/audit.ts';
import { inTurns } from '../../db/in-turns.ts';
import { oneAhead } from '../../db/one-ahead.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * So many events go to the database at once: a run's tens of thousands are not one text of a hundred megabytes. Small enough that the next text
 * is read as soon as the one before is appended: 34,000 events took 0.67 s so, and 0.72 s by 10,000 that did not wait (2026-11-30).
 */
const AT_ONCE = 2_000;

/**
 * Appends facts to the workspace's audit trail and returns their sequence numbers, in order. Locks the chain until the
 * transaction ends, so it comes late in it, and after the exceptions it speaks of are locked.
 */
export const appendAudit = (
  tx: Tx,
  { workspaceId, facts }: { workspaceId: string; facts: readonly AuditFact[] },
): Promise<bigint[]> =>
  appendBodies(tx, { workspaceId, bodies: batchesOf(facts).map((some) => together(some.map(auditBody))) });

/**
 * Facts as they are appended, the most that go at once in one text of UTF-8: as a string, a text with one sign beyond Latin-1 takes two
 * bytes for each (of a million orders' 114,000 events 186 MB; 2026-11-30).
 */
export type Bodies = readonly { readonly count: number; readonly text: Buffer }[];

/** Facts as they are appended, written while the database does something else. */
export async function auditBodies<T>(items: readonly T[], toFact: (item: T) => AuditFact): Promise<Bodies> {
  const bodies: Bodies[number][] = [];
  for (const some of batchesOf(items)) {
    bodies.push(together(await inTurns(some, (item) => auditBody(toFact(item)))));
  }
  return bodies;
}

/** Like `appendAudit`, with facts that `auditBodies` wrote. */
export async function appendBodies(
  tx: Tx,
  { workspaceId, bodies }: { workspaceId: string; bodies: Bodies },
): Promise<bigint[]> {
  const seqs = await oneAhead(bodies, (batch) => appendSome(tx, workspaceId, batch));
  return seqs.flat();
}

function batchesOf<T>(items: readonly T[]): (readonly T[])[] {
  const batches: (readonly T[])[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) batches.push(items.slice(from, from + AT_ONCE));
  return batches;
}

/** Canonical text has no line feed; as an array every quote in it would be escaped and read back. */
const together = (texts: readonly string[]): Bodies[number] => ({
  count: texts.length,
  text: Buffer.from(texts.join('\n')),
});

async function appendSome(tx: Tx, workspaceId: string, { count, text }: Bodies[number]): Promise<bigint[]> {
  const [row] = await tx<{ first: bigint; count: number }[]>`
    select seqs[1] as first, cardinality(seqs) as count
    from tieout.audit_append(${workspaceId}::uuid, string_to_array(${text.toString()}, chr(10))) as seqs`;
  if (row?.count !== count) throw new Error('audit_append returned fewer events than it was given');
  // One chain without gaps, locked: the events of one call follow each other.
  const { first } = row;
  return Array.from({ length: count }, (_, at) => first + BigInt(at));
}
