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
  /** A web address, as typed. */
  readonly evidence?: string | undefined;
};

/** Closes the exception with a resolution code, and the note, amount and evidence that the code asks for. */
export const resolve = (
  sql: Sql,
  input: ResolveInput,
  { codes, now = new Date() }: { codes: readonly ResolutionCode[]; now?: Date },
): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'resolve',
    audited: 'exception.resolve',
    isAlone: true,
    decide: (facts) => {
      const resolution = readResolution(input, { type: facts.type, currency: facts.currency, codes });
      if (!resolution.ok) return resolution;
      const { code, note, minor, evidence } = resolution.value;
      return accept({
        next: resolved(facts, { code, minor, now }),
        reason: code,
        note,
        also: tellOffered(facts, input, 'resolved'),
        data: {
          amount_minor: minor?.toString() ?? null,
          currency: facts.currency,
          ...(evidence === undefined ? {} : { link: evidence }),
        },
      });
    },
  });
