export const STATUSES = ['open', 'claimed', 'waiting', 'awaiting_approval', 'resolved', 'cleared'] as const;
export type Status = (typeof STATUSES)[number];

export const TRANSITION_ACTIONS = [
  'claim',
  'unclaim',
  'wait',
  'resume',
  'propose',
  'approve',
  'reject',
  'resolve',
  'clear',
  'reopen',
] as const;
export type TransitionAction = (typeof TRANSITION_ACTIONS)[number];

/**
 * The only transition table of an exception. An empty cell is refused. Cards, the database's check and the table in
 * docs/lifecycle.md are derived from it or tested equal to it. Escalating is not here: it raises the level and keeps
 * status and owner.
 */
const TRANSITIONS = {
  open: { claim: 'claimed', clear: 'cleared' },
  claimed: {
    unclaim: 'open',
    wait: 'waiting',
    propose: 'awaiting_approval',
    resolve: 'resolved',
    clear: 'cleared',
  },
  waiting: { unclaim: 'open', resume: 'claimed', clear: 'cleared' },
  awaiting_approval: { approve: 'resolved', reject: 'claimed' },
  resolved: { reopen: 'open' },
  cleared: { reopen: 'open' },
} as const satisfies Record<Status, Partial<Record<TransitionAction, Status>>>;

/** The status an action leads to, or undefined where the table refuses it. */
export function nextStatus(status: Status, action: TransitionAction): Status | undefined {
  const row: Partial<Record<TransitionAction, Status>> = TRANSITIONS[status];
  return Object.hasOwn(row, action) ? row[action] : undefined;
}

/** Actions that keep the status, with the statuses that allow them; everything else is in the transition table. */
const STEADY_ACTIONS = {
  escalate: ['open', 'claimed', 'waiting', 'awaiting_approval'],
  hand_over: ['claimed', 'waiting'],
  match: ['claimed'],
  unmatch: ['claimed'],
  never: ['claimed'],
  lift: ['claimed'],
  assign: ['open', 'claimed', 'waiting'],
  rule_change: ['open', 'claimed', 'waiting'],
} as const satisfies Record<string, readonly Status[]>;
type SteadyAction = keyof typeof STEADY_ACTIONS;

const isSteady = (action: string): action is SteadyAction => Object.hasOwn(STEADY_ACTIONS, action);

/** Everything that a status can allow. */
export type OfferedAction = TransitionAction | SteadyAction;

/** Whether the status allows the action, whoever asks. */
export function allows(status: Status, action: OfferedAction): boolean {
  if (!isSteady(action)) return nextStatus(status, action) !== undefined;
  const statuses: readonly Status[] = STEADY_ACTIONS[action];
  return statuses.includes(status);
}

/** Everything that can still change by a person's hand: neither resolved nor cleared. */
export const LIVE_STATUSES: readonly Status[] = STATUSES.filter(
  (status) => status !== 'resolved' && status !== 'cleared',
);

export const isLive = (status: Status): boolean => LIVE_STATUSES.includes(status);

/** Whether the status needs an owner: nobody can be resolving, waiting or proposing without having claimed. */
export const hasOwner = (status: Status): boolean =>
  status === 'claimed' || status === 'waiting' || status === 'awaiting_approval';
