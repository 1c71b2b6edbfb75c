import { describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../../src/core/organisation.ts';
import { may, PERSON_ACTIONS, type Standing, whoMay } from '../../../src/core/permission.ts';

const NOBODY: Standing = { isOwner: false, isTeamMember: false, roles: [] };
const STANDINGS: Readonly<Record<string, Standing>> = {
  nobody: NOBODY,
  owner: { ...NOBODY, isOwner: true },
  member: { ...NOBODY, isTeamMember: true },
  ...Object.fromEntries(ROLES.map((role: Role) => [role, { ...NOBODY, roles: [role] }])),
};

/** x may, a dot may not. */
const MATRIX = `
action       nobody owner member account_manager ops_lead finance admin approver auditor data_owner governance
claim        .      .     x      .               x        .       x     .        .       .          .
unclaim      .      x     .      .               x        .       x     .        .       .          .
hand_over    .      x     .      .               x        .       x     .        .       .          .
wait         .      x     .      .               .        .       .     .        .       .          .
resume       .      x     .      .               x        .       .     .        .       .          .
resolve      .      x     .      .               x        .       .     .        .       .          .
escalate     .      x     x      .               x        .       x     .        .       .          .
approve      .      .     .      .               x        x       .     .        .       .          .
reject       .      x     .      .               x        x       .     .        .       .          .
reopen       .      .     x      .               x        .       x     .        .       .          .
release      .      x     .      .               x        x       .     .        .       .          .
hold         .      .     .      .               x        x       .     .        .       .          .
reverse      .      .     .      .               x        x       .     .        .       .          .
edit         .      .     .      .               x        x       .     .        .       .          .
match        .      x     .      .               x        .       .     .        .       .          .
unmatch      .      x     .      .               x        .       .     .        .       .          .
never        .      x     .      .               x        .       .     .        .       .          .
lift         .      x     .      .               x        .       .     .        .       .          .
assign       .      .     .      .               x        .       x     .        .       .          .
rule_change  .      .     .      .               x        .       x     .        .       .          .
rule_propose .      .     .      .               x        .       x     .        .       x          x
rule_approve .      .     .      .               x        .       .     .        .       x          x
rule_reject  .      .     .      .               x        .       .     .        .       x          x
details      x      x     x      x               x        x       x     x        x       x          x`;

describe('who may press what', () => {
  it('is this matrix, every action against every relation and role', () => {
    const rows = PERSON_ACTIONS.map((action) =>
      [action, ...Object.values(STANDINGS).map((standing) => (may(action, standing) ? 'x' : '.'))].join(' '),
    );

    const [header, ...expected] = MATRIX.trim()
      .split('\n')
      .map((line) => line.replace(/ +/g, ' '));
    expect(header).toBe(['action', ...Object.keys(STANDINGS)].join(' '));
    expect(rows).toEqual(expected);
  });

  it('is granted by any one of several roles', () => {
    expect(may('resolve', { ...NOBODY, roles: ['auditor', 'ops_lead'] })).toBe(true);
  });

  it.each([
    ['claim', 'a member of its team or an ops lead or an admin'],
    ['wait', 'its owner'],
    ['resolve', 'its owner or an ops lead'],
    ['approve', 'finance or an ops lead'],
  ] as const)('is told in words for %s: %s', (action, words) => {
    expect(whoMay(action)).toBe(words);
  });
});
