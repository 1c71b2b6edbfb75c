import type { CardFacts } from '../../../core/card.ts';
import { amountTagOf, configured } from '../../../core/configured.ts';
import { exceptionLabel } from '../../../core/ids.ts';
import { nearestWord } from '../../../core/nearest-word.ts';
import { seesEverything } from '../../../core/work.ts';
import { readCardFacts } from '../../../db/cards/card-facts.sql.ts';
import { exceptionId } from '../../../pipeline/report/exception-id.sql.ts';
import { knownFilters } from '../../../pipeline/report/known-filters.sql.ts';
import { ordersLike } from '../../../pipeline/report/near-orders.sql.ts';
import { exceptionsOfOrder } from '../../../pipeline/report/order-ids.sql.ts';
import { type OrderRecord, recordsOfOrder } from '../../../pipeline/report/order-records.sql.ts';
import { visibleExceptions } from '../../../pipeline/report/visible-exceptions.sql.ts';
import type { Message } from '../../views/blocks.ts';
import { renderCard } from '../../views/card.ts';
import { words } from '../../views/recon-answer.ts';
import { type OrderDocument, orderAnswer, ownersAnswer, unknownOrder } from '../../views/recon-order.ts';
import type { Asking, CommandOf } from './asking.ts';

/** One exception with its buttons. */
export async function show({ number }: CommandOf<'show'>, asking: Asking): Promise<Message> {
  const { tx, workspaceId, organisation, reader } = asking;
  const id = await exceptionId(tx, { ...asking, number });
  const [facts] = id === undefined ? [] : await readCardFacts(tx, workspaceId, [id]);
  if (facts) return renderCard(configured(facts, organisation), reader);
  return words(reader.words.recon.nothing.show({ label: exceptionLabel(number) }));
}

type OrderOnRecord = {
  readonly records: readonly OrderRecord[];
  /** Those the person sees. */
  readonly exceptions: readonly CardFacts[];
  /** Live ones that they do not see. */
  readonly hidden: readonly CardFacts[];
};

async function readOrder(orderRef: string, asking: Asking): Promise<OrderOnRecord> {
  const { tx, workspaceId, organisation } = asking;
  const records = await recordsOfOrder(tx, workspaceId, orderRef);
  const ids = await exceptionsOfOrder(tx, workspaceId, orderRef);
  const seen = await visibleExceptions(tx, { ...asking, ids });
  const read = ids.length === 0 ? [] : await readCardFacts(tx, workspaceId, ids);
  const facts = read.map((one) => configured(one, organisation));
  return {
    records,
    exceptions: facts.filter((one) => seen.has(one.exceptionId)),
    hidden: facts.filter((one) => !seen.has(one.exceptionId) && !one.closedAt),
  };
}

/** The documents and exceptions of an order. */
export async function order({ orderRef }: CommandOf<'order'>, asking: Asking): Promise<Message> {
  const { records, exceptions } = await readOrder(orderRef, asking);
  const { reader, organisation } = asking;
  // An order's documents are its client's business: shown to those who see one of its exceptions, or all.
  if (exceptions.length > 0 || (seesEverything(asking.viewer) && records.length > 0)) {
    const documents = records.map((record) => ({
      ...toDocument(record),
      amountTag: amountTagOf(organisation, record.client ?? undefined),
    }));
    return orderAnswer(orderRef, { documents, exceptions }, reader);
  }
  return unknownOrder(orderRef, await meant(orderRef, asking), reader);
}

/** References that contain what was typed, or the nearest one that the person sees. */
async function meant(orderRef: string, asking: Asking): Promise<string[]> {
  const { tx, workspaceId, viewer } = asking;
  const like = seesEverything(viewer) ? await ordersLike(tx, workspaceId, orderRef) : [];
  if (like.length > 0) return like;
  const near = nearestWord(orderRef, (await knownFilters(tx, asking)).orders);
  return near === undefined ? [] : [near];
}

const toDocument = ({ match, ...record }: OrderRecord): OrderDocument => ({
  feed: record.feed,
  sourceRef: record.sourceRef,
  amount:
    record.amountMinor === null || record.currency === null
      ? undefined
      : { minor: record.amountMinor, currency: record.currency },
  occurredOn: record.occurredOn,
  isRemoved: record.isRemoved,
  matchedAs: match === null ? undefined : (match.reason ?? match.outcome),
});

/** Whose the exceptions of an order are. */
export async function whoOwns({ orderRef }: CommandOf<'who-owns'>, asking: Asking): Promise<Message> {
  const { records, exceptions, hidden } = await readOrder(orderRef, asking);
  const isKnown = records.length > 0 || exceptions.length > 0;
  const elsewhere = hidden.map(({ team }) => team.name);
  return ownersAnswer(orderRef, { exceptions, elsewhere, isKnown }, asking.reader);
}
