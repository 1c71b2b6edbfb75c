import type { Role } from './organisation.ts';

/** Everything a person can press; the words are the buttons' action ids. */
export const PERSON_ACTIONS = [
  'claim',
  'unclaim',
  'hand_over',
  'wait',
  'resume',
  'resolve',
  'escalate',
  'approve',
  'reject',
  'reopen',
  'release',
  'hold',
  'reverse',
  'edit',
  'match',
  'unmatch',
  'never',
  'lift',
  'assign',
  'rule_change',
  'rule_propose',
  'rule_approve',
  'rule_reject',
  'details',
] as const;
export type PersonAction = (typeof PERSON_ACTIONS)[number];

/** Where somebody stands towards one exception, read from Postgres in the transaction that acts. */
export type Standing = {
  readonly isOwner: boolean;
  readonly isTeamMember: boolean;
  readonly roles: readonly Role[];
};

type Rule = {
  readonly owner?: true;
  readonly team?: true;
  readonly anyone?: true;
  readonly roles: readonly Role[];
};

/** Who may do what. An action without a row cannot be pressed by anybody. */
const RULES = {
  claim: { team: true, roles: ['ops_lead', 'admin'] },
  unclaim: { owner: true, roles: ['ops_lead', 'admin'] },
  hand_over: { owner: true, roles: ['ops_lead', 'admin'] },
  wait: { owner: true, roles: [] },
  resume: { owner: true, roles: ['ops_lead'] },
  resolve: { owner: true, roles: ['ops_lead'] },
  escalate: { team: true, owner: true, roles: ['ops_lead', 'admin'] },
  approve: { roles: ['finance', 'ops_lead'] },
  reject: { owner: true, roles: ['finance', 'ops_lead'] },
  reopen: { team: true, roles: ['ops_lead', 'admin'] },
  release: { owner: true, roles: ['finance', 'ops_lead'] },
  hold: { roles: ['finance', 'ops_lead'] },
  reverse: { roles: ['finance', 'ops_lead'] },
  edit: { roles: ['finance', 'ops_lead'] },
  match: { owner: true, roles: ['ops_lead'] },
  unmatch: { owner: true, roles: ['ops_lead'] },
  never: { owner: true, roles: ['ops_lead'] },
  lift: { owner: true, roles: ['ops_lead'] },
  assign: { roles: ['ops_lead', 'admin'] },
  rule_change: { roles: ['ops_lead', 'admin'] },
  rule_propose: { roles: ['ops_lead', 'admin', 'data_owner', 'governance'] },
  rule_approve: { roles: ['data_owner', 'ops_lead', 'governance'] },
  rule_reject: { roles: ['data_owner', 'ops_lead', 'governance'] },
  details: { anyone: true, roles: [] },
} as const satisfies Record<PersonAction, Rule>;

/** Whether somebody standing so may press the action; deny by default. */
export function may(action: PersonAction, standing: Standing): boolean {
  const rule: Rule = RULES[action];
  if (rule.anyone) return true;
  if (rule.owner && standing.isOwner) return true;
  if (rule.team && standing.isTeamMember) return true;
  return rule.roles.some((role) => standing.roles.includes(role));
}

/** A kind of person who may do something. */
export type Holder = 'owner' | 'team' | Role;

/** Who may press the action; nobody in particular where everybody may. */
export function holdersOf(action: PersonAction): readonly Holder[] {
  const rule: Rule = RULES[action];
  return [...(rule.owner ? ['owner' as const] : []), ...(rule.team ? ['team' as const] : []), ...rule.roles];
}

/** Who may press the action, in English words: for logs and programs. */
export const whoMay = (action: PersonAction): string =>
  holdersOf(action)
    .map((holder) => HOLDER_WORDS[holder])
    .join(' or ');

const HOLDER_WORDS = {
  owner: 'its owner',
  team: 'a member of its team',
  account_manager: 'an account manager',
  ops_lead: 'an ops lead',
  finance: 'finance',
  admin: 'an admin',
  approver: 'an approver',
  auditor: 'an auditor',
  data_owner: 'a data owner',
  governance: 'a governance reviewer',
} as const satisfies Record<Holder, string>;
