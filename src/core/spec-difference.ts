import { type CanonicalValue, canonical } from './canonical.ts';
import type { Reconciliation } from './spec.ts';
import { type Told, tellSpec } from './spec-sentences.ts';

/** What a changed rule says otherwise, in sentences, and which places of its file differ. Kept as JSON. */
export type SpecDifference = {
  readonly sentences: readonly {
    readonly title: string;
    readonly gone: readonly string[];
    readonly come: readonly string[];
  }[];
  /** Every value that differs: no sentence tells everything a file can say. */
  readonly places: readonly PlaceDifference[];
};

/** One place of the file; `before` or `after` is null where it is not there. */
export type PlaceDifference = {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
};

type Version = { readonly spec: Reconciliation; readonly body: string };

/** How one version of a spec differs from another: the same rule told twice, compared. */
export const tellDifference = (before: Version, after: Version): SpecDifference => ({
  sentences: sentenceDifferences(tellSpec(before.spec), tellSpec(after.spec)),
  places: placeDifferences(JSON.parse(before.body), JSON.parse(after.body)),
});

function sentenceDifferences(before: readonly Told[], after: readonly Told[]): SpecDifference['sentences'] {
  const titles = [...new Set([...before, ...after].map(({ title }) => title))];
  const said = (told: readonly Told[], title: string): readonly string[] =>
    told.find((one) => one.title === title)?.sentences ?? [];
  return titles.flatMap((title) => {
    const [old, fresh] = [said(before, title), said(after, title)];
    const gone = old.filter((sentence) => !fresh.includes(sentence));
    const come = fresh.filter((sentence) => !old.includes(sentence));
    // The same sentences in another order are another rule where the first that fits decides.
    const isReordered = gone.length + come.length === 0 && old.join('\n') !== fresh.join('\n');
    if (isReordered) return [{ title, gone: [...old], come: [...fresh] }];
    return gone.length + come.length === 0 ? [] : [{ title, gone, come }];
  });
}

type Json = CanonicalValue | undefined;

/** Every value of two files that differs, by its path; a list whose items have names is compared by them. */
function placeDifferences(before: Json, after: Json, path = ''): PlaceDifference[] {
  if (before !== undefined && after !== undefined && canonical(before) === canonical(after)) return [];
  const [old, fresh] = [childrenOf(before), childrenOf(after)];
  if (!old || !fresh) return [{ path, before: textOf(before), after: textOf(after) }];
  const keys = [...new Set([...old.keys(), ...fresh.keys()])];
  const inside = keys.flatMap((key) =>
    placeDifferences(
      old.get(key),
      fresh.get(key),
      path === '' || key.startsWith('[') ? path + key : `${path}.${key}`,
    ),
  );
  // Only their order differs.
  return inside.length === 0 ? [{ path, before: textOf(before), after: textOf(after) }] : inside;
}

const textOf = (value: Json): string | null => {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : canonical(value);
};

function childrenOf(value: Json): ReadonlyMap<string, CanonicalValue> | undefined {
  if (Array.isArray(value)) {
    const items: readonly CanonicalValue[] = value;
    const names = items.map(nameOf);
    const isNamed = names.every((name) => name !== undefined) && new Set(names).size === names.length;
    return new Map(items.map((item, at) => [`[${isNamed ? names[at] : at}]`, item]));
  }
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map(Object.entries(value));
}

function nameOf(item: CanonicalValue): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const { id } = item as { readonly [key: string]: CanonicalValue };
  return typeof id === 'string' ? id : undefined;
}
