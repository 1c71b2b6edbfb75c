import { keepable, readNote, unchanged } from '../../core/act.ts';
import { checkOffer } from '../../core/hand-over.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { type Acted, type ActInput, act } from './act.ts';
import { type Colleague, colleaguesFor, findColleague, offerTo } from './colleagues.sql.ts';
import { endOffer } from './end-offer.sql.ts';
import { insertOffer } from './insert-offer.sql.ts';
import { openOffer } from './offers.sql.ts';
import { tellPeople } from './tell-person.ts';

export type HandOverInput = ActInput & {
  /** The key of whoever shall have it. */
  readonly person: string;
  readonly note: string;
};

/** Offers the exception to a person, or to who stands in for them, who is told and may accept or decline. Until they accept, its owner stays its owner. */
export const handOver = (
  sql: Sql,
  input: HandOverInput,
  { acting, now = new Date() }: Pick<Organisation, 'acting'> & { now?: Date },
): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'hand_over',
    audited: 'exception.hand_over_offer',
    decide: async (facts, tx) => {
      const read = readNote(input.note);
      if (!read.ok) return read;
      const note = read.value;
      if (note === undefined) return refuse({ code: 'reason_required' });
      const colleague = await findColleague(tx, { ...input, key: keepable(input.person) });
      if (!colleague) return refuse({ code: 'unknown_target', given: keepable(input.person) });
      const { to, said } = offerTo(colleague);
      const open = await openOffer(tx, input);
      const refusal = checkOffer(facts, { to, open, now });
      if (refusal) return refuse(refusal);
      const expiresAt = new Date(now.getTime() + acting.handOverTimeoutMs);
      return accept({
        next: unchanged(facts),
        note,
        data: { ...said, to_id: to.personId, expires_at: expiresAt.toISOString() },
        also: async (transaction, seq) => {
          // Its time is over and the sweep has not come by yet.
          if (open) await endOffer(transaction, { ...input, ...open, state: 'lapsed', now });
          const row = { fromId: input.personId, toId: to.personId, note, now, expiresAt };
          await insertOffer(transaction, { ...input, ...row, version: facts.version + 1 });
          const standsInFor = colleague.standIn ? colleague.name : null;
          const answerBy = expiresAt.toISOString();
          const happening = { notice: 'offered', note, answerBy, standsInFor } as const;
          await tellPeople(transaction, { ...input, seq }, { personIds: [to.personId], happening });
        },
      });
    },
  });

/** Whom the exception could be handed to, for the form. */
export const readColleagues = (
  sql: Sql,
  about: { workspaceId: string; exceptionId: string },
): Promise<Colleague[]> => inWorkspace(sql, about.workspaceId, (tx) => colleaguesFor(tx, about));
