import { expect, it } from 'vitest';
import { newKey, roleGiven, rolesTold, roleTaken } from '../../../src/core/role-lines.ts';

const told = (events: string[][]) => {
  const { roles, untold } = rolesTold(events);
  return {
    roles: Object.fromEntries([...roles].map(([key, held]) => [key, [...held]])),
    untold: [...untold],
  };
};

it('adds what was given and leaves out what was taken, whatever else the lines say', () => {
  const events = [
    ['person ana: added or changed', roleGiven('ana', 'finance'), roleGiven('ana', 'admin')],
    [roleTaken('ana', 'finance'), 'person ana: no longer active', 'team media: with ana'],
  ];
  expect(told(events)).toEqual({ roles: { ana: ['admin'] }, untold: [] });
});

it('takes roles along to a new key, and gives the old one to whoever has it next', () => {
  const events = [[roleGiven('ana', 'finance')], [roleGiven('ana', 'admin'), newKey('anna', 'ana')]];
  expect(told(events)).toEqual({ roles: { anna: ['finance'], ana: ['admin'] }, untold: [] });
});

it('does not tell the roles of a key that took the place of an unnamed one', () => {
  const events = [[roleGiven('ana', 'finance')], ['person anna: has a new key'], [newKey('annika', 'anna')]];
  expect(told(events).untold).toEqual(['annika']);
});
