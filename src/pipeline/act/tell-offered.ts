import type { ExceptionNow } from '../../core/act.ts';
import type { WithdrawnBecause } from '../../core/message.ts';
import type { Intent } from './move.ts';
import { tellPeople } from './tell-person.ts';

/**
 * What an act that ends the ownership owes to somebody whom the exception is offered to: word that it is not any more.
 * Undefined when it is offered to nobody. The database ends the offer itself.
 */
export function tellOffered(
  { offeredTo }: ExceptionNow,
  about: { workspaceId: string; exceptionId: string },
  because: WithdrawnBecause,
): Intent['also'] {
  if (offeredTo === undefined) return undefined;
  const happening = { notice: 'offer_withdrawn', because } as const;
  return (transaction, seq) =>
    tellPeople(transaction, { ...about, seq }, { personIds: [offeredTo], happening });
}
