import { type CanonicalValue, canonical } from './canonical.ts';

/** An audit event as it is stored. */
export type ChainedEvent = {
  readonly seq: bigint;
  readonly at: string;
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly body: string;
  readonly prev: string;
  readonly hash: string;
};

export type ChainLink = { readonly seq: bigint; readonly hash: string };

/** What the first event links to. */
export const GENESIS: ChainLink = { seq: 0n, hash: '0'.repeat(64) };

/** The text that is hashed: the same bytes as in the database's audit_append. */
export const hashedText = (event: Pick<ChainedEvent, 'prev' | 'seq' | 'at' | 'body'>): string =>
  `${event.prev}\n${event.seq}\n${event.at}\n${event.body}`;

/**
 * What is wrong with an event, given the one before it and the hash of its own content; empty when nothing is.
 *
 * Source: docs/adr/0004-audit-chain-with-a-head-row.md; a changed byte breaks the hash, a missing or moved event breaks the link.
 */
export function linkProblems(event: ChainedEvent, before: ChainLink, contentHash: string): string[] {
  const problems: string[] = [];
  if (event.seq !== before.seq + 1n) problems.push(`event ${before.seq + 1n} is missing before it`);
  if (event.prev !== before.hash) problems.push('it does not link to the event before it');
  if (event.hash !== contentHash)
    problems.push('its content does not match its hash: it was changed after it was written');
  if (!copiesAgree(event)) problems.push('its indexed columns differ from its content');
  return problems;
}

function copiesAgree(event: ChainedEvent): boolean {
  try {
    const body = JSON.parse(event.body) as { action?: unknown; entity?: unknown; entity_id?: unknown } | null;
    return body?.action === event.action && body.entity === event.entity && body.entity_id === event.entityId;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Whether a content is what canonical text can be; of an event that was tampered with, it need not be. */
export function isReadable(body: string): boolean {
  try {
    canonical(JSON.parse(body) as CanonicalValue);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError)
      return false;
    throw error;
  }
}
