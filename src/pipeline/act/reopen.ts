import { readNote, reopened } from '../../core/act.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { type Acted, type ActInput, act } from './act.ts';

export type ReopenInput = ActInput & { readonly reason: string };

/** Opens a closed exception again, for a stated reason: nobody's, with the team it had, promised anew from now. */
export const reopen = (
  sql: Sql,
  input: ReopenInput,
  { calendar, now = new Date() }: { calendar: Calendar; now?: Date },
): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'reopen',
    audited: 'exception.reopen',
    isAlone: true,
    decide: (facts) => {
      const reason = readNote(input.reason);
      if (!reason.ok) return reason;
      if (reason.value === undefined) return refuse({ code: 'reason_required' });
      return accept({
        next: reopened(facts, { now, calendar }),
        reason: 'REOPENED_BY_HAND',
        note: reason.value,
      });
    },
  });
