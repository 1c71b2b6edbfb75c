import { TYPE_WORDS } from '../../../core/words.ts';

/** Title and suggested next step of the built-in exception types. A type of a specification is shown as it is written there. */
export const types = TYPE_WORDS;
