import type { Tx } from '../../db/tx.ts';
import type { Intent } from './move.ts';
import { openOffer } from './offers.sql.ts';
import { tellPeople } from './tell-person.ts';

/**
 * What an act that ends the ownership owes to somebody whom the exception is offered to: word that it is not any more.
 * Undefined when it is offered to nobody. The database ends the offer itself.
 */
export async function tellOffered(
  tx: Tx,
  about: { workspaceId: string; exceptionId: string },
  body: string,
): Promise<Intent['also']> {
  const offer = await openOffer(tx, about);
  if (!offer) return undefined;
  const words = { what: 'is no longer offered to you', body };
  return (transaction, seq) =>
    tellPeople(transaction, { ...about, seq }, { personIds: [offer.to.personId], words });
}
