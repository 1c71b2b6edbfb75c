import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { sweep } from '../../../src/pipeline/act/sweep.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import { trailOf } from '../../support/ledger.ts';
import {
  approve,
  changeOf,
  DECIDED_AT,
  PROPOSED_AT,
  propose,
  proposedChange,
  type Ruled,
  reject,
  seedRules,
} from '../../support/rule-changes.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people', max: 8 });
const admin = connect({ url: database.adminUrl, role: 'people', max: 2 });
afterAll(() => Promise.all([sql.end(), admin.end()]));

const codeOf = (answer: { ok: true } | { ok: false; refusal: { code: string } }): string =>
  answer.ok ? 'done' : answer.refusal.code;

const ofRules = (action: string): boolean => /^(?:rule|governance|authz)\./.test(action);
const actionsOf = async (workspace: Ruled): Promise<string[]> =>
  (await trailOf(sql, workspace)).map(({ action }) => action).filter(ofRules);

const activeOf = async ({ workspaceId }: Ruled): Promise<number> => {
  const rows = await inWorkspace(
    sql,
    workspaceId,
    (tx) => tx<{ active_version: number }[]>`select active_version from reconciliation`,
  );
  return rows[0]?.active_version ?? 0;
};

const outboxOf = ({ workspaceId }: Ruled) =>
  inWorkspace(sql, workspaceId, async (tx) => [
    ...(await tx<{ dedupe_key: string; address: string; wanted_revision: number }[]>`
      select dedupe_key, address, wanted_revision from outbox order by created_at, dedupe_key`),
  ]);

const isIntact = async ({ workspaceId }: Ruled) =>
  expect((await verifyAudit(sql, { workspaceId, anchors: [] })).problems).toEqual([]);

describe('a proposed change', () => {
  it('waits with its reason and its difference, and asks in the channel', async () => {
    const workspace = await seedRules(sql);

    const changeId = await proposedChange(sql, workspace);

    expect(await changeOf(sql, workspace, changeId)).toMatchObject({
      state: 'pending',
      from: 1,
      to: 2,
      active: 1,
      reason: 'Vendors round to ten cents',
      author: { name: 'Adam Admin' },
      approvals: [],
      holders: {
        data_owner: ['Dana Data', 'Tess Allroles'],
        ops_lead: ['Olga Novak', 'Tess Allroles'],
        governance: ['Gabe Author', 'Gita Governs', 'Tess Allroles'],
      },
    });
    expect(await activeOf(workspace)).toBe(1);
    expect(await actionsOf(workspace)).toEqual(['rule.proposed']);
    expect(await outboxOf(workspace)).toEqual([
      { dedupe_key: `rule:${changeId}`, address: '#rules', wanted_revision: 1 },
    ]);
    await isIntact(workspace);
  });

  it.each([
    ['by somebody who may not', { as: 'ana' }, 'not_permitted'],
    ['without a reason', { why: '  ' }, 'reason_required'],
    ['compared with another version than the active one', { from: 7 }, 'rule_change_outdated'],
  ])('is refused: %s', async (_, how, code) => {
    const workspace = await seedRules(sql);

    expect(codeOf(await propose(sql, workspace, how))).toBe(code);
    expect(await outboxOf(workspace)).toEqual([]);
    expect(await actionsOf(workspace)).toEqual(code === 'not_permitted' ? ['authz.denied'] : []);
  });

  it('is refused when it says what is active already', async () => {
    const workspace = await seedRules(sql);
    const changeId = await proposedChange(sql, workspace);
    for (const as of ['dana', 'olga', 'gita']) await approve(sql, workspace, changeId, { as });

    expect(await propose(sql, workspace, { version: 2, from: 2 })).toMatchObject({
      refusal: { code: 'rule_unchanged', version: 2 },
    });
  });

  it('is refused while another one of its rule waits, and says whose', async () => {
    const workspace = await seedRules(sql);
    await proposedChange(sql, workspace);

    const second = await propose(sql, workspace, { as: 'dana', version: 3 });

    expect(second).toMatchObject({
      ok: false,
      refusal: { code: 'rule_change_pending', byName: 'Adam Admin' },
    });
  });

  it('of ten at the same moment is one', async () => {
    const workspace = await seedRules(sql);

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        propose(sql, workspace, { as: at % 2 ? 'adam' : 'dana', version: 2 + at }),
      ),
    );

    expect(answers.map(codeOf).sort()).toEqual(['done', ...Array(9).fill('rule_change_pending')]);
  });

  it('is refused where no three others could approve it', async () => {
    const workspace = await seedRules(sql);
    const { workspaceId, people } = workspace;
    const gone = [people.dana, people.tess].flatMap((id) => id ?? []);
    await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx`update person set is_active = false where person_id = any(${gone}::uuid[])`,
    );

    expect(codeOf(await propose(sql, workspace))).toBe('too_few_approvers');
  });
});

describe('approvals', () => {
  it('make the change the rule with the third, and tell author and channel', async () => {
    const workspace = await seedRules(sql);
    const changeId = await proposedChange(sql, workspace);

    const first = await approve(sql, workspace, changeId, { as: 'dana', note: 'Checked with the vendor' });
    const second = await approve(sql, workspace, changeId, { as: 'gita' });
    expect(await activeOf(workspace)).toBe(1);
    const third = await approve(sql, workspace, changeId, { as: 'olga' });

    expect([first, second, third].map((one) => one.ok && one.value)).toEqual([
      { seat: 'data_owner', isActive: false, repeated: false },
      { seat: 'governance', isActive: false, repeated: false },
      { seat: 'ops_lead', isActive: true, repeated: false },
    ]);
    expect(await activeOf(workspace)).toBe(2);
    expect(await changeOf(sql, workspace, changeId)).toMatchObject({
      state: 'activated',
      approvals: [
        { seat: 'data_owner', name: 'Dana Data', note: 'Checked with the vendor' },
        { seat: 'governance', name: 'Gita Governs' },
        { seat: 'ops_lead', name: 'Olga Novak' },
      ],
    });
    expect(await actionsOf(workspace)).toEqual([
      'rule.proposed',
      'rule.approved',
      'rule.approved',
      'rule.approved',
      'rule.activated',
    ]);
    expect(
      (await outboxOf(workspace)).map(({ address, wanted_revision: revision }) => [address, revision]),
    ).toEqual([
      // Once for being asked, once for each approval, once for what became of it.
      ['#rules', 5],
      ['#rules', 1],
      [`person:${workspace.people.adam}`, 1],
    ]);
    await isIntact(workspace);
  });

  it('are refused to the author, which stays on the trail', async () => {
    const workspace = await seedRules(sql);
    const changeId = await proposedChange(sql, workspace, { as: 'gabe' });

    expect(codeOf(await approve(sql, workspace, changeId, { as: 'gabe' }))).toBe('own_rule_change');

    expect((await changeOf(sql, workspace, changeId)).approvals).toEqual([]);
    expect(await actionsOf(workspace)).toEqual(['rule.proposed', 'governance.self_approval_denied']);
  });

  it('of one person with three roles count once', async () => {
    const workspace = await seedRules(sql);
    const changeId = await proposedChange(sql, workspace);

    const answers = [
      await approve(sql, workspace, changeId, { as: 'tess', seat: 'data_owner' }),
      await approve(sql, workspace, changeId, { as: 'tess', seat: 'ops_lead' }),
      await approve(sql, workspace, changeId, { as: 'tess', seat: 'governance' }),
    ];

    expect(answers.map(codeOf)).toEqual(['done', 'already_seated', 'already_seated']);
    expect((await changeOf(sql, workspace, changeId)).approvals).toHaveLength(1);
    expect(await actionsOf(workspace)).toEqual([
      'rule.proposed',
      'rule.approved',
      'governance.denied',
      'governance.denied',
    ]);
  });

  it.each([
    ['without any of the roles', { as: 'adam' }, 'own_rule_change'],
    ['by an account manager', { as: 'ana' }, 'not_permitted'],
    ['in a seat that is not theirs', { as: 'dana', seat: 'governance' }, 'seat_not_yours'],
    ['in a seat that does not exist', { as: 'dana', seat: 'king' }, 'seat_unknown'],
    ['after its time', { as: 'dana', now: new Date('2026-12-24T00:00:00Z') }, 'rule_change_over'],
  ])('are refused %s', async (_, how, code) => {
    const workspace = await seedRules(sql);
    const changeId = await proposedChange(sql, workspace);

    expect(codeOf(await approve(sql, workspace, changeId, how))).toBe(code);
    expect((await changeOf(sql, workspace, changeId)).approvals).toEqual([]);
  });

  it('are refused in a seat that is taken, and say by whom', async () => {
    const workspace = await seedRules(sql);
    const changeId = await proposedChange(sql, workspace);
    await approve(sql, workspace, changeId, { as: 'gita' });

    expect(await approve(sql, workspace, changeId, { as: 'gabe' })).toMatchObject({
      refusal: { code: 'seat_taken', seat: 'governance', byName: 'Gita Governs', at: DECIDED_AT },
    });
  });

  it('are refused to whoever lost the role meanwhile', async () => {
    const workspace = await seedRules(sql);
    const changeId = await proposedChange(sql, workspace);
    await admin`delete from role_grant where person_id = ${workspace.people.dana ?? ''}`;

    expect(codeOf(await approve(sql, workspace, changeId, { as: 'dana' }))).toBe('not_permitted');
    expect(await actionsOf(workspace)).toEqual(['rule.proposed', 'authz.denied']);
  });

  it('are refused after a rejection, and for a change that is not there', async () => {
    const workspace = await seedRules(sql);
    const changeId = await proposedChange(sql, workspace);
    await reject(sql, workspace, changeId, { as: 'dana' });

    expect(await approve(sql, workspace, changeId, { as: 'olga' })).toMatchObject({
      refusal: { code: 'rule_change_over', how: 'rejected', byName: 'Dana Data' },
    });
    const unknown = '0190a0a0-0000-7000-8000-000000000001';
    expect(codeOf(await approve(sql, workspace, unknown, { as: 'olga' }))).toBe('rule_change_unknown');
  });

  it('of the same request again are the same approval', async () => {
    const workspace = await seedRules(sql);
    const changeId = await proposedChange(sql, workspace);
    const once = { as: 'dana', requestKey: 'the same press' };

    const answers = await Promise.all([1, 2, 3].map(() => approve(sql, workspace, changeId, once)));

    expect(answers.map(codeOf)).toEqual(['done', 'done', 'done']);
    expect(await actionsOf(workspace)).toEqual(['rule.proposed', 'rule.approved']);
  });
});

describe('many approvals at the same moment', () => {
  it('activate the rule exactly once, whoever comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const workspace = await seedRules(sql);
      const changeId = await proposedChange(sql, workspace);
      await approve(sql, workspace, changeId, { as: 'dana' });
      const crowd = ['olga', 'gita', 'tess', 'gabe', 'olga', 'gita', 'tess', 'gabe', 'adam', 'ana'];

      const answers = await Promise.all(crowd.map((as) => approve(sql, workspace, changeId, { as })));

      expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
      expect(answers.filter((one) => one.ok && one.value.isActive)).toHaveLength(1);
      const actions = await actionsOf(workspace);
      expect(actions.filter((action) => action === 'rule.approved')).toHaveLength(3);
      expect(actions.filter((action) => action === 'rule.activated')).toHaveLength(1);
      const change = await changeOf(sql, workspace, changeId);
      expect(new Set(change.approvals.map(({ personId }) => personId)).size).toBe(3);
      expect(await activeOf(workspace)).toBe(2);
      await isIntact(workspace);
    }
  });

  it('and a rejection have one outcome', async () => {
    for (let round = 0; round < 5; round += 1) {
      const workspace = await seedRules(sql);
      const changeId = await proposedChange(sql, workspace);
      await approve(sql, workspace, changeId, { as: 'dana' });
      await approve(sql, workspace, changeId, { as: 'olga' });

      const answers = await Promise.all([
        approve(sql, workspace, changeId, { as: 'gita' }),
        reject(sql, workspace, changeId, { as: 'tess' }),
      ]);

      expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
      const { state } = await changeOf(sql, workspace, changeId);
      expect(await activeOf(workspace)).toBe(state === 'activated' ? 2 : 1);
    }
  });
});

describe('a change that is not approved', () => {
  it('ends by a rejection with a reason, and its author is told', async () => {
    const workspace = await seedRules(sql);
    const changeId = await proposedChange(sql, workspace);
    expect(codeOf(await reject(sql, workspace, changeId, { as: 'dana', reason: ' ' }))).toBe(
      'reason_required',
    );
    expect(codeOf(await reject(sql, workspace, changeId, { as: 'ana' }))).toBe('not_permitted');

    expect(codeOf(await reject(sql, workspace, changeId, { as: 'dana', reason: 'Ask the vendor' }))).toBe(
      'done',
    );

    expect(await changeOf(sql, workspace, changeId)).toMatchObject({
      state: 'rejected',
      note: 'Ask the vendor',
    });
    expect((await outboxOf(workspace)).map(({ address }) => address)).toContain(
      `person:${workspace.people.adam}`,
    );
    expect(await actionsOf(workspace)).toEqual(['rule.proposed', 'authz.denied', 'rule.rejected']);
    expect(await activeOf(workspace)).toBe(1);
  });

  it('is withdrawn by its author, and can be proposed again', async () => {
    const workspace = await seedRules(sql);
    const changeId = await proposedChange(sql, workspace);

    await reject(sql, workspace, changeId, { as: 'adam', reason: 'Thought better of it' });

    expect(await changeOf(sql, workspace, changeId)).toMatchObject({ state: 'withdrawn', to: 2 });
    const again = await proposedChange(sql, workspace);
    expect(await changeOf(sql, workspace, again)).toMatchObject({ state: 'pending', to: 2 });
  });

  it('ends when its time is over, once, however many sweep', async () => {
    const workspace = await seedRules(sql);
    const { workspaceId } = workspace;
    const changeId = await proposedChange(sql, workspace);
    const after = (days: number) => new Date(PROPOSED_AT.getTime() + days * 86_400_000);
    const at = (days: number) =>
      sweep(sql, { workspaceId, zone: 'UTC', rulesChannel: '#rules', now: after(days) });

    expect((await at(13)).rulesExpired).toBe(0);
    const swept = await Promise.all([at(14), at(14), at(14)]);

    expect(swept.reduce((sum, { rulesExpired }) => sum + rulesExpired, 0)).toBe(1);
    expect(await changeOf(sql, workspace, changeId)).toMatchObject({ state: 'expired' });
    expect(await actionsOf(workspace)).toEqual(['rule.proposed', 'rule.expired']);
    const told = (await outboxOf(workspace)).map(({ address }) => address);
    expect(told).toContain(`person:${workspace.people.adam}`);
    await isIntact(workspace);
  });
});

describe('the database refuses', () => {
  const withAChange = async () => {
    const workspace = await seedRules(sql);
    return { workspace, changeId: await proposedChange(sql, workspace) };
  };
  const activated = `update rule_change set state = 'activated', decided_by = (select person_id from person where key = 'olga'),
                     decided_at = now(), decided_seq = 1`;

  it.each([
    ['an activation without three approvals', activated],
    ['another reason than was proposed', `update rule_change set reason = 'another'`],
    ['a change that is gone', `delete from rule_change`],
    [
      'an approval by the author',
      `insert into rule_approval (workspace_id, change_id, seat, person_id, approved_at, seq)
       select workspace_id, change_id, 'governance', proposed_by, proposed_at, 1 from rule_change`,
    ],
    [
      'an approval by somebody without the role',
      `insert into rule_approval (workspace_id, change_id, seat, person_id, approved_at, seq)
       select c.workspace_id, c.change_id, 'governance', p.person_id, c.proposed_at, 1
       from rule_change c join person p on p.key = 'ana'`,
    ],
    ['a version that says something else', `update spec_version set body = '{"v":9}'`],
  ])('%s', async (_, statement) => {
    const { workspace, changeId } = await withAChange();

    await expect(inWorkspace(sql, workspace.workspaceId, (tx) => tx.unsafe(statement))).rejects.toThrow();
    expect(await changeOf(sql, workspace, changeId)).toMatchObject({ state: 'pending', approvals: [] });
  });
});
