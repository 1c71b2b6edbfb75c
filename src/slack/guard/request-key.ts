import { createHash } from 'node:crypto';

/**
 * The name of one press, from what is in it: the same press delivered twice has the same name, whatever its headers
 * say, and two presses of one person have two.
 */
export const requestKey = (parts: readonly (string | undefined)[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest('hex');
