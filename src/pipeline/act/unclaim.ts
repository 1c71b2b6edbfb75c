import { unclaimed } from '../../core/act.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { type Acted, type ActInput, act } from './act.ts';
import { tellOffered } from './tell-offered.ts';

/** Gives the exception back to its team: open, nobody's. */
export const unclaim = (sql: Sql, input: ActInput, now: Date = new Date()): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'unclaim',
    audited: 'exception.unclaim',
    isAlone: true,
    decide: (facts) => {
      const also = tellOffered(facts, input, 'given_back');
      return accept({ next: unclaimed(facts, now), also });
    },
  });
