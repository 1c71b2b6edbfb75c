import { claimed } from '../../core/act.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { type Acted, type ActInput, act } from './act.ts';

/** Makes the presser the exception's owner. Refuses while somebody else is: with who, and since when. */
export const claim = (sql: Sql, input: ActInput, now: Date = new Date()): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'claim',
    audited: 'exception.claim',
    isAlone: true,
    decide: (facts) => accept({ next: claimed(facts, now) }),
  });
