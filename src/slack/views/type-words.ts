import { isKnownType, spelledOut } from '../../core/words.ts';
import type { Reader } from './reader.ts';

/** The heading of an exception type in the reader's language; a type of a specification's own as it is written. */
export const typeTitle = (type: string, { words }: Reader): string =>
  isKnownType(type) ? words.types[type].title : spelledOut(type);

/** What the owner would usually do next; undefined for a type that ships no suggestion. */
export const suggestedAction = (type: string, { words }: Reader): string | undefined =>
  isKnownType(type) ? words.types[type].suggestion : undefined;
