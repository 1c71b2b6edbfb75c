import { nearestWord } from './nearest-word.ts';
import type { ReconRefusal } from './recon-filter.ts';
import { accept, type Result, refuse } from './result.ts';
import type { WorkFilter } from './work.ts';

/** Names that a word of a list may be: teams and types in full, the others by a part. */
export type KnownNames = {
  readonly teams: readonly string[];
  readonly types: readonly string[];
  readonly clients: readonly string[];
  readonly owners: readonly string[];
  readonly orders: readonly string[];
};

type Named = 'team' | 'type' | 'client' | 'owner' | 'order';
const inFull = (name: string, word: string): boolean => name.toLowerCase() === word;
const asType = (name: string, word: string): boolean => inFull(name, word.replaceAll(/[ -]/g, '_'));
const inPart = (name: string, word: string): boolean => name.toLowerCase().includes(word);

const PLACES: readonly {
  readonly key: Named;
  readonly names: keyof KnownNames;
  readonly fits: (name: string, word: string) => boolean;
}[] = [
  { key: 'team', names: 'teams', fits: inFull },
  { key: 'type', names: 'types', fits: asType },
  { key: 'client', names: 'clients', fits: inPart },
  { key: 'owner', names: 'owners', fits: inPart },
  { key: 'order', names: 'orders', fits: inPart },
];

/** The filter narrowed by words that stand alone: each is a name on the record. Refuses one that is none, or a second of a kind. */
export function placeWords(
  filter: WorkFilter,
  words: readonly string[],
  known: KnownNames,
): Result<WorkFilter, ReconRefusal> {
  let placed = filter;
  for (const typed of words) {
    const word = typed.toLowerCase();
    const place = PLACES.find(({ names, fits }) => known[names].some((name) => fits(name, word)));
    if (!place) {
      const all = PLACES.flatMap(({ names }) => known[names]);
      return refuse({ code: 'not_a_filter', typed, near: nearestWord(typed, all) });
    }
    if (placed[place.key] !== undefined) return refuse({ code: 'repeated_filter', key: place.key });
    placed = { ...placed, [place.key]: place.key === 'type' ? word.replaceAll(/[ -]/g, '_') : typed };
  }
  return accept(placed);
}
