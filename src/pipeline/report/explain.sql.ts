import { z } from 'zod';
import type { Document, Explanation, Weighing } from '../../core/explanation.ts';
import type { Verdict } from '../../core/score/decide.ts';
import type { Side } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';

/** Why the records of an exception are matched as they are, and what came close to those that are not. */
export async function explain(tx: Tx, workspaceId: string, exceptionId: string): Promise<Explanation> {
  const [match] = await tx<{ pass: string; explained: unknown }[]>`
    select distinct m.pass, m.explained::text::jsonb as explained
    from exception_member em
    join match_member mm on mm.workspace_id = em.workspace_id and mm.record_id = em.record_id and mm.is_live
    join match m on m.workspace_id = mm.workspace_id and m.match_id = mm.match_id
    join exception e on e.workspace_id = em.workspace_id and e.exception_id = em.exception_id
      and e.reconciliation_id = m.reconciliation_id
    where em.workspace_id = ${workspaceId} and em.exception_id = ${exceptionId}`;
  const rows = await tx<Row[]>`
    select ${document(tx, 'r', 'rf')} as document, ${document(tx, 'c', 'cf')} as candidate, x.verdict, x.pass, x.explained
    from exception_member em
    join exception e on e.workspace_id = em.workspace_id and e.exception_id = em.exception_id
    join record r on r.workspace_id = em.workspace_id and r.record_id = em.record_id
    join feed rf on rf.workspace_id = r.workspace_id and rf.feed_id = r.feed_id
    left join match_member mm on mm.workspace_id = em.workspace_id and mm.record_id = em.record_id and mm.is_live
      and mm.reconciliation_id = e.reconciliation_id
    left join rejected_candidate x on x.workspace_id = em.workspace_id and x.record_id = em.record_id
      and x.reconciliation_id = e.reconciliation_id
    left join record c on c.workspace_id = x.workspace_id and c.record_id = x.candidate_id
    left join feed cf on cf.workspace_id = c.workspace_id and cf.feed_id = c.feed_id
    where em.workspace_id = ${workspaceId} and em.exception_id = ${exceptionId} and mm.match_id is null
    order by em.side desc, r.occurred_on, r.source_ref collate "C", x.rank`;
  return {
    paired: match && { pass: match.pass, weighing: weighingOf(match.explained) },
    alone: grouped(rows),
  };
}

const document = (tx: Tx, record: string, feed: string) => tx`
  json_build_object('feed', ${tx(feed)}.key, 'source_ref', ${tx(record)}.source_ref,
    'amount_minor', ${tx(record)}.amount_minor::text, 'currency', ${tx(record)}.currency,
    'occurred_on', to_char(${tx(record)}.occurred_on, 'YYYY-MM-DD'),
    'side', case when ${tx(record)}.record_id = em.record_id then em.side
                 when em.side = 'expected' then 'actual' else 'expected' end)`;

type DocumentJson = {
  readonly feed: string;
  readonly source_ref: string | null;
  readonly amount_minor: string | null;
  readonly currency: string | null;
  readonly occurred_on: string;
  readonly side: Side;
};

type Row = {
  document: DocumentJson;
  candidate: DocumentJson;
  verdict: Verdict | null;
  pass: string | null;
  explained: unknown;
};

const weighingShape = z.object({
  prior: z.number(),
  weight: z.number(),
  probability: z.number(),
  margin: z.number(),
  needed: z.object({ probability: z.number(), margin: z.number() }),
  parts: z.array(z.object({ field: z.string(), label: z.string(), bits: z.number() })),
});

const weighingOf = (stored: unknown): Weighing | undefined =>
  stored === null || stored === undefined ? undefined : weighingShape.parse(stored);

const toDocument = (json: DocumentJson): Document => ({
  side: json.side,
  feed: json.feed,
  sourceRef: json.source_ref ?? '',
  amount:
    json.amount_minor === null || json.currency === null
      ? undefined
      : { minor: BigInt(json.amount_minor), currency: json.currency },
  occurredOn: json.occurred_on,
});

type Alone = {
  document: Document;
  candidates: { document: Document; verdict: Verdict; pass: string; weighing: Weighing }[];
};

function grouped(rows: readonly Row[]): Explanation['alone'] {
  const byRecord = new Map<string, Alone>();
  for (const row of rows) {
    const document = toDocument(row.document);
    const key = `${document.feed} ${document.sourceRef}`;
    const alone = byRecord.get(key) ?? { document, candidates: [] };
    byRecord.set(key, alone);
    const weighing = weighingOf(row.explained);
    if (row.verdict === null || row.pass === null || !weighing) continue;
    alone.candidates.push({
      document: toDocument(row.candidate),
      verdict: row.verdict,
      pass: row.pass,
      weighing,
    });
  }
  return [...byRecord.values()];
}
