import { nearestWord, suggestion } from '../core/nearest-word.ts';
import type { Organisation, OwnershipRow } from '../core/organisation.ts';
import type { Reconciliation } from '../core/spec.ts';
import { refuseRepeated } from './reconciliation.ts';
import { DEFAULT_RESOLUTION_CODES } from './resolution-codes.ts';
import { type OrganisationFile, WEEKDAYS } from './schema-organisation.ts';
import { checkPolicies, slaOf, toPolicies } from './sla-policies.ts';
import type { YamlSource } from './yaml.ts';

const WORKED = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const ACTING = { handOverTimeoutMs: 4 * 3_600_000, waitPausesSla: false };
const FLOOD = { threshold: 20, windowMs: 60_000 };
const DIGEST = { at: '08:00', accountManagersAt: '18:00' };
/** A nightly run that failed on a Friday is seen on Monday. */
const FRESH_WITHIN_MS = 3 * 86_400_000;
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
    people: Object.entries(file.people).map(([key, { name, email, slack, locale, roles }]) => ({
      key,
      name,
      email,
      slackUserId: slack,
      locale,
      roles: [...new Set(roles)],
    })),
    teams: Object.entries(file.teams).map(
      ([key, { name, channel, members, lead, locale, zone, fallback }]) => ({
        key,
        name,
        channel,
        members: [...new Set(members)],
        lead,
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
    resolutionCodes: file.resolution_codes ?? DEFAULT_RESOLUTION_CODES,
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
    holds: {
      expireAfterMs: file.holds?.expire_after ?? {},
      freshWithinMs: file.holds?.fresh_within ?? FRESH_WITHIN_MS,
    },
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
  domain: row.domain,
  type: row.type,
  severity: row.severity,
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
  for (const [index, { reconciliation }] of (file.schedules ?? []).entries()) {
    const keys = specs.known.map(({ key }) => key);
    if (!specs.isComplete || keys.includes(reconciliation)) continue;
    const text = `no reconciliation "${reconciliation}"${suggestion(reconciliation, keys)}`;
    source.problem(['schedules', index, 'reconciliation'], text);
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

function checkPeople(file: OrganisationFile, source: YamlSource): void {
  const people = Object.keys(file.people);
  const needPerson = (key: string, path: readonly PropertyKey[]): void => {
    if (!people.includes(key)) source.problem(path, `no person "${key}" in people${suggestion(key, people)}`);
  };
  for (const [key, team] of Object.entries(file.teams)) {
    for (const [index, member] of team.members.entries())
      needPerson(member, ['teams', key, 'members', index]);
    if (team.lead !== undefined) needPerson(team.lead, ['teams', key, 'lead']);
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

type OwnershipFileRow = OrganisationFile['ownership'][number];

const isCatchAll = (row: OwnershipFileRow): boolean =>
  row.domain === undefined && row.type === undefined && row.severity === undefined;

function checkOwnership(file: OrganisationFile, source: YamlSource, known: readonly Reconciliation[]): void {
  const teams = Object.keys(file.teams);
  const types = knownTypes(known);
  const last = file.ownership.length - 1;
  for (const [index, row] of file.ownership.entries()) {
    const path = ['ownership', index];
    if (!teams.includes(row.team)) {
      source.problem([...path, 'team'], `no team "${row.team}" in teams${suggestion(row.team, teams)}`);
    }
    if (row.default && !isCatchAll(row)) {
      source.problem(path, 'default: true stands alone; a row with a condition is not the default');
    }
    if (isCatchAll(row) && index < last) {
      source.problem(
        path,
        'this row takes everything, so the rows below are never reached; move it to the end',
      );
    }
    if (row.type !== undefined) checkType(row.type, types, { source, path: [...path, 'type'] });
    const domains = known.map(({ domain }) => domain);
    if (row.domain !== undefined) checkDomain(row.domain, domains, { source, path: [...path, 'domain'] });
  }
  const end = file.ownership[last];
  if (end === undefined || !isCatchAll(end)) {
    const text =
      'what no row matches would have no owner; end with a row without conditions: { default: true, team: …, sla: 3bd }';
    source.problem(['ownership', last], text);
  }
}

type Spot = { readonly source: YamlSource; readonly path: readonly PropertyKey[] };

const BUILT_IN_TYPES = ['amount_differs', 'currency_differs', 'fields_differ', 'too_late'];
const BUILT_IN_DOMAINS = ['revenue_ops', 'media_ops', 'customer_ops', 'content_ops', 'finance'];

/** Every type that the reconciliations can raise. */
const knownTypes = (specs: readonly Reconciliation[]): readonly string[] => [
  ...BUILT_IN_TYPES,
  ...specs.flatMap(({ duplicates, verify, missing }) => [
    ...duplicates.map(({ raise }) => raise),
    ...verify.flatMap(({ raise }) => raise ?? []),
    ...[missing.expected, missing.actual].flatMap((rule) => (rule ? [rule.raise] : [])),
  ]),
];

/** A word close to a known one is a slip; another word may belong to a reconciliation that is still to come. */
function checkType(type: string, types: readonly string[], { source, path }: Spot): void {
  if (types.includes(type) || nearestWord(type, types) === undefined) return;
  source.problem(path, `no reconciliation raises "${type}"${suggestion(type, types)}`);
}

function checkDomain(domain: string, used: readonly string[], { source, path }: Spot): void {
  const domains = [...new Set([...used, ...BUILT_IN_DOMAINS])];
  if (domains.includes(domain) || nearestWord(domain, domains) === undefined) return;
  source.problem(path, `no reconciliation is of domain "${domain}"${suggestion(domain, domains)}`);
}
