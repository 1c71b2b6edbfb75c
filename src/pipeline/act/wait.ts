import { readNote, waiting } from '../../core/act.ts';
import { cutoffDay } from '../../core/cutoff.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import { readUntil } from '../../core/wait.ts';
import type { Sql } from '../../db/client.ts';
import { type Acted, type ActInput, act } from './act.ts';
import { policyPauses } from './policy-pauses.sql.ts';

export type WaitInput = ActInput & {
  /** As chosen, `YYYY-MM-DD`: a day of the organisation's calendar. */
  readonly until: string | undefined;
  readonly note: string;
};

type Rules = Pick<Organisation, 'calendar' | 'acting'>;

/** Lets the exception wait until a day, saying what is waited for. Its owner stays; it comes back on that day. */
export const wait = (
  sql: Sql,
  input: WaitInput,
  { calendar, acting, now = new Date() }: Rules & { now?: Date },
): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'wait',
    audited: 'exception.wait',
    decide: async (facts, tx) => {
      const until = readUntil(input.until, { today: cutoffDay(now, calendar.zone) });
      if (!until.ok) return until;
      const note = readNote(input.note);
      if (!note.ok) return note;
      if (note.value === undefined) return refuse({ code: 'reason_required' });
      const pausesSla = (await policyPauses(tx, input)) ?? acting.waitPausesSla;
      return accept({
        next: waiting(facts, { until: until.value, pausesSla, now }),
        note: note.value,
        data: { until: until.value, pauses_sla: pausesSla },
      });
    },
  });
