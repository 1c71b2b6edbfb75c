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
): Promise<bigint[]> => appendBodies(tx, { workspaceId, bodies: facts.map(auditBody) });

/** Facts as they are appended, written while the database does something else. */
export const auditBodies = <T>(
  items: readonly T[],
  toFact: (item: T) => AuditFact,
): Promise<readonly string[]> => inTurns(items, (item) => auditBody(toFact(item)));

/** Like `appendAudit`, with facts that `auditBodies` wrote. */
export async function appendBodies(
  tx: Tx,
  { workspaceId, bodies }: { workspaceId: string; bodies: readonly string[] },
): Promise<bigint[]> {
  const seqs = await oneAhead(batchesOf(bodies), (batch) => appendSome(tx, workspaceId, batch));
  return seqs.flat();
}

function* batchesOf(bodies: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < bodies.length; from += AT_ONCE) yield bodies.slice(from, from + AT_ONCE);
}

async function appendSome(tx: Tx, workspaceId: string, bodies: readonly string[]): Promise<bigint[]> {
  // Canonical text has no line feed; as an array every quote in it would be escaped and read back.
  const [row] = await tx<{ first: bigint; count: number }[]>`
    select seqs[1] as first, cardinality(seqs) as count
    from tieout.audit_append(${workspaceId}::uuid, string_to_array(${bodies.join('\n')}, chr(10))) as seqs`;
  if (row?.count !== bodies.length) throw new Error('audit_append returned fewer events than it was given');
  // One chain without gaps, locked: the events of one call follow each other.
  return bodies.map((_, at) => row.first + BigInt(at));
}
