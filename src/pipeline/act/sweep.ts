import { cutoffDay } from '../../core/cutoff.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { lapseOffer } from './answer-offer.ts';
import { lapse } from './decide-four-eyes.ts';
import { expireRuleChange } from './decide-rule-change.ts';
import { dueHolds } from './due-holds.sql.ts';
import { dueOffers } from './due-offers.sql.ts';
import { dueProposals, overProposals } from './due-proposals.sql.ts';
import { dueRuleChanges } from './due-rule-changes.sql.ts';
import { dueWaits } from './due-waits.sql.ts';
import { expireHolds } from './expire-holds.ts';
import { giveBack, leaverships, withdrawOffer } from './give-back.ts';
import { lapseProposal } from './reject.ts';
import { resumeOnTime } from './resume.ts';

export type Swept = {
  readonly resumed: number;
  readonly lapsed: number;
  /** Proposals that nobody decided in time. */
  readonly undecided: number;
  /** Holds whose time by policy was over. */
  readonly expired: number;
  /** Given back to their teams, because whoever had claimed them left. */
  readonly givenBack: number;
  /** Changes of rules that three people did not approve in time. */
  readonly rulesExpired: number;
};

/**
 * Does what nobody presses: waits whose day has come end, offers that nobody answered and proposals that nobody decided
 * lapse, holds end by their policy, and what people hold who left goes back to its team. Each in a transaction of its own, so
 * that any number of instances may sweep at once and each is done once. Returns how many of each.
 *
 * Throws: AggregateError after all were tried, when some failed; those are due again at the next sweep.
 */
export async function sweep(
  sql: Sql,
  {
    workspaceId,
    zone,
    now,
    moneyTeam,
    rulesChannel,
  }: {
    workspaceId: string;
    zone: string;
    now: Date;
    moneyTeam?: string | undefined;
    /** Where changes of rules are decided. */
    rulesChannel?: string | undefined;
  },
): Promise<Swept> {
  const today = cutoffDay(now, zone);
  const waits = await inWorkspace(sql, workspaceId, (tx) => dueWaits(tx, { workspaceId, today }));
  const errors: unknown[] = [];
  const resumed = await countDone(waits, errors, (exceptionId) =>
    resumeOnTime(sql, { workspaceId, exceptionId, program: PROGRAM }, { now, zone }),
  );
  const offers = await inWorkspace(sql, workspaceId, (tx) => dueOffers(tx, { workspaceId, now }));
  const lapsed = await countDone(offers, errors, (exceptionId) =>
    lapseOffer(sql, { workspaceId, exceptionId, program: PROGRAM }, now),
  );
  const proposals = await inWorkspace(sql, workspaceId, (tx) => dueProposals(tx, { workspaceId, now }));
  const undecided = await countDone(proposals, errors, (exceptionId) =>
    lapseProposal(sql, { workspaceId, exceptionId, program: PROGRAM }, now),
  );
  const holds = await inWorkspace(sql, workspaceId, (tx) => dueHolds(tx, { workspaceId, now }));
  const expired = await countTogether(holds, errors, (holdIds) =>
    expireHolds(sql, holdIds, { workspaceId, program: PROGRAM, now, moneyTeam }),
  );
  const over = await inWorkspace(sql, workspaceId, (tx) => overProposals(tx, { workspaceId, now }));
  const ended = await countDone(over, errors, (proposalId) =>
    lapse(sql, { workspaceId, proposalId, program: PROGRAM, now }),
  );
  const changes = await inWorkspace(sql, workspaceId, (tx) => dueRuleChanges(tx, { workspaceId, now }));
  const rulesExpired = await countDone(changes, errors, (changeId) =>
    expireRuleChange(sql, { workspaceId, changeId, program: PROGRAM, channel: rulesChannel, now }),
  );
  const left = await tryLeavers(sql, { workspaceId, now }, errors);
  throwAll(errors);
  const { givenBack } = left;
  return {
    resumed,
    lapsed: lapsed + left.lapsed,
    undecided: undecided + ended,
    expired,
    givenBack,
    rulesExpired,
  };
}

/**
 * What people claimed, or are offered, who are no longer here, goes back to its team or its owner.
 *
 * Throws: AggregateError after all were tried, when some failed.
 */
export async function sweepLeavers(
  sql: Sql,
  about: { workspaceId: string; now: Date },
): Promise<{ lapsed: number; givenBack: number }> {
  const errors: unknown[] = [];
  const left = await tryLeavers(sql, about, errors);
  throwAll(errors);
  return left;
}

function throwAll(errors: readonly unknown[]): void {
  if (errors.length > 0)
    throw new AggregateError(errors, `${errors.length} timers failed; they are tried again`);
}

async function tryLeavers(
  sql: Sql,
  { workspaceId, now }: { workspaceId: string; now: Date },
  errors: unknown[],
): Promise<{ lapsed: number; givenBack: number }> {
  const { held, offered } = await leaverships(sql, workspaceId);
  const holding = new Map(held.map((one) => [one.exceptionId, one]));
  const givenBack = await countDone([...holding.keys()], errors, async (exceptionId) => {
    const one = holding.get(exceptionId);
    const input = { workspaceId, exceptionId, program: PROGRAM };
    return one !== undefined && (await giveBack(sql, input, { held: one, now }));
  });
  const lapsed = await countDone(offered, errors, (exceptionId) =>
    withdrawOffer(sql, { workspaceId, exceptionId, program: PROGRAM }, now),
  );
  return { lapsed, givenBack };
}

const PROGRAM = 'timer';

/** So many end in one transaction: a press waits no longer than that for the trail. */
const TOGETHER = 50;

/** How many of these did something, done together; where some cannot be, each by itself, and one that fails keeps none of the others from it. */
async function countTogether(
  ids: readonly string[],
  errors: unknown[],
  work: (ids: readonly string[]) => Promise<number>,
): Promise<number> {
  let done = 0;
  for (let from = 0; from < ids.length; from += TOGETHER) {
    const some = ids.slice(from, from + TOGETHER);
    try {
      done += await work(some);
    } catch {
      done += await countDone(some, errors, async (id) => (await work([id])) > 0);
    }
  }
  return done;
}

/** How many of these did something; one that fails keeps none of the others from it. */
async function countDone(
  ids: readonly string[],
  errors: unknown[],
  work: (id: string) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  for (const id of ids) {
    try {
      if (await work(id)) done += 1;
    } catch (error) {
      errors.push(error);
    }
  }
  return done;
}
