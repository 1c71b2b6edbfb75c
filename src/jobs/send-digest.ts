import { type DailySlot, latestDailySlot } from '../core/daily-slot.ts';
import { hasNews } from '../core/digest.ts';
import type { Organisation } from '../core/organisation.ts';
import type { Reconciliation } from '../core/spec.ts';
import type { Sql } from '../db/client.ts';
import { enqueueDigest } from '../db/outbox/enqueue-digest.ts';
import { makeWatermark } from '../db/schedule/make-watermark.sql.ts';
import { moveWatermark } from '../db/schedule/move-watermark.sql.ts';
import { takeWatermark } from '../db/schedule/take-watermark.sql.ts';
import { inWorkspace, type Tx } from '../db/tx.ts';
import { activePeople } from '../pipeline/report/active-people.sql.ts';
import { readDigest } from '../pipeline/report/digest.ts';
import { isRunUnderWay } from '../pipeline/report/run-under-way.sql.ts';
import type { DigestPlan } from './digest-plans.ts';

export type DigestTerms = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly organisation: Organisation;
  readonly specs: readonly Reconciliation[];
};

/** What one look at a plan came to. `completed` is what the watermark says now; unknown while another instance has it. */
export type DigestLook = {
  readonly outcome: 'sent' | 'nothing_to_tell' | 'not_due' | 'run_under_way' | 'busy';
  readonly completed: Date | undefined;
};

/** A run that takes longer is taken for dead; the digest then tells what there is. */
const LONGEST_RUN_MS = 30 * 60_000;

/**
 * Puts the digest into the outbox when it is due, and moves its watermark in the same transaction: once for each slot,
 * whatever crashes and however many instances look. Days that were missed become one digest over all of them.
 *
 * A run that began before the slot is waited for: what it finds belongs to the digest.
 */
export async function sendDigest(terms: DigestTerms, plan: DigestPlan, now: Date): Promise<DigestLook> {
  const { sql, workspaceId } = terms;
  const key = { workspaceId, scheduleKey: plan.key };
  await inWorkspace(sql, workspaceId, (tx) => makeWatermark(tx, { ...key, now }));
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const after = await takeWatermark(tx, key);
    if (!after) return { outcome: 'busy', completed: undefined };
    const slot = latestDailySlot(plan, { after, now });
    if (!slot) return { outcome: 'not_due', completed: after };
    const since = new Date(now.getTime() - LONGEST_RUN_MS);
    if (await isRunUnderWay(tx, { workspaceId, since, until: slot.at })) {
      return { outcome: 'run_under_way', completed: after };
    }
    const isSent = await enqueue(tx, terms, { plan, slot, after, now });
    await moveWatermark(tx, { ...key, slotAt: slot.at });
    return { outcome: isSent ? 'sent' : 'nothing_to_tell', completed: slot.at };
  });
}

type Due = {
  readonly plan: DigestPlan;
  readonly slot: DailySlot;
  readonly after: Date;
  readonly now: Date;
};

async function enqueue(
  tx: Tx,
  { workspaceId, organisation, specs }: DigestTerms,
  { plan, slot, after, now }: Due,
): Promise<boolean> {
  const address = await addressOf(tx, workspaceId, plan);
  if (address === undefined) return false;
  const period = { from: after, until: slot.at };
  const facts = await readDigest(tx, {
    workspaceId,
    scope: plan.scope,
    period,
    now,
    organisation,
    specs,
  });
  if (!hasNews(facts)) return false;
  return await enqueueDigest(tx, {
    workspaceId,
    address,
    dedupeKey: `digest:${address}:${slot.on}`,
    facts,
  });
}

/** Undefined for a person who is not active any more. */
async function addressOf(tx: Tx, workspaceId: string, { to }: DigestPlan): Promise<string | undefined> {
  if (to.kind === 'team') return `team:${to.key}`;
  const [person] = await activePeople(tx, workspaceId, [to.key]);
  return person && `person:${person.personId}`;
}
