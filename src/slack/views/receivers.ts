import type { Organisation } from '../../core/organisation.ts';
import { LIMITS, type Option } from './blocks.ts';
import { plain } from './escape.ts';

const LEADS: readonly string[] = ['ops_lead', 'finance', 'admin'];

/** Who something can be escalated to: every team, and people who lead one or hold a leading role. */
export function escalationTargets({ teams, people }: Pick<Organisation, 'teams' | 'people'>): {
  readonly teams: readonly Option[];
  readonly people: readonly Option[];
} {
  const leads = new Set(teams.map((team) => team.lead));
  const leading = people.filter(
    (person) => leads.has(person.key) || person.roles.some((role) => LEADS.includes(role)),
  );
  const usable = ({ value }: Option): boolean => value.length <= LIMITS.optionValue;
  const label = (name: string): string => plain(name, LIMITS.optionText);
  return {
    teams: teams.map(({ key, name }) => ({ label: label(name), value: `team:${key}` })).filter(usable),
    people: leading.map(({ key, name }) => ({ label: label(name), value: `person:${key}` })).filter(usable),
  };
}
