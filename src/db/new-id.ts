import { randomBytes } from 'node:crypto';
import { uuidv7 } from '../core/ids.ts';

/** A new id: sorts by the time it was made. */
export const newId = (): string => uuidv7(Date.now(), randomBytes(10));
