import { resolved } from '../../core/act.ts';
import type { Refusal } from '../../core/refusal.ts';
import { readResolution } from '../../core/resolve.ts';
import { accept, type Result } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { type Acted, type ActInput, act } from './act.ts';
import { decideBooking, isBooking, type ResolveTerms } from './resolve-booking.ts';
import { tellOffered } from './tell-offered.ts';

export type ResolveInput = ActInput & {
  readonly code: string;
  readonly note: string;
  /** As typed; in the exception's currency. */
  readonly amount: string | undefined;
  /** A web address, as typed. */
  readonly evidence?: string | undefined;
  /** The month that an entry belongs to, `2026-10`; that of its documents when left out. */
  readonly period?: string | undefined;
  /** The reason code of an entry. */
  readonly reason?: string | undefined;
};

/**
 * Closes the exception with a resolution code, and the note, amount and evidence that the code asks for. A code that books
 * for the ledger does so with it, or, above the person's limit, asks another person first.
 */
export function resolve(
  sql: Sql,
  input: ResolveInput,
  { now = new Date(), ...terms }: ResolveTerms & { now?: Date },
): Promise<Result<Acted, Refusal>> {
  const { codes } = terms;
  const code = codes.find((candidate) => candidate.code === input.code);
  if (isBooking(code)) {
    return act(sql, input, {
      action: 'resolve',
      audited: 'exception.resolve',
      decide: (facts, tx) => decideBooking(tx, { facts, input, code, terms, now }),
    });
  }
  return act(sql, input, {
    action: 'resolve',
    audited: 'exception.resolve',
    isAlone: true,
    decide: (facts) => {
      const resolution = readResolution(input, { type: facts.type, currency: facts.currency, codes });
      if (!resolution.ok) return resolution;
      const { code: chosen, note, minor, evidence } = resolution.value;
      return accept({
        next: resolved(facts, { code: chosen, minor, now }),
        reason: chosen,
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
}
