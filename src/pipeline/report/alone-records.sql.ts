import { type Candidate, toDocument } from '../../core/explanation.ts';
import type { MatchRecord } from '../../core/match.ts';
import type { CandidateVerdict } from '../../core/score/decide.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import type { Tx } from '../../db/tx.ts';
import { weighingOf } from './weighing.ts';

/** A record of an exception that is in no match, and what came close to it. */
export type AloneRecord = { readonly record: MatchRecord; readonly candidates: readonly Candidate[] };

type Row = {
  member: MemberJson;
  candidate: MemberJson | null;
  verdict: CandidateVerdict | null;
  pass: string | null;
  explained: unknown;
};

/** The records of an exception that are in no live match, each with its best rejected candidates, the closest first. */
export async function aloneRecords(
  tx: Tx,
  { workspaceId, exceptionId }: { workspaceId: string; exceptionId: string },
): Promise<AloneRecord[]> {
  const rows = await tx<Row[]>`
    select ${sidedJson(tx, { record: 'r', feed: 'rf', side: 'own' })} as member,
           case when c.record_id is not null then ${sidedJson(tx, { record: 'c', feed: 'cf', side: 'other' })} end as candidate,
           x.verdict, x.pass, x.explained
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
    order by em.side desc, r.occurred_on, r.source_ref collate "C", r.record_id, x.rank`;
  const byRecord = new Map<string, { record: MatchRecord; candidates: Candidate[] }>();
  for (const { member, candidate, verdict, pass, explained } of rows) {
    const alone = byRecord.get(member.record_id) ?? { record: toMatchRecord(member), candidates: [] };
    byRecord.set(member.record_id, alone);
    const weighing = weighingOf(explained);
    if (!candidate || verdict === null || pass === null || !weighing) continue;
    alone.candidates.push({ document: toDocument(toMatchRecord(candidate)), verdict, pass, weighing });
  }
  return [...byRecord.values()];
}

/** A candidate stands on the other side than the member of the exception. */
function sidedJson(tx: Tx, { record, feed, side }: { record: string; feed: string; side: 'own' | 'other' }) {
  const [r, f] = [tx(record), tx(feed)];
  return tx`
    json_build_object('record_id', ${r}.record_id,
      'side', case when ${side}::text = 'own' then em.side when em.side = 'expected' then 'actual' else 'expected' end,
      'feed', ${f}.key, 'source_ref', ${r}.source_ref, 'version', ${r}.version,
      'content_hash', encode(${r}.content_hash, 'hex'), 'amount_minor', ${r}.amount_minor::text,
      'currency', ${r}.currency, 'occurred_on', to_char(${r}.occurred_on, 'YYYY-MM-DD'), 'client', ${r}.client,
      'order_ref', ${r}.order_ref, 'fields', ${r}.fields::json)`;
}
