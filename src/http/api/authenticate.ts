import { type ApiKey, type ApiScope, keyState, readKey } from '../../core/api-key.ts';
import { hashOfSecret } from '../../pipeline/govern/api-keys.ts';
import type { Problem } from './problem.ts';

export type Shown = { readonly workspaceId: string; readonly hash: string };

const HOW = 'Send "Authorization: Bearer <key>" with a key of "tieout api-key create".';
const UNKNOWN: Problem = { code: 'key_unknown', detail: HOW };

/** The key that a request shows: whose it is, and the hash of its secret. Not yet looked up. */
export function shownKey(header: string | undefined): Shown | Problem {
  if (header === undefined || header.trim() === '') return { code: 'key_missing', detail: HOW };
  const [scheme = '', text = '', ...more] = header.trim().split(/ +/);
  const key = scheme.toLowerCase() === 'bearer' && more.length === 0 ? readKey(text) : undefined;
  return key === undefined ? UNKNOWN : { workspaceId: key.workspaceId, hash: hashOfSecret(key.secret) };
}

/** Why a key of the record does not open the scope at that time; undefined when it does. */
export function keyProblem(
  key: ApiKey | undefined,
  { scope, now }: { scope: ApiScope; now: Date },
): Problem | undefined {
  // A key that nobody knows is not told from a foreign one.
  if (key === undefined) return UNKNOWN;
  const state = keyState(key, now);
  if (state === 'expired') {
    const detail = `It ended at ${key.expiresAt.toISOString()}. Make another with "tieout api-key create".`;
    return { code: 'key_expired', detail };
  }
  if (state === 'revoked') {
    return { code: 'key_revoked', detail: 'Make another with "tieout api-key create", if you may.' };
  }
  if (key.scopes.includes(scope)) return undefined;
  const has = key.scopes.length === 0 ? 'none' : key.scopes.join(', ');
  return {
    code: 'scope_missing',
    detail: `This needs ${scope}; the key "${key.name}" has ${has}. Make one with "tieout api-key create --scope ${scope}".`,
    headers: { 'www-authenticate': `Bearer realm="tieout", error="insufficient_scope", scope="${scope}"` },
  };
}

export const unknownKey = (): Problem => UNKNOWN;
