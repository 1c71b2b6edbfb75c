import { type Document, toDocument } from '../../core/explanation.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { pairPlace } from './place.sql.ts';
import { recordsOf } from './records-of.sql.ts';

type Asked = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  /** As configured. */
  readonly specs: readonly Reconciliation[];
};

/** The documents an exception speaks of, on both sides; none where its rules are gone. */
export async function ownDocuments(
  sql: Sql,
  { workspaceId, exceptionId, specs }: Asked,
): Promise<Document[]> {
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const place = await pairPlace(tx, { workspaceId, exceptionId });
    const spec = specs.find(({ key }) => key === place?.reconciliation);
    if (!spec) return [];
    const feeds = { expected: spec.expected.feed, actual: spec.actual.feed };
    return (await recordsOf(tx, { workspaceId, feeds }, { exceptionId })).map(toDocument);
  });
}
