import { type Document, toDocument } from '../../core/explanation.ts';
import { otherSide, type Reconciliation, SIDES } from '../../core/spec.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { pairPlace } from './place.sql.ts';
import { recordsLike } from './records-like.sql.ts';
import { recordsOf } from './records-of.sql.ts';

type Asked = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  /** As configured. */
  readonly specs: readonly Reconciliation[];
  readonly text: string;
  readonly limit: number;
};

/** A document that an exception's could be matched with. */
export type Found = { readonly document: Document; readonly isMatched: boolean };

/**
 * Documents whose reference, or whose order's, has what was typed in it, on the side that the exception lacks; on both, where
 * it speaks of both. Those without a partner come first.
 */
export async function searchRecords(sql: Sql, asked: Asked): Promise<Found[]> {
  const { workspaceId, exceptionId, specs, text, limit } = asked;
  if (text.trim() === '') return [];
  return await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      const place = await pairPlace(tx, { workspaceId, exceptionId });
      const spec = specs.find(({ key }) => key === place?.reconciliation);
      if (!place || !spec) return [];
      const feeds = { expected: spec.expected.feed, actual: spec.actual.feed };
      const own = await recordsOf(tx, { workspaceId, feeds }, { exceptionId });
      const sides = new Set(own.map(({ side }) => side));
      const wanted = SIDES.filter((side) => sides.has(otherSide(side)));
      const found = await recordsLike(tx, {
        workspaceId,
        reconciliationId: place.reconciliationId,
        feeds,
        wanted,
        text: text.trim(),
        without: own.map(({ recordId }) => recordId),
        limit,
      });
      return found.map(({ record, isMatched }) => ({ document: toDocument(record), isMatched }));
    },
    { snapshot: true },
  );
}
