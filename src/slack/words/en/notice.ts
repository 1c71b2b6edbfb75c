/** Messages of their own. `what` is the exception's number and title: `EX-1042 Missing invoice`. */
export const notice = {
  escalated: (what: string, target: string) => `${what} was escalated to ${target}`,
  escalatedBy: 'Escalated by',
  somebody: 'somebody',
  offered: (what: string) => `${what} is offered to you`,
  offeredOnce: (what: string) => `${what} was offered to you`,
  /** Before the instant when that was. */
  ended: {
    accepted: 'Accepted',
    declined: 'Declined',
    lapsed: 'Not answered in time',
    withdrawn: 'Taken back',
  },
  answerUntil: 'Answer until',
  taken_over: (what: string, by: string) => `${what} was taken over by ${by}`,
  assigned: (what: string) => `${what} was given to you by the triage meeting`,
  declined: (what: string, by: string) => `${what} was declined by ${by}`,
  offer_lapsed: (what: string) => `${what} was not taken over in time`,
  lapsedBody: (from: string, to: string) =>
    `${from} offered it to ${to}, and the time to answer is over. Its owner keeps it.`,
  offer_withdrawn: (what: string) => `${what} is no longer offered to you`,
  withdrawnBecause: {
    assigned: 'The triage meeting gave it to somebody else before you answered.',
    given_back: 'It was given back to its team before you answered.',
    resolved: 'It was resolved before you answered.',
  },
  approved: (what: string, by: string) => `${what} was approved by ${by}`,
  approvedBody: 'It is resolved, and its entry goes to the ledger.',
  rejected: (what: string, by: string) => `${what} was rejected by ${by}`,
  proposal_lapsed: (what: string) => `${what} was not decided in time`,
  proposalLapsedBody:
    'The proposal is over and nothing was booked. It is claimed again: propose it anew if it still stands.',
  wait_over: (what: string) => `${what} waits no longer`,
  waitedFor: (note: string) => `It waited for: ${note}`,
  nobodyOf: (team: string) => `nobody (team ${team})`,
  settled: (count: number) => `${count} settled by rule`,
  settledSum: (count: number, total: string) => `${count} settled by rule, ${total} in all`,
  checks: {
    title: (reconciliation: string) => `${reconciliation}: fewer records find each other than should`,
    body: 'Nothing was undone. Look first whether a delivery is missing or cut, or whether a source writes its references otherwise than before.',
    names: { match_rate: 'Matched of what is due', match_rate_drop: 'Matched, beside what is usual' },
    found: (found: string, least: string) => `${found}; at least ${least} was to be expected`,
  },
  settledBody: (reconciliation: string) =>
    `${reconciliation}: nothing to do unless one of these looks wrong.`,
  noOrder: 'No order',
  bookedTo: (months: string) => `booked to ${months}`,
  and: 'And',
  more: (count: number) => `${count} more`,
  sum: (what: string, total: string) => `${what}, ${total} in all`,
  /** What time alone made happen: about one exception, or about many at once. */
  step: {
    reminder: {
      one: (what: string) => `${what} is due soon`,
      many: (count: number) => `${count} exceptions are due soon`,
      body: 'There is still time: please resolve, wait or hand over.',
    },
    unclaimed: {
      one: (what: string) => `${what} was not claimed in time`,
      many: (count: number) => `${count} exceptions were not claimed in time`,
      body: 'Somebody of the team should press Claim, or its lead find somebody.',
    },
    breach: {
      one: (what: string) => `${what} was not resolved in time`,
      many: (count: number) => `${count} exceptions were not resolved in time`,
      body: 'The level was raised. Owner and status stay.',
    },
    escalation: {
      one: (what: string) => `${what} is still not resolved`,
      many: (count: number) => `${count} exceptions are still not resolved`,
      body: 'The level was raised again. Owner and status stay.',
    },
    stale: {
      one: (what: string) => `${what}: nothing has happened since it was claimed`,
      many: (count: number) => `${count} exceptions: nothing has happened since they were claimed`,
      body: 'Please resolve, wait, hand over or give back. Otherwise this goes back to the team.',
    },
    released: {
      one: (what: string) => `${what} went back to its team`,
      many: (count: number) => `${count} exceptions went back to their team`,
      body: 'Nothing had happened since somebody claimed, and they had been reminded.',
    },
    ping_pong: {
      one: (what: string) => `${what} goes from hand to hand`,
      many: (count: number) => `${count} exceptions go from hand to hand`,
      body: 'It was handed over three times and is still not settled. Its level was raised. Its owner and its status stay: decide who settles it, or how.',
    },
  },
};
