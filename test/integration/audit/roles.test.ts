import { afterAll, expect, it } from 'vitest';
import type { Organisation } from '../../../src/core/organisation.ts';
import { connect } from '../../../src/db/client.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { testDatabase } from '../../support/database.ts';
import { organisation } from '../ingest/setup.ts';
import { tamper } from './tamper.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

type Person = Organisation['people'][number];
const person = (key: string, roles: Person['roles'], email = `${key}@northlight.example`): Person => ({
  key,
  name: key,
  email,
  slackUserId: undefined,
  roles,
});

let count = 0;
const named = (): string => {
  count += 1;
  return `roles ${count}`;
};
const apply = (name: string, people: readonly Person[]) =>
  applyConfig(
    sql,
    {
      organisation: { ...organisation(name), people, teams: [] },
      feeds: new Map(),
      reconciliations: new Map(),
    },
    { now: new Date('2026-11-22T00:00:00Z') },
  );
const problemsOf = async (workspaceId: string) =>
  (await verifyAudit(sql, { workspaceId, anchors: [] })).problems;

it('shows a role that was given or taken behind the trail', async () => {
  const { workspaceId } = await apply(named(), [person('ana', []), person('fay', ['finance', 'ops_lead'])]);
  expect(await problemsOf(workspaceId)).toEqual([]);

  await tamper(
    database.adminUrl,
    (tx) => tx`
      with given as (
        insert into role_grant (workspace_id, person_id, role)
        select workspace_id, person_id, 'finance' from person where workspace_id = ${workspaceId} and key = 'ana')
      delete from role_grant where workspace_id = ${workspaceId} and role = 'ops_lead'`,
  );

  expect(await problemsOf(workspaceId)).toEqual([
    { where: 'person ana', what: 'the row says finance, the trail does not' },
    { where: 'person fay', what: 'the trail says ops_lead, the row does not' },
  ]);
});

it('says nothing of roles that the configuration gave and took, of people who left, and of keys that changed hands', async () => {
  const name = named();
  const { workspaceId } = await apply(name, [person('ana', ['finance']), person('fay', ['finance'])]);
  await apply(name, [person('ana', []), person('fay', ['finance'])]);
  await apply(name, [person('ana', ['finance'])]);
  await apply(name, [person('anna', ['finance'], 'ana@northlight.example')]);
  await apply(name, [
    person('anna', ['finance'], 'ana@northlight.example'),
    person('ana', [], 'other@northlight.example'),
  ]);

  expect(await problemsOf(workspaceId)).toEqual([]);
});

it('follows a key that changed: a role given to somebody under their new key shows too', async () => {
  const name = named();
  const { workspaceId } = await apply(name, [person('ana', ['finance'])]);
  await apply(name, [person('anna', ['finance'], 'ana@northlight.example')]);

  await tamper(
    database.adminUrl,
    (tx) => tx`
      insert into role_grant (workspace_id, person_id, role)
      select workspace_id, person_id, 'governance' from person where workspace_id = ${workspaceId}`,
  );

  expect(await problemsOf(workspaceId)).toEqual([
    { where: 'person anna', what: 'the row says governance, the trail does not' },
  ]);
});
