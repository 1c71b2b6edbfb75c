import { afterAll, describe, expect, it } from 'vitest';
import type { Role } from '../../../src/core/organisation.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import type { ActInput } from '../../../src/pipeline/act/act.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { escalate } from '../../../src/pipeline/act/escalate.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { unclaim } from '../../../src/pipeline/act/unclaim.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import {
  onlyException,
  order,
  press,
  putRecords,
  RESOLVING,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const ACTS = {
  claim: (input: ActInput) => claim(sql, input),
  unclaim: (input: ActInput) => unclaim(sql, input),
  resolve: (input: ActInput) =>
    resolve(sql, { ...input, code: 'accepted', note: '', amount: undefined }, RESOLVING),
  escalate: (input: ActInput) =>
    escalate(sql, { ...input, reason: 'because', target: { kind: 'team', key: 'finance' } }),
} as const;

async function seed(roles: readonly Role[]): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  const { workspaceId, people } = workspace;
  await inWorkspace(
    sql,
    workspaceId,
    (tx) => tx`
      insert into role_grant (workspace_id, person_id, role)
      select ${workspaceId}, ${people.guest ?? ''}, role from unnest(${roles as Role[]}::text[]) as role`,
  );
  return workspace;
}

const pressAs = async (workspace: SeededWorkspace, person: string, act: keyof typeof ACTS) =>
  ACTS[act](press(workspace, person, await onlyException(sql, workspace)));

const verdict = (answer: Awaited<ReturnType<(typeof ACTS)['claim']>>): string =>
  answer.ok ? 'done' : answer.refusal.code;

describe('somebody outside the team', () => {
  it.each([
    ['nothing', [], 'not_permitted', 'not_permitted', 'not_permitted', 'not_permitted'],
    [
      'account_manager',
      ['account_manager'],
      'not_permitted',
      'not_permitted',
      'not_permitted',
      'not_permitted',
    ],
    ['finance', ['finance'], 'not_permitted', 'not_permitted', 'not_permitted', 'not_permitted'],
    ['approver', ['approver'], 'not_permitted', 'not_permitted', 'not_permitted', 'not_permitted'],
    ['auditor', ['auditor'], 'not_permitted', 'not_permitted', 'not_permitted', 'not_permitted'],
    ['admin', ['admin'], 'done', 'done', 'not_permitted', 'done'],
    ['ops_lead', ['ops_lead'], 'done', 'done', 'done', 'done'],
  ] as const)('with the role %s', async (_role, roles, toClaim, toUnclaim, toResolve, toEscalate) => {
    const [one, other, third] = [await seed(roles), await seed(roles), await seed(roles)];
    await pressAs(other, 'ana', 'claim');
    await pressAs(third, 'ana', 'claim');

    expect({
      claim: verdict(await pressAs(one, 'guest', 'claim')),
      unclaim: verdict(await pressAs(other, 'guest', 'unclaim')),
      resolve: verdict(await pressAs(third, 'guest', 'resolve')),
      escalate: verdict(await pressAs(other, 'guest', 'escalate')),
    }).toEqual({ claim: toClaim, unclaim: toUnclaim, resolve: toResolve, escalate: toEscalate });
  });

  it('is told who may', async () => {
    const workspace = await seed([]);

    expect(await pressAs(workspace, 'guest', 'claim')).toEqual({
      ok: false,
      refusal: {
        code: 'not_permitted',
        action: 'claim',
        whoMay: 'a member of its team or an ops lead or an admin',
      },
    });
  });

  it('leaves no event when refused', async () => {
    const workspace = await seed([]);

    await pressAs(workspace, 'guest', 'claim');

    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'open',
      version: 1,
      wanted_revision: 1,
    });
  });
});

describe('a member of the team', () => {
  it.each([
    ['owns it', 'ana', 'already_claimed', 'done', 'done'],
    ['does not own it', 'ben', 'already_claimed', 'already_claimed', 'already_claimed'],
  ] as const)('who %s, once it is claimed', async (_what, person, toClaim, toUnclaim, toResolve) => {
    const [one, other] = [await seed([]), await seed([])];
    await pressAs(one, 'ana', 'claim');
    await pressAs(other, 'ana', 'claim');

    expect({
      claim: verdict(await pressAs(one, person, 'claim')),
      escalate: verdict(await pressAs(one, person, 'escalate')),
      unclaim: verdict(await pressAs(one, person, 'unclaim')),
      resolve: verdict(await pressAs(other, person, 'resolve')),
    }).toEqual({ claim: toClaim, escalate: 'done', unclaim: toUnclaim, resolve: toResolve });
  });

  it('who left the team since the card was posted may no longer claim', async () => {
    const workspace = await seed([]);
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`delete from team_member where person_id = ${workspace.people.ana ?? ''}`,
    );

    expect(verdict(await pressAs(workspace, 'ana', 'claim'))).toBe('not_permitted');
  });
});

describe('a denied press', () => {
  const denials = (workspace: SeededWorkspace) =>
    inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx<{ person: string; wanted: string }[]>`
        select body::jsonb #>> '{actor,id}' as person, body::jsonb #>> '{data,wanted}' as wanted
        from audit_event where action = 'authz.denied'`,
    );

  it('is on the trail once, with who wanted what, and the trail still verifies', async () => {
    const workspace = await seed([]);
    const input = press(workspace, 'guest', await onlyException(sql, workspace));

    await claim(sql, input);
    const again = await claim(sql, input);

    expect(verdict(again)).toBe('not_permitted');
    expect([...(await denials(workspace))]).toEqual([
      { person: workspace.people.guest, wanted: 'exception.claim' },
    ]);
    const { workspaceId } = workspace;
    expect(await verifyAudit(sql, { workspaceId, anchors: [] })).toMatchObject({ problems: [] });
  });

  it('is not noted when somebody merely came second', async () => {
    const workspace = await seed([]);
    const input = press(workspace, 'ana', await onlyException(sql, workspace));
    await claim(sql, input);

    await claim(sql, { ...input, personId: workspace.people.ben ?? '', requestKey: 'second' });

    expect(await denials(workspace)).toHaveLength(0);
  });
});
