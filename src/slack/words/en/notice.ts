/** Messages of their own. `what` is the exception's number and title: `EX-1042 Missing invoice`. */
export const notice = {
  escalated: (what: string, target: string) => `${what} was escalated to ${target}`,
  escalatedBy: 'Escalated by',
  somebody: 'somebody',
  offered: (what: string) => `${what} is offered to you`,
  answerUntil: 'Answer until',
  taken_over: (what: string, by: string) => `${what} was taken over by ${by}`,
  declined: (what: string, by: string) => `${what} was declined by ${by}`,
  offer_lapsed: (what: string) => `${what} was not taken over in time`,
  lapsedBody: (from: string, to: string) =>
    `${from} offered it to ${to}, and the time to answer is over. Its owner keeps it.`,
  offer_withdrawn: (what: string) => `${what} is no longer offered to you`,
  withdrawnBecause: {
    given_back: 'It was given back to its team before you answered.',
    resolved: 'It was resolved before you answered.',
  },
  wait_over: (what: string) => `${what} waits no longer`,
  waitedFor: (note: string) => `It waited for: ${note}`,
  nobodyOf: (team: string) => `nobody (team ${team})`,
  settled: (count: number) => `${count} settled by rule`,
  settledSum: (count: number, total: string) => `${count} settled by rule, ${total} in all`,
  settledBody: (reconciliation: string) =>
    `${reconciliation}: nothing to do unless one of these looks wrong.`,
  noOrder: 'No order',
  bookedTo: (months: string) => `booked to ${months}`,
  and: 'And',
  more: (count: number) => `${count} more`,
};
