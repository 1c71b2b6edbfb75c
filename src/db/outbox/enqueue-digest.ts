import { keepable } from '../../core/act.ts';
import type { DigestFacts } from '../../core/digest.ts';
import { newId } from '../new-id.ts';
import type { Tx } from '../tx.ts';
import { insertDigest, type OutboxDigest } from './insert-digest.sql.ts';
import { wakeSender } from './wake-sender.sql.ts';

/**
 * The digest will reach a team's channel or a person, saying what is true now; false when one of that key is there
 * already, whatever it says.
 *
 * Units: amounts are kept as text in minor units, instants as ISO.
 */
export async function enqueueDigest(
  tx: Tx,
  { facts, ...digest }: Omit<OutboxDigest, 'payload'> & { facts: DigestFacts },
): Promise<boolean> {
  const payload = JSON.stringify(facts, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : typeof value === 'string' ? keepable(value) : value,
  );
  const isNew = await insertDigest(tx, newId(), { ...digest, payload });
  if (isNew) await wakeSender(tx, digest.workspaceId);
  return isNew;
}
