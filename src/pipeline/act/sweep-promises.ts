import type { Organisation } from '../../core/organisation.ts';
import type { Told } from '../../core/step-notices.ts';
import type { Sql } from '../../db/client.ts';
import { wakeSoon } from '../../db/outbox/wake-soon.ts';
import { makeWatermark } from '../../db/schedule/make-watermark.sql.ts';
import { moveWatermark } from '../../db/schedule/move-watermark.sql.ts';
import { takeWatermark } from '../../db/schedule/take-watermark.sql.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { MOST_DUE } from './due-promises.sql.ts';
import { planNewPromises } from './plan-new-promises.ts';
import { releaseStale } from './release-stale.ts';
import { stepPlaces } from './step-places.sql.ts';
import { takeDueSteps } from './take-due-steps.ts';
import { tellSteps } from './tell-steps.ts';

export type SweptPromises = {
  readonly planned: number;
  readonly reminded: number;
  readonly escalated: number;
  readonly released: number;
};

type SweepInput = {
  readonly workspaceId: string;
  readonly organisation: Pick<Organisation, 'calendar' | 'slaPolicies'>;
  readonly now: Date;
};

const WATERMARK = 'sla.sweep';
/** A policy has at most a dozen steps, so this many parts mean that a promise does not move. */
const MOST_PARTS = 10_000;

/**
 * Carries out what was promised: plans new promises, takes every step that is due, reminds of claims that lie and gives
 * them back, each in the transaction that writes its message. Set by set: the number of statements does not grow with the
 * number of exceptions, until there are more than are taken at once; what is taken is then committed before the rest, so that
 * people's presses come in between. Returns undefined when another instance is at it.
 *
 * A sweep that was missed is caught up by the next: every step is on the record, and only the newest one of an exception
 * tells anybody. What was taken is kept with the promise, so a clock that jumps back takes nothing twice.
 */
export async function sweepPromises(sql: Sql, input: SweepInput): Promise<SweptPromises | undefined> {
  const { workspaceId, now } = input;
  const key = { workspaceId, scheduleKey: WATERMARK };
  await inWorkspace(sql, workspaceId, (tx) => makeWatermark(tx, { ...key, now }));
  let swept: SweptPromises | undefined;
  for (let parts = 0; ; parts += 1) {
    if (parts > MOST_PARTS) throw new Error(`promises of ${workspaceId} are due and do not move`);
    const part = await inWorkspace(sql, workspaceId, async (tx) => {
      if ((await takeWatermark(tx, key)) === undefined) return undefined;
      const done = await sweepPart(tx, input);
      await moveWatermark(tx, { ...key, slotAt: now });
      return done;
    });
    if (!part) return swept;
    if (part.reminded + part.escalated + part.released > 0) wakeSoon(sql, workspaceId);
    swept = added(swept, part);
    if (!part.isMore) return swept;
  }
}

/** As much as is taken in one transaction, and whether there may be more. */
async function sweepPart(
  tx: Tx,
  { workspaceId, organisation, now }: SweepInput,
): Promise<SweptPromises & { readonly isMore: boolean }> {
  const planned = await planNewPromises(tx, { workspaceId, terms: organisation });
  const places = await stepPlaces(tx, { workspaceId, now });
  const told: Told[] = [];
  let [reminded, escalated, looked] = [0, 0, 0];
  while (looked < MOST_DUE) {
    const round = await takeDueSteps(tx, { workspaceId, now, places });
    if (!round) break;
    told.push(...round.told);
    reminded += round.reminded;
    escalated += round.escalated;
    looked += round.looked;
  }
  const isMore = looked >= MOST_DUE;
  const stale = isMore ? NONE : await releaseStale(tx, { workspaceId, terms: organisation, now, places });
  await tellSteps(tx, workspaceId, [...told, ...stale.told]);
  return { planned, reminded: reminded + stale.reminded, escalated, released: stale.released, isMore };
}

const NONE = { told: [], reminded: 0, released: 0 } as const;

const added = (before: SweptPromises | undefined, part: SweptPromises): SweptPromises => ({
  planned: (before?.planned ?? 0) + part.planned,
  reminded: (before?.reminded ?? 0) + part.reminded,
  escalated: (before?.escalated ?? 0) + part.escalated,
  released: (before?.released ?? 0) + part.released,
});
