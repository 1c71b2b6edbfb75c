import { resolved } from '../../core/act.ts';
import type { ResolutionCode } from '../../core/organisation.ts';
import type { Refusal } from '../../core/refusal.ts';
import { readResolution } from '../../core/resolve.ts';
import { accept, type Result } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { type Acted, type ActInput, act } from './act.ts';
import { tellOffered } from './tell-offered.ts';

export type ResolveInput = ActInput & {
  readonly code: string;
  readonly note: string;
  /** As typed; in the exception's currency. */
  readonly amount: string | undefined;
};

/** Closes the exception with a resolution code, and the note and amount that the code asks for. */
export const resolve = (
  sql: Sql,
  input: ResolveInput,
  { codes, now = new Date() }: { codes: readonly ResolutionCode[]; now?: Date },
): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'resolve',
    audited: 'exception.resolve',
    decide: async (facts, tx) => {
      const resolution = readResolution(input, { type: facts.type, currency: facts.currency, codes });
      if (!resolution.ok) return resolution;
      const { code, note, minor } = resolution.value;
      return accept({
        next: resolved(facts, { code, minor, now }),
        reason: code,
        note,
        also: await tellOffered(tx, input, 'It was resolved before you answered.'),
        data: { amount_minor: minor?.toString() ?? null, currency: facts.currency },
      });
    },
  });
