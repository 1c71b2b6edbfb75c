import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret that works once, and what is kept of it. */
export function newToken(): { readonly token: string; readonly hash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashOf(token) };
}

/** Whether this is the token whose hash was kept. */
export const isToken = (token: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(token), 'hex'), Buffer.from(hash, 'hex'));

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
