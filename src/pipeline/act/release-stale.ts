import { unclaimed } from '../../core/act.ts';
import type { AuditFact } from '../../core/audit.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { StepKind } from '../../core/message.ts';
import type { Organisation } from '../../core/organisation.ts';
import { latestStart } from '../../core/sla-policy.ts';
import type { Told } from '../../core/step-notices.ts';
import { type Places, type Reached, reach } from '../../core/step-reach.ts';
import { enqueueCards } from '../../db/outbox/enqueue.ts';
import { insertEventLines } from '../../db/outbox/insert-event-lines.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { changeItems } from './bulk-change-items.sql.ts';
import { type Item, readItems } from './bulk-items.sql.ts';
import { lockItems } from './bulk-lock-items.sql.ts';
import { markStaleTold } from './mark-stale-told.sql.ts';
import { type StaleRule, staleClaims } from './stale-claims.sql.ts';

type Terms = Pick<Organisation, 'calendar' | 'slaPolicies'>;

export type StaleRound = {
  readonly told: readonly Told[];
  readonly reminded: number;
  readonly released: number;
};

/**
 * Reminds the owners of claims under which nothing happens, once each, and gives back to their teams those that still lie
 * after that. Both are on the trail and told; set by set.
 */
export async function releaseStale(
  tx: Tx,
  { workspaceId, terms, now, places }: { workspaceId: string; terms: Terms; now: Date; places: Places },
): Promise<StaleRound> {
  const rules = staleRules(terms, now);
  const found = rules.length === 0 ? [] : await staleClaims(tx, { workspaceId, rules, now });
  if (found.length === 0) return { told: [], reminded: 0, released: 0 };
  const exceptionIds = found.map(({ exceptionId }) => exceptionId);
  await lockItems(tx, { workspaceId, exceptionIds });
  // Given back or resolved while we waited for the lock: no longer ours to remind of.
  const items = (await readItems(tx, { workspaceId, exceptionIds })).filter(
    ({ now: seen }) => seen.status === 'claimed',
  );
  const does = new Map(found.map((one) => [one.exceptionId, one.does]));
  const reminded = items.filter(({ exceptionId }) => does.get(exceptionId) === 'remind');
  const released = items.filter(({ exceptionId }) => does.get(exceptionId) === 'release');
  await remind(tx, { workspaceId, items: reminded, now });
  await release(tx, { workspaceId, items: released, now });
  const tell = (step: StepKind, item: Item, also: readonly Reached[] = []): Told => {
    const owner = reach(
      [{ kind: 'owner' }],
      { teamId: item.teamId, ownerId: item.now.owner?.personId },
      places,
    );
    return { step, exceptionId: item.exceptionId, atStake: item.atStake, reached: [...owner, ...also] };
  };
  const channel = (item: Item) =>
    reach([{ kind: 'channel' }], { teamId: item.teamId, ownerId: undefined }, places);
  return {
    told: [
      ...reminded.map((item) => tell('stale', item)),
      ...released.map((item) => tell('released', item, channel(item))),
    ],
    reminded: reminded.length,
    released: released.length,
  };
}

const staleRules = ({ slaPolicies, calendar }: Terms, now: Date): StaleRule[] =>
  Object.values(slaPolicies ?? {}).flatMap(({ key, stale }) =>
    stale ? [{ policy: key, ...before(stale, now, calendar) }] : [],
  );

const before = (
  {
    remind,
    release,
  }: { remind: Parameters<typeof latestStart>[1]; release: Parameters<typeof latestStart>[1] },
  now: Date,
  calendar: Calendar,
) => ({
  remindBefore: latestStart(now, remind, calendar),
  releaseBefore: latestStart(now, release, calendar),
});

type Some = { readonly workspaceId: string; readonly items: readonly Item[]; readonly now: Date };

async function remind(tx: Tx, { workspaceId, items, now }: Some): Promise<void> {
  const seqs = await appendAudit(tx, {
    workspaceId,
    facts: items.map((item) => fact(item, { action: 'exception.remind', reason: 'CLAIM_LIES' })),
  });
  await markStaleTold(tx, { workspaceId, exceptionIds: items.map(({ exceptionId }) => exceptionId), now });
  const lines = items.map(({ exceptionId }, index) => ({ exceptionId, seq: seqs[index] ?? 0n }));
  await insertEventLines(tx, workspaceId, lines);
}

async function release(tx: Tx, { workspaceId, items, now }: Some): Promise<void> {
  const seqs = await changeItems(tx, {
    workspaceId,
    changes: items.map((item) => ({
      exceptionId: item.exceptionId,
      next: unclaimed(item.now, now),
      fact: {
        ...fact(item, { action: 'exception.unclaim', reason: 'STALE_CLAIM' }),
        state: {
          status: 'open',
          from: item.now.status,
          version: item.now.version + 1,
          level: item.now.level,
          ownerId: null,
        },
      },
    })),
  });
  const ids = items.map(({ exceptionId }) => exceptionId);
  await enqueueCards(tx, workspaceId, ids);
  const lines = ids.map((exceptionId) => ({ exceptionId, seq: seqs.get(exceptionId) ?? 0n }));
  await insertEventLines(tx, workspaceId, lines);
}

const fact = (
  { exceptionId, now }: Item,
  { action, reason }: Pick<AuditFact, 'action' | 'reason'>,
): AuditFact => ({
  action,
  entity: 'exception',
  entityId: exceptionId,
  actor: { kind: 'program', name: 'sla' },
  reason,
  data: {
    ...(action === 'exception.remind' ? { target: now.owner?.name ?? '' } : {}),
    owner_id: now.owner?.personId ?? null,
  },
});
