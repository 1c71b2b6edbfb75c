import type { Daily } from '../core/daily-slot.ts';
import type { Organisation } from '../core/organisation.ts';
import type { DigestScope } from '../pipeline/report/digest-scope.sql.ts';

/** One digest that is due again and again: when, of what, and whose. A person is named by key until it is due. */
export type DigestPlan = Daily & {
  /** Its watermark's name. No schedule of tieout.yaml can have it: those have no dot. */
  readonly key: string;
  readonly scope: DigestScope;
  readonly to: { readonly kind: 'team' | 'person'; readonly key: string };
};

/** Every digest that the configuration asks for: one per team, and one per account manager with clients. */
export function digestPlans(organisation: Organisation): DigestPlan[] {
  return [...teamPlans(organisation), ...managerPlans(organisation)];
}

function teamPlans({ digest, teams, calendar, zone }: Organisation): DigestPlan[] {
  const { at: time } = digest;
  if (time === undefined) return [];
  return teams.map((team) => ({
    key: `digest.team.${team.key}`,
    time,
    calendar: { ...calendar, zone: team.zone ?? zone },
    scope: { kind: 'team', team: team.key },
    to: { kind: 'team', key: team.key },
  }));
}

function managerPlans({ digest, clients, calendar, zone }: Organisation): DigestPlan[] {
  const { accountManagersAt: time } = digest;
  if (time === undefined) return [];
  const managers = [...new Set(clients.flatMap(({ accountManager }) => accountManager ?? []))];
  return managers.map((manager) => ({
    key: `digest.person.${manager}`,
    time,
    calendar: { ...calendar, zone },
    scope: {
      kind: 'clients',
      clients: clients.filter(({ accountManager }) => accountManager === manager).map(({ name }) => name),
    },
    to: { kind: 'person', key: manager },
  }));
}
