import type { Severity } from '../../../core/severity.ts';

type Held = { readonly owner: string; readonly since: string | undefined };

/** What a card says. Names, amounts and instants that are passed in are written for the reader already. */
export const card = {
  severity: {
    auto_resolve: 'Settles itself',
    manual_review: 'Needs review',
    block_payout: 'Blocks the payout',
  } satisfies Record<Severity, string>,
  labels: {
    expected: 'Expected',
    actual: 'Actual',
    difference: 'Difference',
    atStake: 'At stake',
    client: 'Client',
    order: 'Order',
    due: 'Due',
    openSince: 'Open since',
    owner: 'Owner',
    team: 'Team',
    lead: 'Team lead',
    routedBy: 'Because of',
    waitsFor: 'Waits for',
    offeredTo: 'Offered to',
    proposed: 'Proposed',
    whatDiffers: 'What differs',
    whatToDo: 'What to do',
    playbook: 'Playbook',
  },
  buttons: {
    claim: 'Claim',
    resume: 'Resume',
    resolve: 'Resolve',
    unclaim: 'Give back',
    escalate: 'Escalate',
    reopen: 'Reopen',
    approve: 'Approve',
    reject: 'Reject',
    details: 'Details',
    hand_over: 'Hand over',
    wait: 'Wait',
    accept: 'Accept',
    decline: 'Decline',
    playbook: 'Playbook',
    previous: 'Previous',
    next: 'Next',
  },
  /** Fields that every reconciliation compares; others are shown as the specification writes them. */
  fields: { amount: 'amount', repeated: 'repeated' },
  noPlaybook: 'There is no playbook for this type any more.',
  nobody: 'nobody',
  /** A side without a document. */
  nothingFound: 'nothing found',
  /** A document that has none. */
  noAmount: 'no amount',
  /** A field without a value. */
  nothing: 'nothing',
  noDifference: 'none',
  moreThanExpected: (amount: string) => `${amount} more than expected`,
  lessThanExpected: (amount: string) => `${amount} less than expected`,
  escalated: (level: number) => `escalated, level ${level}`,
  finding: (to: { field: string; expected: string; actual: string }) =>
    `${to.field}: expected ${to.expected}, actual ${to.actual}`,
  moreFindings: (count: number) => `and ${count} more, under Details`,
  amounts: (to: { expected: string; actual: string; atStake: string }) =>
    `Expected ${to.expected}, actual ${to.actual}, at stake ${to.atStake}`,
  dueAndOpen: (due: string, opened: string) => `Due ${due}, open since ${opened}`,
  teamAndOwner: (team: string, owner: string) => `Team ${team}, owner ${owner}`,
  /** A label with its value in fallback text. */
  line: (label: string, value: string) => `${label}: ${value}`,
  closed: (to: { status: string; code: string | undefined; by: string | undefined; at: string }) =>
    `${to.status}${to.code === undefined ? '' : ` as ${to.code}`}${to.by === undefined ? '' : ` by ${to.by}`}, ${to.at}`,
  laterRun: 'a later run',
  unclaimed: (status: string) => `${status}: nobody has claimed it yet`,
  claimed: ({ owner, since }: Held) => `Claimed by ${owner}${since === undefined ? '' : ` since ${since}`}`,
  held: ({ owner, since, status }: Held & { status: string }) =>
    `${status}, claimed by ${owner}${since === undefined ? '' : ` since ${since}`}`,
  waiting: ({ owner, since, status, until }: Held & { status: string; until: string }) =>
    `${status} until ${until}, claimed by ${owner}${since === undefined ? '' : ` since ${since}`}`,
  offered: (to: { name: string; until: string; note: string }) =>
    `${to.name}, who can answer until ${to.until} (“${to.note}”)`,
  books: { adjustment: 'adjustment', write_off: 'write-off' },
  proposal: (to: { books: string; amount: string; by: string; until: string }) =>
    `${to.books} of ${to.amount} by ${to.by}; somebody else can decide until ${to.until}`,
  due: (at: string, promise: string) => `${at} (${promise})`,
  duePaused: (at: string, promise: string) => `${at} (${promise}; the time stands still while it waits)`,
};
