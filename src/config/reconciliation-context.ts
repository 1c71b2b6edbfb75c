import type { ContractField, FeedContract } from '../core/contract.ts';
import { suggestion } from '../core/nearest-word.ts';
import type { Side } from '../core/spec.ts';
import type { ReconciliationFile } from './schema-reconciliation.ts';
import type { YamlSource } from './yaml.ts';

/** What the names in a spec may refer to; undefined where the file that defines them could not be read. */
export type Known = {
  readonly feeds: ReadonlyMap<string, FeedContract>;
  /** Feeds whose file exists but is refused: naming one is no second problem. */
  readonly brokenFeeds: ReadonlySet<string>;
  readonly teams: readonly string[] | undefined;
};

export type Context = {
  readonly file: ReconciliationFile;
  readonly source: YamlSource;
  readonly known: Known;
};

/** The named field of a side's feed; undefined after noting that there is none, or when the feed itself is not known. */
export function fieldOf(
  context: Context,
  side: Side,
  named: { readonly name: string; readonly path: readonly PropertyKey[] },
): ContractField | undefined {
  const contract = context.known.feeds.get(context.file[side].feed);
  if (contract === undefined) return undefined;
  const field = contract.fields.find(({ name }) => name === named.name);
  if (field === undefined) {
    const names = contract.fields.map(({ name }) => name);
    const text = `feed ${contract.feed} has no field "${named.name}"${suggestion(named.name, names)}`;
    context.source.problem(named.path, text);
  }
  return field;
}

/** The two fields that `expected_field = actual_field` names, or one name for both. Notes what cannot be read. */
export function readPair(
  context: Context,
  text: string,
  path: readonly PropertyKey[],
): { expected: string; actual: string } {
  const found = /^\s*([a-z0-9_]+)\s*(?:=\s*([a-z0-9_]+)\s*)?$/.exec(text);
  if (found?.[1] === undefined) {
    context.source.problem(
      path,
      `"${text}" cannot be read; write a field of both sides, or expected_field = actual_field`,
    );
  }
  const expected = found?.[1] ?? '';
  return { expected, actual: found?.[2] ?? expected };
}
