import { readNote, unchanged } from '../../core/act.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { type Acted, type ActInput, act } from './act.ts';
import { decideItem } from './decide-item.sql.ts';
import { isOnAgenda } from './is-on-agenda.sql.ts';

export type ProposeRuleInput = ActInput & { readonly note: string };

/** The meeting finds that the rule is wrong rather than the record: what it should say is on the trail and in the minutes. */
export const proposeRule = (
  sql: Sql,
  input: ProposeRuleInput,
  { now = new Date() }: { now?: Date } = {},
): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'rule_change',
    audited: 'exception.rule_change',
    decide: async (facts, tx) => {
      const read = readNote(input.note);
      if (!read.ok) return read;
      const note = read.value;
      if (note === undefined) return refuse({ code: 'reason_required' });
      if (!(await isOnAgenda(tx, input))) return refuse({ code: 'not_on_agenda' });
      return accept({
        next: unchanged(facts),
        note,
        also: (transaction) =>
          decideItem(transaction, { ...input, outcome: 'rule_change', assignedTo: undefined, note, now }),
      });
    },
  });
