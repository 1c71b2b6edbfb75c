import { status } from './en/status.ts';

/** English is what the other languages are held to: the same entries, checked by the compiler. */
export const en = { status };
