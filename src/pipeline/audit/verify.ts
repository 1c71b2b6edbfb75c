import { createHash } from 'node:crypto';
import { type ChainLink, GENESIS, hashedText, isReadable, linkProblems } from '../../core/chain.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { eventsInOrder } from './events.sql.ts';
import { readHead } from './head.sql.ts';
import { orphans } from './orphans.sql.ts';
import { replayDifferences } from './replay.sql.ts';
import { replayFindings } from './replay-findings.sql.ts';
import { replayMatches } from './replay-matches.sql.ts';
import { replayMoney } from './replay-money.sql.ts';
import { replayRecords } from './replay-records.sql.ts';
import { replayRoles } from './replay-roles.ts';

export type AuditProblem = { readonly where: string; readonly what: string };

export type AuditReport = {
  readonly events: number;
  readonly head: ChainLink;
  readonly problems: readonly AuditProblem[];
  /** Up to which event the trail is proven complete; 0 when no anchor was given. */
  readonly anchoredSeq: bigint;
};

/** A broken trail can be wrong in every row; the first ones tell where to look. */
const MOST_PROBLEMS = 50;

/**
 * Walks the whole trail of a workspace: every hash, every link, the head, the anchors that left the database, whether the
 * exceptions, holds, entries and roles are what the trail says, whether records and matches come to what it counted, and whether
 * they point to what is there. Reads one snapshot; changes nothing.
 */
export async function verifyAudit(
  sql: Sql,
  {
    workspaceId,
    anchors,
    onProgress,
  }: { workspaceId: string; anchors: readonly ChainLink[]; onProgress?: (events: number) => void },
): Promise<AuditReport> {
  return await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      const walked = await walk(tx, { workspaceId, anchors, onProgress });
      const head = await readHead(tx, workspaceId);
      const problems = [...walked.problems, ...headProblems(walked.last, head)];
      const { unreadable } = walked;
      const replayed = [
        ...(await replayDifferences(tx, { workspaceId, unreadable })),
        ...(await replayFindings(tx, { workspaceId, unreadable })),
      ];
      for (const { number, what } of replayed) problems.push({ where: `EX-${number}`, what });
      problems.push(...(await replayMoney(tx, { workspaceId, unreadable })));
      problems.push(...(await replayRoles(tx, { workspaceId, unreadable })));
      problems.push(...(await replayCounts(tx, { workspaceId, unreadable })));
      for (const { table, rows, example, lacks } of await orphans(tx, workspaceId)) {
        problems.push({
          where: table,
          what: `of ${rows} rows the ${lacks} is not there, ${example} for one`,
        });
      }
      const anchoredSeq = anchors.reduce((most, link) => (link.seq > most ? link.seq : most), 0n);
      return { events: walked.events, head, problems: problems.slice(0, MOST_PROBLEMS), anchoredSeq };
    },
    { snapshot: true },
  );
}

/** What the trail has sums of. One event that cannot be read leaves none to compare with, and is told of itself. */
const replayCounts = async (
  tx: Tx,
  { workspaceId, unreadable }: { workspaceId: string; unreadable: readonly bigint[] },
): Promise<AuditProblem[]> =>
  unreadable.length > 0
    ? []
    : [...(await replayRecords(tx, workspaceId)), ...(await replayMatches(tx, workspaceId))];

type Walk = {
  workspaceId: string;
  anchors: readonly ChainLink[];
  onProgress: ((events: number) => void) | undefined;
};

async function walk(tx: Tx, { workspaceId, anchors, onProgress }: Walk) {
  // A list per event: a second anchor of the same event must not hide the first.
  const waiting = new Map<bigint, string[]>();
  for (const { seq, hash } of anchors) waiting.set(seq, [...(waiting.get(seq) ?? []), hash]);
  const problems: AuditProblem[] = [];
  const unreadable: bigint[] = [];
  let last = GENESIS;
  let events = 0;
  for await (const batch of eventsInOrder(tx, workspaceId)) {
    for (const event of batch) {
      const contentHash = createHash('sha256').update(hashedText(event)).digest('hex');
      const wrong = linkProblems(event, last, contentHash);
      if (wrong.length > 0 && !isReadable(event.body)) unreadable.push(event.seq);
      for (const what of wrong) {
        problems.push({ where: `event ${event.seq} (${event.action}, ${event.at})`, what });
      }
      if (waiting.get(event.seq)?.some((hash) => hash !== event.hash)) {
        problems.push({
          where: `event ${event.seq}`,
          what: 'it is not the event that was anchored outside the database',
        });
      }
      waiting.delete(event.seq);
      last = event;
      events += 1;
    }
    onProgress?.(events);
  }
  for (const seq of waiting.keys()) {
    problems.push({
      where: `event ${seq}`,
      what: 'it was anchored outside the database and is gone: the end of the trail was cut',
    });
  }
  return { problems, unreadable, last, events };
}

const headProblems = (last: ChainLink, head: ChainLink): AuditProblem[] =>
  last.seq === head.seq && last.hash === head.hash
    ? []
    : [{ where: 'audit_head', what: `it says event ${head.seq}, the trail ends with ${last.seq}` }];
