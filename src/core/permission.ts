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
  reject: { roles: ['finance', 'ops_lead'] },
  reopen: { team: true, roles: ['ops_lead', 'admin'] },
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

/** Who may press the action, in words, for the person who may not. */
export function whoMay(action: PersonAction): string {
  const rule: Rule = RULES[action];
  const words: string[] = [];
  if (rule.owner) words.push('its owner');
  if (rule.team) words.push('a member of its team');
  for (const role of rule.roles) words.push(ROLE_WORDS[role]);
  return words.join(' or ');
}

const ROLE_WORDS = {
  account_manager: 'an account manager',
  ops_lead: 'an ops lead',
  finance: 'finance',
  admin: 'an admin',
  approver: 'an approver',
  auditor: 'an auditor',
} as const satisfies Record<Role, string>;
