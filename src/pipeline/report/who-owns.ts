import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { isLive } from '../../core/lifecycle.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { ordersLike } from './near-orders.sql.ts';
import { exceptionsOfOrder } from './order-ids.sql.ts';
import { recordsOfOrder } from './order-records.sql.ts';

/** Who has an exception of an order to settle: a person, or a team of which nobody has claimed it. For programs. */
export type OwnerNow = {
  readonly exception: string;
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly team: { readonly key: string; readonly name: string };
  readonly owner: { readonly name: string; readonly since: Date } | null;
  /** Who leads the team, and who stands in while they are away. */
  readonly lead: { readonly name: string; readonly standIn: string | null } | null;
  /** To whom it is offered at this moment. */
  readonly offeredTo: string | null;
  readonly dueAt: Date;
  /** The row of the ownership matrix that gave it to the team; `when` null: it takes everything. */
  readonly routedBy: { readonly source: string; readonly when: string | null } | null;
};

export type OrderOwners = {
  readonly orderRef: string;
  /** Whether anything carries this reference. */
  readonly isKnown: boolean;
  /** Empty: nobody needs to do anything about it. */
  readonly owners: readonly OwnerNow[];
  /** How many exceptions of it are resolved or cleared. */
  readonly settled: number;
  /** References that look like the one asked for, when nothing carries it. */
  readonly didYouMean: readonly string[];
};

type About = { readonly workspaceId: string; readonly orderRef: string };

/** Whose an order is now: who has each of its live exceptions, and why. */
export const whoOwns = (sql: Sql, about: About): Promise<OrderOwners> =>
  inWorkspace(sql, about.workspaceId, (tx) => readOwners(tx, about), { snapshot: true });

/** The same within a transaction, whose snapshot it is as of. */
export async function readOwners(tx: Tx, { workspaceId, orderRef }: About): Promise<OrderOwners> {
  const ids = await exceptionsOfOrder(tx, workspaceId, orderRef);
  const facts = ids.length === 0 ? [] : await readCardFacts(tx, workspaceId, ids);
  const live = facts.filter(({ status }) => isLive(status));
  const isKnown = facts.length > 0 || (await recordsOfOrder(tx, workspaceId, orderRef)).length > 0;
  const didYouMean = isKnown ? [] : await ordersLike(tx, workspaceId, orderRef);
  const settled = facts.length - live.length;
  return { orderRef, isKnown, owners: live.map(toOwner), settled, didYouMean };
}

const toOwner = (facts: CardFacts): OwnerNow => ({
  exception: exceptionLabel(facts.number),
  id: facts.exceptionId,
  type: facts.type,
  status: facts.status,
  team: facts.team,
  owner: facts.owner && facts.claimedAt ? { name: facts.owner.name, since: facts.claimedAt } : null,
  lead: facts.lead ? { name: facts.lead.name, standIn: facts.lead.standIn ?? null } : null,
  offeredTo: facts.offer?.toName ?? null,
  dueAt: facts.dueAt,
  routedBy: facts.routedBy ? { source: facts.routedBy.source, when: facts.routedBy.when ?? null } : null,
});
