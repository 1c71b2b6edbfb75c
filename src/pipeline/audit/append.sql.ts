import { type AuditFact, auditBody } from '../../core/audit.ts';
import type { Tx } from '../../db/tx.ts';

/** So many events go to the database at once: a run's tens of thousands are not one text of a hundred megabytes. */
const AT_ONCE = 10_000;

/**
 * Appends facts to the workspace's audit trail and returns their sequence numbers, in order. Locks the chain until the
 * transaction ends, so it comes late in it, and after the exceptions it speaks of are locked.
 */
export async function appendAudit(
  tx: Tx,
  { workspaceId, facts }: { workspaceId: string; facts: readonly AuditFact[] },
): Promise<bigint[]> {
  const seqs: bigint[] = [];
  for (let from = 0; from < facts.length; from += AT_ONCE) {
    seqs.push(...(await appendSome(tx, workspaceId, facts.slice(from, from + AT_ONCE))));
  }
  return seqs;
}

async function appendSome(tx: Tx, workspaceId: string, facts: readonly AuditFact[]): Promise<bigint[]> {
  // Canonical text has no line feed; as an array every quote in it would be escaped and read back.
  const bodies = facts.map(auditBody).join('\n');
  const [row] = await tx<{ first: bigint; count: number }[]>`
    select seqs[1] as first, cardinality(seqs) as count
    from tieout.audit_append(${workspaceId}::uuid, string_to_array(${bodies}, chr(10))) as seqs`;
  if (row?.count !== facts.length) throw new Error('audit_append returned fewer events than it was given');
  // One chain without gaps, locked: the events of one call follow each other.
  return facts.map((_, at) => row.first + BigInt(at));
}
