import type { RuleRefusal } from '../../../core/refusal.ts';
import type { RuleChangeState, Seat } from '../../../core/rule-change.ts';

/** A change of a rule, and the three who decide it. Names, words and instants that are passed in are written for the reader already. */
const seats = {
  data_owner: 'data owner',
  ops_lead: 'operations lead',
  governance: 'governance reviewer',
} satisfies Record<Seat, string>;

/** What became of a change. */
const over = {
  activated: 'This change was approved by all three already, and is in use.',
  rejected: 'This change was rejected already.',
  withdrawn: 'This change was withdrawn by whoever proposed it.',
  expired: 'The time to decide this change is over.',
} satisfies Record<Exclude<RuleChangeState, 'pending'>, string>;

export const rule = {
  seats,
  titles: {
    pending: (name: string) => `Change of a rule: ${name}`,
    activated: (name: string) => `Rule changed: ${name}`,
    rejected: (name: string) => `Change rejected: ${name}`,
    withdrawn: (name: string) => `Change withdrawn: ${name}`,
    expired: (name: string) => `Change not decided in time: ${name}`,
  } satisfies Record<RuleChangeState, (name: string) => string>,
  bodies: {
    pending:
      'Runs go on with the rule as it is until a data owner, an operations lead and a governance reviewer have approved: three different people, none of them whoever asks.',
    activated: 'All three approved. The next run uses the changed rule.',
    rejected: 'The rule stays as it was.',
    withdrawn: 'The rule stays as it was.',
    expired: 'The rule stays as it was. Whoever wants the change proposes it again.',
  } satisfies Record<RuleChangeState, string>,
  labels: {
    by: 'Asked by',
    why: 'Why',
    version: 'Version',
    until: 'Decide until',
    decided: 'Decided',
    note: 'Note',
  },
  version: (to: { from: number; to: number }) => `${to.to}, in place of ${to.from}`,
  clock: 'nobody, the time was over',
  decided: (to: { who: string; at: string }) => `${to.who}, ${to.at}`,
  approvals: 'Approvals',
  taken: (to: { seat: string; name: string; at: string }) => `${to.seat}: ${to.name}, ${to.at}`,
  open: (to: { seat: string; who: string }) =>
    to.who === '' ? `${to.seat}: still open` : `${to.seat}: still open, asks ${to.who}`,
  unfilled: (seat: string) => `${seat}: never given`,
  others: (count: number) => `${count} more`,
  changes: 'What changes',
  gone: 'no longer',
  come: 'new',
  places: 'In the file',
  place: (to: { path: string; before: string | null; after: string | null }) => {
    if (to.before === null) return `${to.path}: new, ${to.after ?? ''}`;
    return to.after === null
      ? `${to.path}: gone, was ${to.before}`
      : `${to.path}: ${to.before} → ${to.after}`;
  },
  more: (count: number) => `${count} more: press Details`,
  cut: (count: number) => `${count} more: tieout rules status shows all`,
  forms: {
    approve: {
      title: 'Approve a rule change',
      submit: 'Approve',
      seat: 'As whom?',
      seatHint: 'Each of the three is another person. Whoever has several roles takes one seat.',
      note: 'Note',
    },
    reject: {
      title: 'Reject a rule change',
      submit: 'Reject',
      reasonHint: 'The change ends with this. Whoever proposed it is told.',
    },
    details: 'Change of a rule',
  },
  approved: (to: { seat: string }) => `Approved, as ${to.seat}.`,
  approvedLast: 'Approved. All three agreed, and the next run uses the changed rule.',
  rejected: 'Rejected. The rule stays as it was.',
  recon: (to: { version: number; by: string; until: string; open: string }) =>
    `A change to version ${to.version} is proposed by ${to.by}. Still to approve, until ${to.until}: ${to.open}`,
  governed:
    'A rule changes by proposal (tieout rules propose) and three approvals. One alone: /recon rules, and its name.',
  over,
  refusals: {
    rules_not_governed: () =>
      'Rules are not changed by approval here: tieout.yaml has no governance section, so the files decide. Add governance with a channel, or just change the file.',
    rule_unknown: (to: { name: string }) =>
      `${to.name} is not on the record yet, so there is nothing to change. Put the file into reconciliations and run it: the first version is active from the start.`,
    rule_unchanged: (to: { name: string; version: number }) =>
      `This says what version ${to.version} of ${to.name} says, which is in use. There is nothing to propose; change the file first.`,
    rule_change_pending: (to: { name: string; by: string; until: string }) =>
      `${to.by} proposed a change of ${to.name} already, which can be decided until ${to.until}. Have it approved, rejected or withdrawn first.`,
    too_few_approvers: () =>
      'Three different people must approve, none of them you, and the configuration has not enough with these roles. Ask an admin to give the roles data_owner, ops_lead and governance to more people.',
    rule_change_unknown: () =>
      'This change does not exist here any more. Nothing changed; look at the newest message of the channel, or /recon rules.',
    rule_change_over: (to: { how: string; by: string | undefined; at: string }) =>
      `${to.how} (${to.by === undefined ? '' : `${to.by}, `}${to.at}) Nothing changed now; look at the message as it is.`,
    rule_change_outdated: (to: { name: string }) =>
      `The rule of ${to.name} changed since this was proposed, so what you read is not what would change. Reject it, and have it proposed anew.`,
    own_rule_change: () =>
      'You proposed this change yourself, so three other people must approve it. Reject withdraws it.',
    already_seated: (to: { seat: string }) =>
      `You approved this already, as ${to.seat}. Three different people are needed, not three roles of one person: ask somebody else.`,
    seat_taken: (to: { seat: string; name: string; at: string }) =>
      `${to.name} approved this as ${to.seat} already, ${to.at}. Only the open seats are still needed.`,
    seat_not_yours: (to: { seat: string }) =>
      `You may not approve as ${to.seat}: you do not have that role, or not any more. Choose a seat of yours, or ask an admin for the role.`,
    seat_unknown: (to: { given: string }) =>
      `"${to.given}" is no seat of an approval. Choose data owner, operations lead or governance reviewer.`,
  } satisfies Record<RuleRefusal['code'], unknown>,
};
