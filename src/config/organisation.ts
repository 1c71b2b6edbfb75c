import { suggestion } from '../core/nearest-word.ts';
import type { Organisation, OwnershipRow } from '../core/organisation.ts';
import type { Reconciliation } from '../core/spec.ts';
import { checkGovernance, toGovernance } from './governance.ts';
import { checkMoney, toMoney } from './money.ts';
import { checkOwnership, checkType, conditionsOf, knownTypes } from './ownership.ts';
import { refuseRepeated } from './reconciliation.ts';
import { toResolutionCodes } from './resolution-codes.ts';
import { type OrganisationFile, WEEKDAYS } from './schema-organisation.ts';
import { checkPolicies, slaOf, toPolicies } from './sla-policies.ts';
import { checkEndpoints, toEndpoints } from './webhooks.ts';
import type { YamlSource } from './yaml.ts';

const WORKED = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const ACTING = { handOverTimeoutMs: 4 * 3_600_000, waitPausesSla: false };
const FLOOD = { threshold: 20, windowMs: 60_000 };
const DIGEST = { at: '08:00', accountManagersAt: '18:00' };
/** A nightly run that failed on a Friday is seen on Monday. */
const FRESH_WITHIN_MS = 3 * 86_400_000;
const AGENDA_BEFORE_MS = 2 * 3_600_000;
const REQUESTS_PER_SECOND = 500;
const DELIVERY = { timeoutMs: 10_000, settleMs: 20_000, paceMs: 1_000 };

/** The organisation that `tieout.yaml` states, before its names are checked. */
export function toOrganisation(
  file: OrganisationFile,
  source: YamlSource,
  playbooks: Organisation['playbooks'],
): Organisation {
  const { workspace, calendar, delivery, acting, flood, digest } = file;
  return {
    name: workspace.name,
    slackTeamId: workspace.slack_team,
    slackAppId: workspace.slack_app,
    zone: workspace.zone,
    locale: workspace.locale ?? 'en',
    people: Object.entries(file.people).map(([key, { name, email, slack, locale, roles, deputy, away }]) => ({
      key,
      name,
      email,
      slackUserId: slack,
      locale,
      roles: [...new Set(roles)],
      deputy,
      away: [...(away ?? [])].sort((a, b) => (a.from < b.from ? -1 : 1)),
    })),
    teams: Object.entries(file.teams).map(
      ([key, { name, channel, members, lead, deputy, usergroup, locale, zone, fallback }]) => ({
        key,
        name,
        channel,
        members: [...new Set(members)],
        lead,
        deputy,
        usergroup,
        locale,
        zone,
        fallback: fallback ?? [],
      }),
    ),
    clients: (file.clients ?? []).map(({ name, account_manager, locale }) => ({
      name,
      accountManager: account_manager,
      locale,
    })),
    ownership: file.ownership.map((row, index) => toOwnership(row, { file, source, index })),
    slaPolicies: toPolicies(file.sla_policies),
    calendar: {
      zone: calendar?.zone ?? workspace.zone,
      workdays: (calendar?.workdays ?? WORKED).map((day) => WEEKDAYS.indexOf(day) + 1).sort(),
      holidays: [...new Set(calendar?.holidays ?? [])].sort(),
      hours: calendar?.hours,
      halfDays: calendar?.half_days,
    },
    resolutionCodes: toResolutionCodes(file),
    money: toMoney(file),
    governance: toGovernance(file),
    playbooks,
    schedules: (file.schedules ?? []).map(({ name, cron, reconciliation }) => ({
      key: name,
      cron,
      reconciliation,
    })),
    acting: {
      handOverTimeoutMs: acting?.hand_over_timeout ?? ACTING.handOverTimeoutMs,
      waitPausesSla: acting?.wait_pauses_sla ?? ACTING.waitPausesSla,
    },
    flood: {
      threshold: flood?.threshold ?? FLOOD.threshold,
      windowMs: flood?.window ?? FLOOD.windowMs,
    },
    digest: {
      at: timeOrOff(digest?.at ?? DIGEST.at),
      accountManagersAt: timeOrOff(digest?.account_managers_at ?? DIGEST.accountManagersAt),
    },
    triage: file.triage && {
      team: file.triage.team,
      days: [...new Set(file.triage.days.map((day) => WEEKDAYS.indexOf(day) + 1))].sort(),
      time: file.triage.at,
      beforeMs: file.triage.agenda ?? AGENDA_BEFORE_MS,
      small: file.triage.small,
    },
    holds: {
      expireAfterMs: file.holds?.expire_after ?? {},
      freshWithinMs: file.holds?.fresh_within ?? FRESH_WITHIN_MS,
    },
    webhooks: toEndpoints(file.webhooks),
    api: { requestsPerSecond: file.api?.requests_per_second ?? REQUESTS_PER_SECOND },
    delivery: {
      timeoutMs: delivery?.timeout ?? DELIVERY.timeoutMs,
      settleMs: delivery?.settle ?? DELIVERY.settleMs,
      paceMs: delivery?.pace ?? DELIVERY.paceMs,
    },
  };
}

const timeOrOff = (time: string): string | undefined => (time === 'off' ? undefined : time);

const toOwnership = (
  row: OrganisationFile['ownership'][number],
  { file, source, index }: { file: OrganisationFile; source: YamlSource; index: number },
): OwnershipRow => ({
  row: index + 1,
  source: source.place(['ownership', index]),
  ...conditionsOf(row),
  team: row.team,
  ...slaOf(row.sla, file.sla_policies),
  hold: row.hold,
});

/** Notes on `source` every name in `tieout.yaml` that refers to nothing, and an ownership matrix with a hole. */
export function checkOrganisation(
  file: OrganisationFile,
  source: YamlSource,
  specs: { readonly known: readonly Reconciliation[]; readonly isComplete: boolean },
): void {
  checkPeople(file, source);
  checkOwnership(file, source, specs.known);
  checkPolicies(file, source);
  checkEndpoints(file.webhooks, source);
  for (const [index, { reconciliation }] of (file.schedules ?? []).entries()) {
    const keys = specs.known.map(({ key }) => key);
    if (!specs.isComplete || keys.includes(reconciliation)) continue;
    const text = `no reconciliation "${reconciliation}"${suggestion(reconciliation, keys)}`;
    source.problem(['schedules', index, 'reconciliation'], text);
  }
  checkMoney(file, source);
  checkGovernance(file, source);
  if (file.triage && file.teams[file.triage.team] === undefined) {
    const keys = Object.keys(file.teams);
    source.problem(
      ['triage', 'team'],
      `no team "${file.triage.team}" in teams${suggestion(file.triage.team, keys)}`,
    );
  }
  const types = knownTypes(specs.known);
  for (const type of Object.keys(file.playbooks ?? {}))
    checkType(type, types, { source, path: ['playbooks', type] });
  for (const [index, { types: given }] of (file.resolution_codes ?? []).entries()) {
    for (const [at, type] of given.entries()) {
      checkType(type, types, { source, path: ['resolution_codes', index, 'types', at] });
    }
  }
  const codes = (file.resolution_codes ?? []).map(({ code }) => code);
  refuseRepeated(source, codes, (index) => ['resolution_codes', index, 'code'], 'code');
  const schedules = (file.schedules ?? []).map(({ name }) => name);
  refuseRepeated(source, schedules, (index) => ['schedules', index, 'name'], 'schedule');
}

type Away = NonNullable<OrganisationFile['people'][string]['away']>;

function checkAbsences(away: Away, problem: (index: number, text: string) => void): void {
  for (const [index, one] of away.entries()) {
    const other = away.slice(0, index).find(({ from, until }) => from <= one.until && one.from <= until);
    if (other) problem(index, `overlaps ${other.from} to ${other.until}; make one of both`);
  }
}

function checkPeople(file: OrganisationFile, source: YamlSource): void {
  const people = Object.keys(file.people);
  const needPerson = (key: string, path: readonly PropertyKey[]): void => {
    if (!people.includes(key)) source.problem(path, `no person "${key}" in people${suggestion(key, people)}`);
  };
  for (const [key, team] of Object.entries(file.teams)) {
    for (const [index, member] of team.members.entries())
      needPerson(member, ['teams', key, 'members', index]);
    if (team.lead !== undefined) needPerson(team.lead, ['teams', key, 'lead']);
    if (team.deputy !== undefined) needPerson(team.deputy, ['teams', key, 'deputy']);
    if (team.members.length === 0) {
      const text = 'nobody is in this team, so nobody could claim what it owns; name at least one person';
      source.problem(['teams', key, 'members'], text);
    }
  }
  for (const [key, { deputy, away }] of Object.entries(file.people)) {
    if (deputy !== undefined) needPerson(deputy, ['people', key, 'deputy']);
    if (deputy === key) source.problem(['people', key, 'deputy'], 'nobody stands in for themselves');
    checkAbsences(away ?? [], (index, text) => source.problem(['people', key, 'away', index], text));
  }
  for (const [index, { account_manager: manager }] of (file.clients ?? []).entries()) {
    if (manager !== undefined) needPerson(manager, ['clients', index, 'account_manager']);
  }
  const clients = (file.clients ?? []).map(({ name }) => name.toLowerCase());
  refuseRepeated(source, clients, (index) => ['clients', index, 'name'], 'client');
  const list = Object.values(file.people);
  const emails = list.map(({ email }) => email.toLowerCase());
  refuseRepeated(source, emails, (index) => ['people', people[index] ?? '', 'email'], 'person with e-mail');
  const linked = people.filter((key) => file.people[key]?.slack !== undefined);
  const slack = linked.map((key) => file.people[key]?.slack ?? '');
  refuseRepeated(source, slack, (index) => ['people', linked[index] ?? '', 'slack'], 'person with Slack id');
}
