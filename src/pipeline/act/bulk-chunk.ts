import type { ActFacts } from '../../core/act.ts';
import type { AuditFact } from '../../core/audit.ts';
import { bulkRequestKey } from '../../core/bulk.ts';
import type { Money } from '../../core/money.ts';
import type { Refusal } from '../../core/refusal.ts';
import { type Result, refuse } from '../../core/result.ts';
import type { Bulk } from '../../db/flood/bulk-row.ts';
import { enqueueCards } from '../../db/outbox/enqueue.ts';
import type { Tx } from '../../db/tx.ts';
import { changeItems } from './bulk-change-items.sql.ts';
import { endOffers } from './bulk-end-offers.sql.ts';
import { insertOffers } from './bulk-insert-offers.sql.ts';
import { type Item, readItems } from './bulk-items.sql.ts';
import { type BulkTerms, type Decided, KINDS, offerEnd } from './bulk-kinds.ts';
import { lockItems } from './bulk-lock-items.sql.ts';
import { type ItemOutcome, keepOutcomes } from './bulk-outcomes.sql.ts';
import { type Presser, readPresser } from './bulk-person.sql.ts';
import { readOutcomes } from './bulk-read-outcomes.sql.ts';
import { takeRequests } from './bulk-take-requests.sql.ts';
import { endPingPong } from './ping-pong.ts';

/** What became of one exception of a bulk action, now or when it was tried before. */
export type ItemResult = {
  readonly exceptionId: string;
  readonly number: number;
  readonly atStake: Money;
  readonly outcome: ItemOutcome;
};

type Choice = { readonly item: Item; readonly decided: Result<Decided, Refusal> };
type Done = { readonly item: Item; readonly decided: Decided };

/**
 * Moves some exceptions of a bulk action, each with its audit event, in one transaction; those that cannot are refused one
 * by one. What was tried before under the same bulk keeps its outcome and is not tried again.
 */
export async function moveChunk(
  tx: Tx,
  { bulk, exceptionIds, terms }: { bulk: Bulk; exceptionIds: readonly string[]; terms: BulkTerms },
): Promise<ItemResult[]> {
  const { workspaceId } = bulk;
  const keyOf = (exceptionId: string) => bulkRequestKey(bulk.bulkId, exceptionId);
  // One round trip; each statement sees what the ones before it waited for.
  const [taken, , presser, items] = await Promise.all([
    takeRequests(tx, { workspaceId, requestKeys: exceptionIds.map(keyOf) }),
    lockItems(tx, { workspaceId, exceptionIds }),
    readPresser(tx, bulk),
    readItems(tx, { workspaceId, exceptionIds }),
  ]);
  const isFresh = ({ exceptionId }: Item) => taken.has(keyOf(exceptionId));
  const choices = items
    .filter(isFresh)
    .map((item) => ({ item, decided: decide(bulk, item, { presser, terms }) }));
  await carryOut(tx, { bulk, choices, terms });
  const fresh = new Map(choices.map(({ item, decided }) => [keyOf(item.exceptionId), outcomeOf(decided)]));
  await keepOutcomes(tx, { workspaceId, outcomes: fresh });
  const earlier = items.filter((item) => !isFresh(item)).map(({ exceptionId }) => keyOf(exceptionId));
  const before = await readOutcomes(tx, { workspaceId, requestKeys: earlier });
  return items.map(({ exceptionId, number, atStake }) => {
    const outcome = fresh.get(keyOf(exceptionId)) ?? before.get(keyOf(exceptionId));
    if (!outcome) throw new Error(`exception ${exceptionId} of bulk ${bulk.bulkId} was not answered`);
    return { exceptionId, number, atStake, outcome };
  });
}

const outcomeOf = (decided: Result<Decided, Refusal>): ItemOutcome =>
  decided.ok ? { ok: true } : { ok: false, refusal: decided.refusal };

function decide(
  { action, groupId }: Bulk,
  item: Item,
  { presser, terms }: { presser: Presser | undefined; terms: BulkTerms },
): Result<Decided, Refusal> {
  if (!presser) return refuse({ code: 'not_found' });
  // It came back on a card of its own meanwhile: somebody must look at that one.
  if (item.groupId !== groupId) {
    return refuse({ code: 'stale_card', status: item.now.status, ownerName: item.now.owner?.name });
  }
  return KINDS[action].decide(factsFor(item, presser), item, terms);
}

const factsFor = ({ now, teamId }: Item, presser: Presser): ActFacts => ({
  ...now,
  person: {
    personId: presser.personId,
    isActive: presser.isActive,
    isOwner: now.owner?.personId === presser.personId,
    isTeamMember: presser.teamIds.has(teamId),
    roles: presser.roles,
  },
});

async function carryOut(
  tx: Tx,
  { bulk, choices, terms }: { bulk: Bulk; choices: readonly Choice[]; terms: BulkTerms },
): Promise<void> {
  const done = choices.flatMap(({ item, decided }) => (decided.ok ? [{ item, decided: decided.value }] : []));
  if (done.length === 0) return;
  const { workspaceId } = bulk;
  await changeItems(tx, {
    workspaceId,
    changes: done.map(({ item, decided }) => ({
      exceptionId: item.exceptionId,
      next: decided.next,
      fact: factOf(bulk, item, decided),
    })),
  });
  await changeOffers(tx, { bulk, done, terms });
  await enqueueCards(
    tx,
    workspaceId,
    done.map(({ item }) => item.exceptionId),
  );
  if (bulk.action !== 'accept') return;
  const taken = done.map(({ item }) => item.exceptionId);
  await endPingPong(tx, { workspaceId, exceptionIds: taken, now: terms.now });
}

function factOf(bulk: Bulk, { exceptionId, now }: Item, decided: Decided): AuditFact {
  return {
    action: KINDS[bulk.action].audited,
    entity: 'exception',
    entityId: exceptionId,
    actor: { kind: 'person', id: bulk.personId },
    requestKey: bulkRequestKey(bulk.bulkId, exceptionId),
    reason: decided.reason,
    note: decided.note,
    state: {
      status: decided.next.status,
      from: now.status,
      version: now.version + 1,
      level: decided.next.level,
      ownerId: decided.next.ownerId,
    },
    data: decided.data,
  };
}

async function changeOffers(
  tx: Tx,
  { bulk, done, terms }: { bulk: Bulk; done: readonly Done[]; terms: BulkTerms },
): Promise<void> {
  const { workspaceId, personId } = bulk;
  const { now, target } = terms;
  for (const state of ['declined', 'lapsed'] as const) {
    const handOverIds = done.flatMap(({ decided: { ends } }) =>
      ends?.state === state ? [ends.handOverId] : [],
    );
    await endOffers(tx, { workspaceId, handOverIds, state });
  }
  const made = done
    .filter(({ decided }) => decided.offers)
    .map(({ item }) => ({ exceptionId: item.exceptionId, version: item.now.version + 1 }));
  if (!target || made.length === 0) return;
  const note = done[0]?.decided.note ?? '';
  const offer = { fromId: personId, toId: target.personId, note, now, expiresAt: offerEnd(terms) };
  await insertOffers(tx, { workspaceId, ...offer, made });
}
