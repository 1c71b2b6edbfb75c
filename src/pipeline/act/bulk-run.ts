import { setTimeout as sleep } from 'node:timers/promises';
import type { BulkAction } from '../../core/bulk.ts';
import type { BulkNotice } from '../../core/bulk-notice.ts';
import { Fault } from '../../core/fault.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import type { Bulk, Entered } from '../../db/flood/bulk-row.ts';
import { confirmBulk } from '../../db/flood/confirm-bulk.sql.ts';
import { finishBulk } from '../../db/flood/finish-bulk.sql.ts';
import { groupHead } from '../../db/flood/group-head.sql.ts';
import { readBulk } from '../../db/flood/read-bulk.sql.ts';
import { unfinishedBulks } from '../../db/flood/unfinished-bulks.sql.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import { countChanges, refreshStatistics } from '../../db/refresh-statistics.sql.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { type ItemResult, moveChunk } from './bulk-chunk.ts';
import { type BulkSettings, type BulkTerms, checkEntered, offerEnd } from './bulk-kinds.ts';
import { noticeOf } from './bulk-notice.ts';
import { readPresser } from './bulk-person.sql.ts';
import { TOLD } from './bulk-told.sql.ts';
import { findColleague } from './colleagues.sql.ts';

/** So many move in one transaction: short enough that single presses hardly wait behind it. */
const CHUNK = 250;
const ATTEMPTS = 4;
/**
 * After so many chunks the planner is told what they wrote. To it a table that was empty yesterday is empty, and it reads all of its offers for each
 * exception: handing 10,000 over took 17 s, now 8 (2026-12-01).
 */
const CHUNKS_BEFORE_STATISTICS = 8;

export type BulkOutcome = {
  readonly bulk: Bulk;
  readonly type: string;
  readonly items: readonly ItemResult[];
};

type BulkInput = { readonly workspaceId: string; readonly bulkId: string };

/**
 * Keeps what the person confirmed, or returns why it cannot be used. From then on the action is carried through, by
 * whoever calls `runBulk`, however often and from wherever.
 */
export async function confirm(
  sql: Sql,
  input: BulkInput & { readonly personId: string; readonly entered: Entered },
  settings: BulkSettings,
): Promise<Result<Bulk, Refusal>> {
  return await inWorkspace(sql, input.workspaceId, async (tx) => {
    const bulk = await readBulk(tx, input);
    if (!bulk || bulk.personId !== input.personId) return refuse({ code: 'not_found' } as const);
    const about = await aboutOf(tx, bulk, input.entered);
    const terms = { ...settings, entered: input.entered, target: about.target };
    const refusal = bulk.confirmedAt ? undefined : checkEntered(bulk.action, { type: about.type, terms });
    if (refusal) return refuse(refusal);
    await confirmBulk(tx, input);
    return accept(bulk);
  });
}

/**
 * Carries a confirmed bulk action through: each exception moves, or is refused, by itself, in chunks. What was done before
 * is not done again, so that it may be called again after any failure. Tells whom it concerns when it is through.
 *
 * Throws: Fault of the database when a chunk fails again and again; the rest is then left for another call.
 */
export async function runBulk(sql: Sql, input: BulkInput, settings: BulkSettings): Promise<BulkOutcome> {
  const { workspaceId } = input;
  const { bulk, type, terms } = await inWorkspace(sql, workspaceId, (tx) => begun(tx, input, settings));
  const items: ItemResult[] = [];
  for (let start = 0; start < bulk.exceptionIds.length; start += CHUNK) {
    const exceptionIds = bulk.exceptionIds.slice(start, start + CHUNK);
    items.push(...(await withPatience(() => chunk(sql, { bulk, exceptionIds, terms }))));
    if ((start / CHUNK + 1) % CHUNKS_BEFORE_STATISTICS === 0) await refreshStatistics(sql);
  }
  const outcome = { bulk, type, items };
  await inWorkspace(sql, workspaceId, (tx) => finish(tx, outcome, terms));
  return outcome;
}

const chunk = (sql: Sql, work: Parameters<typeof moveChunk>[1]): Promise<ItemResult[]> =>
  inWorkspace(
    sql,
    work.bulk.workspaceId,
    async (tx) => {
      const moved = await moveChunk(tx, work);
      await countChanges(tx);
      return moved;
    },
    { repeatable: true },
  );

/** Each chunk can be done again without a second effect, also when nobody knows whether it was committed. */
async function withPatience<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const mayRepeat = error instanceof Fault && (error.retryable || error.code === 'commit_unknown');
      if (!mayRepeat || attempt >= ATTEMPTS) throw error;
      await sleep(100 * 2 ** attempt);
    }
  }
}

async function begun(tx: Tx, input: BulkInput, settings: BulkSettings) {
  const bulk = await readBulk(tx, input);
  if (!bulk?.confirmedAt || !bulk.entered)
    throw new Error(`bulk ${input.bulkId} is carried out without having been confirmed`);
  const { type, target } = await aboutOf(tx, bulk, bulk.entered);
  // One clock for all of it, so that an offer's end is the same for each of them, whenever its chunk comes.
  const terms: BulkTerms = { ...settings, entered: bulk.entered, target, now: bulk.confirmedAt };
  return { bulk, type, terms };
}

async function aboutOf(tx: Tx, bulk: Bulk, { person: key }: Entered) {
  const head = await groupHead(tx, bulk);
  const [exceptionId] = bulk.exceptionIds;
  if (!head || exceptionId === undefined) throw new Error(`bulk ${bulk.bulkId} is about nothing`);
  const { workspaceId } = bulk;
  const target = key === undefined ? undefined : await findColleague(tx, { workspaceId, exceptionId, key });
  return { type: head.type, target };
}

async function finish(tx: Tx, { bulk, type, items }: BulkOutcome, terms: BulkTerms): Promise<void> {
  if (!(await finishBulk(tx, bulk))) return;
  const { workspaceId, bulkId, confirmedAt = terms.now } = bulk;
  const moved = new Map(
    items.filter(({ outcome }) => outcome.ok).map((item) => [item.exceptionId, item] as const),
  );
  if (moved.size === 0) return;
  const presser = await readPresser(tx, bulk);
  const asked = { workspaceId, bulkId, confirmedAt, exceptionIds: [...moved.keys()] };
  for (const { personId, exceptionIds } of await TOLD[bulk.action](tx, asked)) {
    const about = exceptionIds.flatMap((exceptionId) => moved.get(exceptionId) ?? []);
    await enqueueNotice(tx, {
      workspaceId,
      dedupeKey: `bulk:${bulkId}:${personId}`,
      address: `person:${personId}`,
      payload: noticeOf(WHAT[bulk.action], {
        bulk,
        type,
        items: about,
        byName: presser?.name ?? '',
        until: bulk.action === 'hand_over' ? offerEnd(terms) : undefined,
      }),
    });
  }
}

/** What others are told. Nobody but the presser is concerned by a claim. */
const WHAT = {
  claim: 'done',
  resolve: 'withdrawn',
  hand_over: 'offered',
  accept: 'taken',
  decline: 'declined',
} as const satisfies Record<BulkAction, BulkNotice['bulk']['what']>;

/**
 * Carries on with what was confirmed a while ago and is not through, because whoever was at it is gone, and tells who asked
 * for it. Returns how many. Throws: AggregateError after all were tried, when some failed; they are tried again later.
 */
export async function resumeBulks(
  sql: Sql,
  { workspaceId, olderThanMs }: { workspaceId: string; olderThanMs: number },
  settings: BulkSettings,
): Promise<number> {
  const left = await inWorkspace(sql, workspaceId, (tx) => unfinishedBulks(tx, { workspaceId, olderThanMs }));
  const errors: unknown[] = [];
  for (const bulkId of left) {
    try {
      await tellDone(sql, await runBulk(sql, { workspaceId, bulkId }, settings));
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} bulk actions could not go on`);
  return left.length;
}

/** The form it was asked for in is gone, or says since long that it is being worked on. */
async function tellDone(sql: Sql, { bulk, type, items }: BulkOutcome): Promise<void> {
  const { workspaceId, bulkId, personId } = bulk;
  const moved = items.filter(({ outcome }) => outcome.ok);
  const refused = items.length - moved.length;
  const about = { bulk, type, items: moved, byName: '', until: undefined, refused };
  await inWorkspace(sql, workspaceId, (tx) =>
    enqueueNotice(tx, {
      workspaceId,
      dedupeKey: `bulk:${bulkId}:done`,
      address: `person:${personId}`,
      payload: noticeOf('done', about),
    }),
  );
}
