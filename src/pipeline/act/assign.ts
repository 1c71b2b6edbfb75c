import { assigned, keepable, readNote } from '../../core/act.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import type { Tx } from '../../db/tx.ts';
import { type Acted, type ActInput, act } from './act.ts';
import { findColleague, offerTo } from './colleagues.sql.ts';
import { decideItem } from './decide-item.sql.ts';
import { isOnAgenda } from './is-on-agenda.sql.ts';
import { tellOffered } from './tell-offered.ts';
import { tellPeople } from './tell-person.ts';

/** What the triage meeting gives to somebody: `person` by key; `note` says what is expected. */
export type AssignInput = ActInput & { readonly person: string; readonly note: string };

/** The meeting gives the exception to a person, or to who stands in for them, who owns it from now on and is told. */
export const assign = (
  sql: Sql,
  input: AssignInput,
  { now = new Date() }: { now?: Date } = {},
): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'assign',
    audited: 'exception.assign',
    decide: async (facts, tx) => {
      const read = readNote(input.note);
      if (!read.ok) return read;
      const colleague = await findColleague(tx, { ...input, key: keepable(input.person) });
      if (!colleague) return refuse({ code: 'unknown_target', given: keepable(input.person) });
      if (!(await isOnAgenda(tx, input))) return refuse({ code: 'not_on_agenda' });
      const { to, said } = offerTo(colleague);
      const note = read.value;
      // Who was offered it and has it now is told that alone.
      const tellOther = facts.offeredTo === to.personId ? undefined : tellOffered(facts, input, 'assigned');
      return accept({
        next: assigned(facts, { to: to.personId, now }),
        note,
        data: { ...said, to_id: to.personId },
        also: async (transaction, seq) => {
          const decided = { outcome: 'assign', assignedTo: to.personId, note, now } as const;
          await decideItem(transaction, { ...input, ...decided });
          await tellOther?.(transaction, seq);
          await tellFormer(transaction, { ...input, seq }, { owner: facts.owner, to });
          if (to.personId === input.personId) return;
          const happening = { notice: 'assigned', note: note ?? '' } as const;
          await tellPeople(transaction, { ...input, seq }, { personIds: [to.personId], happening });
        },
      });
    },
  });

type Named = { readonly personId: string; readonly name: string };

/** Whoever had it hears who has it now; whoever decided so, or goes on having it, knows. */
async function tellFormer(
  tx: Tx,
  about: { workspaceId: string; exceptionId: string; personId: string; seq: bigint },
  { owner, to }: { owner: Named | undefined; to: Named },
): Promise<void> {
  if (!owner || owner.personId === to.personId || owner.personId === about.personId) return;
  const happening = { notice: 'taken_over', by: to.name } as const;
  await tellPeople(tx, about, { personIds: [owner.personId], happening });
}
