import type { StepKind } from './message.ts';
import type { PolicyStep, StepTarget } from './sla-policy.ts';

type ReachablePerson = {
  readonly personId: string;
  readonly key: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** Who is there for them while they are away. */
  readonly standIn?: { readonly personId: string; readonly name: string } | undefined;
};
type ReachableTeam = {
  readonly teamId: string;
  readonly key: string;
  readonly name: string;
  readonly leadId: string | undefined;
};

/** Everybody and every team that a step can reach, as they are now: active, and here. */
export type Places = {
  readonly people: readonly ReachablePerson[];
  readonly teams: readonly ReachableTeam[];
};

/** Whom a step reaches: how to call them and where their messages go (`team:<key>` or `person:<id>`). */
export type Reached = { readonly name: string; readonly address: string };

/**
 * Whom the targets of a step are for one exception, each once. When none of them is here, the team's channel is told: a
 * step reaches somebody whatever became of whom it names.
 */
export function reach(
  targets: readonly StepTarget[],
  { teamId, ownerId }: { teamId: string; ownerId: string | undefined },
  { people, teams }: Places,
): Reached[] {
  const team = teams.find((one) => one.teamId === teamId);
  const person = (id: string | undefined): Reached[] =>
    people.filter(({ personId }) => personId === id).map(toPerson);
  const reached = targets.flatMap((target): Reached[] => {
    if (target.kind === 'owner') return ownerId === undefined ? channelOf(team) : person(ownerId);
    if (target.kind === 'lead') return person(team?.leadId);
    if (target.kind === 'channel') return channelOf(team);
    const { kind, key: wanted } = target;
    if (kind === 'team') return teams.filter(({ key }) => key === wanted).flatMap(channelOf);
    if (kind === 'person') return people.filter(({ key }) => key === wanted).map(toPerson);
    return people.filter(({ roles }) => roles.includes(wanted)).map(toPerson);
  });
  const all = reached.length === 0 ? channelOf(team) : reached;
  return [...new Map(all.map((one) => [one.address, one])).values()];
}

/** Somebody who is away is reached through who stands in; the trail names both: `Dana (Olga)`. */
const toPerson = ({ personId, name, standIn }: ReachablePerson): Reached => ({
  name: standIn === undefined ? name : `${standIn.name} (${name})`,
  address: `person:${standIn?.personId ?? personId}`,
});

const channelOf = (team: ReachableTeam | undefined): Reached[] =>
  team === undefined ? [] : [{ name: team.name, address: `team:${team.key}` }];

/** Whom to tell when the ops lead must see to it: the team's lead if they are one, else all ops leads with the team's lead. */
export function opsLead(teamId: string, { people, teams }: Places): StepTarget[] {
  const leadId = teams.find((team) => team.teamId === teamId)?.leadId;
  const lead = people.find(({ personId }) => personId === leadId);
  return lead?.roles.includes('ops_lead')
    ? [{ kind: 'lead' }]
    : [{ kind: 'role', key: 'ops_lead' }, { kind: 'lead' }];
}

/** What a step of a policy says to whom it tells. */
export function kindOfStep({ at }: PolicyStep): StepKind {
  if (at.kind === 'share') return 'reminder';
  if (at.kind === 'claim') return 'unclaimed';
  return at.after === undefined ? 'breach' : 'escalation';
}
