import { copyRows } from '../../db/copy-rows.sql.ts';
import type { Tx } from '../../db/tx.ts';
import type { ReconciliationSides } from './reconciliation-sides.sql.ts';

/** What somebody knows: two records that belong together by the references of their systems, or one that has no partner. */
export type Label = { readonly expected: string | undefined; readonly actual: string | undefined };

/** How many labels there are, each once, and how many of them can be found. */
export type LabelCounts = {
  readonly pairs: number;
  /** Of the pairs, those that name a record that is not here, or was taken back: nobody could find them. */
  readonly absent: number;
  /** Records that are known to have no partner. */
  readonly alone: number;
};

/** Keeps the labels in the working table `label`, each once, with whether both of its records are here. */
export async function keepLabels(
  tx: Tx,
  about: ReconciliationSides & { readonly workspaceId: string },
  labels: Iterable<Label>,
): Promise<LabelCounts> {
  await tx`create temp table given_label (expected text, actual text) on commit drop`;
  await copyRows(tx, { table: 'given_label', columns: ['expected', 'actual'] }, rowsOf(labels));
  const isHere = (feedId: string | null, ref: 'expected' | 'actual') => tx`
    exists (select from record r
            where r.workspace_id = ${about.workspaceId} and r.feed_id = ${feedId}::uuid and r.source_ref = l.${tx(ref)}
              and not r.is_removed)`;
  await tx`
    create temp table label on commit drop as
    select l.expected, l.actual,
           ${isHere(about.expectedFeedId, 'expected')} and ${isHere(about.actualFeedId, 'actual')} as is_here
    from (select distinct expected, actual from given_label) l`;
  await tx`analyze label`;
  const [counts] = await tx<LabelCounts[]>`
    select (count(*) filter (where expected is not null and actual is not null))::integer as pairs,
           (count(*) filter (where expected is not null and actual is not null and not is_here))::integer as absent,
           (count(*) filter (where expected is null or actual is null))::integer as alone
    from label`;
  if (!counts) throw new Error('a count has a row');
  return counts;
}

function* rowsOf(labels: Iterable<Label>): Generator<readonly (string | undefined)[]> {
  for (const { expected, actual } of labels) yield [expected, actual];
}
