import type { FeedContract } from '../../core/contract.ts';

/**
 * The contract with the time of every line of a delivery, where events that are pushed to the feed say when they happened: what speaks of an
 * earlier time than the record does not stand, however late it comes. A source that is asked, and a file, speak of one time in all lines.
 */
export function withTimes<Contract extends FeedContract>(
  contract: Contract,
  at: (line: number) => number,
): Contract {
  if (contract.webhook?.at === undefined) return contract;
  return { ...contract, asOf: (line) => new Date(at(line)).toISOString() };
}

/** Providers write whole seconds: what was asked within the second of an event does not count as later than it. */
export const wholeSecond = (at: number): number => Math.floor(at / 1_000) * 1_000;
