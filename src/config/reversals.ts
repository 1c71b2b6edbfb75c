import type { ReversalRule } from '../core/spec.ts';
import { recordCondition } from './conditions.ts';
import { type Context, fieldOf, readPair } from './reconciliation-context.ts';

/** The reversal rules that a file states, after noting whatever in them cannot hold. */
export const toReversals = (context: Context): readonly ReversalRule[] =>
  (context.file.reversals ?? []).flatMap(({ side, when: text, of }, index) => {
    const path = ['reversals', index];
    // The first field is of the reversal, the second of what it reverses; both are of one side.
    const pairs = of.map((pair, at) => {
      const { expected: names, actual: named } = readPair(context, pair, [...path, 'of', at]);
      for (const name of new Set([names, named])) fieldOf(context, side, { name, path: [...path, 'of', at] });
      return { names, named };
    });
    const when = recordCondition(context, { side, text, path: [...path, 'when'] });
    if (when === undefined) return [];
    return [{ side, when, names: pairs.map(({ names }) => names), named: pairs.map(({ named }) => named) }];
  });
