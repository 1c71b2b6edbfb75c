import { createHash } from 'node:crypto';
import type { MatchRecord } from '../core/match.ts';

/**
 * Hash over the records that something was decided from and their content, and what it was decided from besides; equal
 * inputs, equal hash, in any order. Without a `besides` it is what the statement that sums groups makes.
 */
export function inputsHash(members: readonly MatchRecord[], besides = ''): string {
  const parts = members.map((member) => `${member.recordId}:${member.contentHash}`).sort();
  const text = besides === '' ? parts.join(',') : `${parts.join(',')};${besides}`;
  return createHash('sha256').update(text).digest('hex');
}
