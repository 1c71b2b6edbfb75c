import type { Offer, OfferState } from '../../core/hand-over.ts';
import type { Tx } from '../../db/tx.ts';

type About = { readonly workspaceId: string; readonly exceptionId: string };

/** The offer that made this version of the exception; undefined when none did. */
export const offerMade = (tx: Tx, about: About & { version: number }): Promise<Offer | undefined> =>
  read(tx, about, about.version);

/** The offer that stands at this moment, even if its time is over; undefined when there is none. */
export const openOffer = (tx: Tx, about: About): Promise<Offer | undefined> => read(tx, about, null);

async function read(tx: Tx, about: About, version: number | null): Promise<Offer | undefined> {
  const [row] = await tx<Row[]>`
    select h.hand_over_id, h.note, h.expires_at, h.state, h.from_id, f.name as from_name, h.to_id, t.name as to_name
    from hand_over h
    join person f on f.workspace_id = h.workspace_id and f.person_id = h.from_id
    join person t on t.workspace_id = h.workspace_id and t.person_id = h.to_id
    where h.workspace_id = ${about.workspaceId} and h.exception_id = ${about.exceptionId}
      and case when ${version}::integer is null then h.state = 'open' else h.exception_version = ${version}::integer end`;
  return (
    row && {
      handOverId: row.hand_over_id,
      from: { personId: row.from_id, name: row.from_name },
      to: { personId: row.to_id, name: row.to_name },
      note: row.note,
      expiresAt: row.expires_at,
      state: row.state,
    }
  );
}

type Row = {
  hand_over_id: string;
  note: string;
  expires_at: Date;
  state: OfferState;
  from_id: string;
  from_name: string;
  to_id: string;
  to_name: string;
};
