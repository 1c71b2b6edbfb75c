import type { FeedContract } from '../../core/contract.ts';
import type { Organisation } from '../../core/organisation.ts';
import { newKey, roleGiven, roleTaken } from '../../core/role-lines.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/new-id.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { activeSpecs } from './active-specs.sql.ts';
import { approvalsFact, bookingsFact } from './apply-booking.ts';
import { limitsFact } from './apply-limits.ts';
import { closeThrough } from './close-through.ts';
import { configFact } from './config-fact.ts';
import { deactivateEndpoints } from './deactivate-endpoints.sql.ts';
import { deactivatePeople } from './deactivate-people.sql.ts';
import { deactivateTeams } from './deactivate-teams.sql.ts';
import { findWorkspace } from './find-workspace.sql.ts';
import { freeAccounts } from './free-accounts.sql.ts';
import { freeAddresses } from './free-addresses.sql.ts';
import { insertContractVersions } from './insert-contract-versions.sql.ts';
import { insertGrants } from './insert-grants.sql.ts';
import { insertMembers } from './insert-members.sql.ts';
import { insertReconciliations } from './insert-reconciliations.sql.ts';
import { insertSpecVersions } from './insert-spec-versions.sql.ts';
import { keepHoldPolicies } from './keep-hold-policies.sql.ts';
import { lockWorkspaceName } from './lock-workspace-name.sql.ts';
import { movedTeams } from './moved-teams.sql.ts';
import { pointFeeds } from './point-feeds.sql.ts';
import { pointSpecs } from './point-specs.sql.ts';
import { rehome } from './rehome.ts';
import { removeMembers } from './remove-members.sql.ts';
import { renamePeople } from './rename-people.sql.ts';
import { replaceAbsences } from './replace-absences.sql.ts';
import { reroute } from './reroute.ts';
import { revokeGrants } from './revoke-grants.sql.ts';
import { setDeputies } from './set-deputies.sql.ts';
import { upsertEndpoints } from './upsert-endpoints.sql.ts';
import { upsertFeeds } from './upsert-feeds.sql.ts';
import { upsertPeople } from './upsert-people.sql.ts';
import { upsertTeams } from './upsert-teams.sql.ts';
import { upsertWorkspace } from './upsert-workspace.sql.ts';

/** What of a loaded configuration lives in the database. */
export type AppliedConfig = {
  readonly organisation: Organisation;
  readonly feeds: ReadonlyMap<string, FeedContract & Versioned>;
  readonly reconciliations: ReadonlyMap<string, Reconciliation & Versioned>;
};

export type ConfigApplied = {
  readonly workspaceId: string;
  /** One line per changed entity, as in the trail: `person ana: added or changed`. Empty when nothing was written. */
  readonly changes: readonly string[];
};

/**
 * Brings workspace, people, roles, teams, feeds and reconciliations in the database to what the configuration says, with
 * one audit event per change; writes nothing when nothing differs.
 *
 * Shape:  one transaction, one at a time per workspace name. People and teams that are gone become inactive; feeds and
 *         reconciliations that are gone stay, since records and matches speak of them. Cards follow a team's channel, and
 *         live exceptions of a team that is gone are routed anew.
 */
export async function applyConfig(
  sql: Sql,
  config: AppliedConfig,
  { now }: { readonly now: Date },
): Promise<ConfigApplied> {
  const { name } = config.organisation;
  for (;;) {
    const workspaceId = (await findWorkspace(sql, name)) ?? newId();
    const changes = await inWorkspace(sql, workspaceId, async (tx) => {
      await lockWorkspaceName(tx, name);
      const present = await findWorkspace(tx, name);
      // Somebody else made it meanwhile, under another id: begin again with that one.
      if (present !== undefined && present !== workspaceId) return undefined;
      return apply(tx, { workspaceId, now }, config);
    });
    if (changes !== undefined) return { workspaceId, changes };
  }
}

type Scope = { readonly workspaceId: string; readonly now: Date };

async function apply(tx: Tx, scope: Scope, config: AppliedConfig): Promise<readonly string[]> {
  const { workspaceId } = scope;
  const changes = await changeConfig(tx, scope, config);
  const facts = changes.map((change) => configFact(workspaceId, { changed: [change] }));
  const { money, resolutionCodes: codes } = config.organisation;
  const limits = await limitsFact(tx, { workspaceId, limits: money.limits });
  const approvals = await approvalsFact(tx, { workspaceId, approvals: money.approvals });
  const bookings = await bookingsFact(tx, { workspaceId, codes });
  const terms = [limits, approvals, bookings].filter((fact) => fact !== undefined);
  await appendAudit(tx, { workspaceId, facts: [...facts, ...terms] });
  return [
    ...changes,
    ...(limits ? ['limits: others than before'] : []),
    ...(approvals ? ['approvals: asked elsewhere, or for another time'] : []),
    ...(bookings ? ['resolution codes: others than before book an entry'] : []),
  ];
}

/** The changes of `applyConfig` in the caller's transaction, without their events: for one that is rolled back. */
export async function changeConfig(tx: Tx, scope: Scope, config: AppliedConfig): Promise<readonly string[]> {
  const { workspaceId, now } = scope;
  const { name, slackTeamId } = config.organisation;
  const isChanged = await upsertWorkspace(tx, { workspaceId, name, slackTeamId });
  await closeThrough(tx, { workspaceId, through: config.organisation.money.closedThrough, now });
  const { expireAfterMs } = config.organisation.holds;
  const kinds = await keepHoldPolicies(tx, { workspaceId, expireAfterMs });
  return [
    ...(isChanged ? [`workspace ${name}: added or changed`] : []),
    ...kinds.map((kind) => `holds of ${kind}: another time after which they end by themselves`),
    ...(await applyPeople(tx, workspaceId, config.organisation)),
    ...(await applyTeams(tx, workspaceId, config.organisation)),
    ...(await applyFeeds(tx, scope, [...config.feeds.values()])),
    ...(await applySpecs(tx, scope, config)),
    ...(await applyEndpoints(tx, workspaceId, config.organisation)),
    ...(await reroute(tx, workspaceId, config)),
  ];
}

async function applyPeople(
  tx: Tx,
  workspaceId: string,
  { people, zone }: Organisation,
): Promise<readonly string[]> {
  const grants = people.flatMap(({ key, roles }) => roles.map((role) => ({ person: key, role })));
  const renamed = await renamePeople(tx, { workspaceId, people });
  const gone = await deactivatePeople(tx, { workspaceId, keys: people.map(({ key }) => key) });
  const freed = await freeAccounts(tx, { workspaceId, people });
  const without = await freeAddresses(tx, { workspaceId, people });
  const changed = await upsertPeople(tx, { workspaceId, people });
  const deputies = await setDeputies(tx, { workspaceId, people });
  const absences = await replaceAbsences(tx, { workspaceId, people, zone });
  const revoked = await revokeGrants(tx, { workspaceId, grants });
  const granted = await insertGrants(tx, { workspaceId, grants });
  return sorted([
    ...renamed.map(({ key, was }) => newKey(key, was)),
    ...gone.map((key) => `person ${key}: no longer active`),
    ...freed.map((key) => `person ${key}: their Slack account is somebody else's`),
    ...without.map((key) => `person ${key}: their e-mail address is somebody else's`),
    ...changed.map((key) => `person ${key}: added or changed`),
    ...deputies.map((key) => `person ${key}: another deputy`),
    ...absences.map((key) => `person ${key}: other absences`),
    ...revoked.map(({ person, role }) => roleTaken(person, role)),
    ...granted.map(({ person, role }) => roleGiven(person, role)),
  ]);
}

async function applyTeams(tx: Tx, workspaceId: string, { teams }: Organisation): Promise<readonly string[]> {
  const members = teams.flatMap((team) => team.members.map((person) => ({ team: team.key, person })));
  const gone = await deactivateTeams(tx, { workspaceId, keys: teams.map(({ key }) => key) });
  const moved = await movedTeams(tx, { workspaceId, teams });
  const changed = await upsertTeams(tx, { workspaceId, teams });
  const left = await removeMembers(tx, { workspaceId, members });
  const joined = await insertMembers(tx, { workspaceId, members });
  const cards = await rehome(tx, workspaceId, moved);
  return sorted([
    ...moved.map(({ key, from, to }) => `team ${key}: posts in ${to}, no longer in ${from}`),
    ...(cards === 0 ? [] : [`cards that go to another channel: ${cards}`]),
    ...gone.map((key) => `team ${key}: no longer active`),
    ...changed.map((key) => `team ${key}: added or changed`),
    ...left.map(({ team, person }) => `team ${team}: without ${person}`),
    ...joined.map(({ team, person }) => `team ${team}: with ${person}`),
  ]);
}

async function applyFeeds(
  tx: Tx,
  { workspaceId, now }: Scope,
  feeds: readonly (FeedContract & Versioned)[],
): Promise<readonly string[]> {
  const changed = await upsertFeeds(tx, { workspaceId, feeds });
  const recorded = await insertContractVersions(tx, { workspaceId, feeds, now });
  const pointed = await pointFeeds(tx, { workspaceId, feeds });
  return sorted([
    ...changed.map((key) => `feed ${key}: added or changed`),
    ...recorded.map(({ key, version }) => `feed ${key}: contract version ${version} recorded`),
    ...pointed.map(({ key, version }) => `feed ${key}: contract version ${version} in force`),
  ]);
}

/** A governed rule keeps its active version, whatever its file says; what differs is neither used nor recorded. */
async function applySpecs(
  tx: Tx,
  { workspaceId, now }: Scope,
  { organisation: { governance }, reconciliations }: AppliedConfig,
): Promise<readonly string[]> {
  const specs = [...reconciliations.values()];
  const added = await insertReconciliations(tx, { workspaceId, keys: specs.map(({ key }) => key) });
  const isGoverned = governance !== undefined;
  const known = isGoverned ? await activeSpecs(tx, workspaceId) : [];
  const recordable = specs.filter(({ key }) => known.every(({ reconciliation }) => reconciliation !== key));
  const recorded = await insertSpecVersions(tx, { workspaceId, specs: recordable, now });
  const pointed = await pointSpecs(tx, { workspaceId, specs, onlyFirst: isGoverned });
  return sorted([
    ...added.map((key) => `reconciliation ${key}: added`),
    ...recorded.map(({ key, version }) => `reconciliation ${key}: spec version ${version} recorded`),
    ...pointed.map(({ key, version }) => `reconciliation ${key}: spec version ${version} active`),
  ]);
}

async function applyEndpoints(
  tx: Tx,
  workspaceId: string,
  { webhooks: endpoints = [] }: Organisation,
): Promise<readonly string[]> {
  const gone = await deactivateEndpoints(tx, { workspaceId, keys: endpoints.map(({ key }) => key) });
  const changed = await upsertEndpoints(tx, { workspaceId, endpoints });
  return sorted([
    ...gone.map((key) => `webhook ${key}: no longer told`),
    ...changed.map((key) => `webhook ${key}: added or changed`),
  ]);
}

const sorted = (lines: readonly string[]): readonly string[] => [...lines].sort();
