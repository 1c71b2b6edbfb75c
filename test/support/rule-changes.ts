import { createHash } from 'node:crypto';
import type { Role } from '../../src/core/organisation.ts';
import type { SpecDifference } from '../../src/core/spec-difference.ts';
import type { Sql } from '../../src/db/client.ts';
import { newId } from '../../src/db/new-id.ts';
import { readRuleChanges } from '../../src/db/rules/change-facts.sql.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import { approveRuleChange, rejectRuleChange } from '../../src/pipeline/act/decide-rule-change.ts';
import { proposeRuleChange } from '../../src/pipeline/act/propose-rule-change.ts';
import { type SeededWorkspace, seedWorkspace } from './ledger.ts';

const RULE = 'orders-vs-invoices';
export const GOVERNANCE = { channel: '#rules', expireAfterMs: 14 * 86_400_000 };
export const PROPOSED_AT = new Date('2026-11-20T09:00:00Z');
export const DECIDED_AT = new Date('2026-11-21T09:00:00Z');

/** Olga, who leads operations, is in every seeded workspace. */
const PEOPLE: Readonly<Record<string, { readonly name: string; readonly roles: readonly Role[] }>> = {
  dana: { name: 'Dana Data', roles: ['data_owner'] },
  gita: { name: 'Gita Governs', roles: ['governance'] },
  tess: { name: 'Tess Allroles', roles: ['data_owner', 'ops_lead', 'governance'] },
  adam: { name: 'Adam Admin', roles: ['admin'] },
  gabe: { name: 'Gabe Author', roles: ['governance'] },
};

/** What they are called, by key. */
export const RULE_NAMES = Object.fromEntries(Object.entries(PEOPLE).map(([key, { name }]) => [key, name]));

/** Adds whoever proposes and approves rules to a workspace; returns their ids by key. */
export async function addRulePeople(
  sql: Sql,
  { workspaceId }: Pick<SeededWorkspace, 'workspaceId'>,
): Promise<Record<string, string>> {
  const ids = Object.fromEntries(Object.keys(PEOPLE).map((key) => [key, newId()]));
  await inWorkspace(sql, workspaceId, async (tx) => {
    for (const [key, { name, roles }] of Object.entries(PEOPLE)) {
      const personId = ids[key] ?? '';
      await tx`insert into person (workspace_id, person_id, key, name, email, slack_user_id)
               values (${workspaceId}, ${personId}, ${key}, ${name}, ${`${key}@agency.example`}, ${`U_${key.toUpperCase()}`})`;
      await tx`insert into role_grant (workspace_id, person_id, role)
               select ${workspaceId}, ${personId}, role from unnest(${roles as Role[]}::text[]) as role`;
    }
  });
  return ids;
}

export type Ruled = SeededWorkspace & { readonly people: Readonly<Record<string, string>> };

/** A workspace with one rule, in its first version, and people for every seat. */
export async function seedRules(sql: Sql): Promise<Ruled> {
  const workspace = await seedWorkspace(sql, [RULE]);
  const people = await addRulePeople(sql, workspace);
  return { ...workspace, people: { ...workspace.people, ...people } };
}

const DIFFERENCE: SpecDifference = {
  sentences: [
    {
      title: 'What becomes of a match',
      gone: ['rounding: when abs(diff) <= 0.05, it is settled.'],
      come: ['rounding: when abs(diff) <= 0.10, it is settled.'],
    },
  ],
  places: [{ path: 'verify[rounding].expect', before: 'abs(diff) <= 0.05', after: 'abs(diff) <= 0.10' }],
};

/** A version of the rule that is told from others by its number. */
const versionOf = (number: number) => {
  const body = JSON.stringify({ reconciliation: RULE, v: number });
  return { body, sha256: createHash('sha256').update(body).digest('hex') };
};

type Proposing = { as?: string; version?: number; from?: number; why?: string; now?: Date };

export const propose = (
  sql: Sql,
  { workspaceId, people }: Ruled,
  {
    as = 'adam',
    version = 2,
    from = 1,
    why = 'Vendors round to ten cents',
    now = PROPOSED_AT,
  }: Proposing = {},
) =>
  proposeRuleChange(
    sql,
    {
      workspaceId,
      personId: people[as] ?? '',
      requestKey: newId(),
      reconciliation: RULE,
      proposed: versionOf(version),
      from,
      difference: DIFFERENCE,
      why,
    },
    { governance: GOVERNANCE, now },
  );

/** The id of a change that waits for its approvals. */
export async function proposedChange(sql: Sql, workspace: Ruled, how: Proposing = {}): Promise<string> {
  const made = await propose(sql, workspace, how);
  if (!made.ok) throw new Error(`not proposed: ${made.refusal.code}`);
  return made.value.changeId;
}

type Deciding = { as: string; seat?: string; note?: string; now?: Date; requestKey?: string };

export const approve = (
  sql: Sql,
  { workspaceId, people }: Ruled,
  changeId: string,
  { as, seat, note, now = DECIDED_AT, requestKey = newId() }: Deciding,
) =>
  approveRuleChange(
    sql,
    { workspaceId, personId: people[as] ?? '', requestKey, changeId, seat, note },
    { governance: GOVERNANCE, now },
  );

export const reject = (
  sql: Sql,
  { workspaceId, people }: Ruled,
  changeId: string,
  { as, reason = 'Not yet', now = DECIDED_AT }: { as: string; reason?: string; now?: Date },
) =>
  rejectRuleChange(
    sql,
    { workspaceId, personId: people[as] ?? '', requestKey: newId(), changeId, reason },
    { governance: GOVERNANCE, now },
  );

export async function changeOf(sql: Sql, { workspaceId }: Ruled, changeId: string) {
  const [change] = await inWorkspace(sql, workspaceId, (tx) =>
    readRuleChanges(tx, { workspaceId, changeId }),
  );
  if (!change) throw new Error('the change is gone');
  return change;
}
