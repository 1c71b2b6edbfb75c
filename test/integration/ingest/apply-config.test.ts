import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Organisation } from '../../../src/core/organisation.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { type AppliedConfig, applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { testDatabase } from '../../support/database.ts';
import { ORDERS, organisation } from './setup.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs', max: 3 });
afterAll(() => sql.end());

const AT = { now: new Date('2026-11-22T00:00:00Z') };
const person = (key: string, roles: Organisation['people'][number]['roles'] = []) => ({
  key,
  name: key.toUpperCase(),
  email: `${key}@northlight.example`,
  slackUserId: undefined,
  roles,
});

let count = 0;
let base: Organisation;
beforeEach(() => {
  count += 1;
  base = {
    ...organisation(`apply ${count}`),
    people: [person('ana', ['account_manager']), person('olga', ['ops_lead'])],
    teams: [{ key: 'media', name: 'Media', channel: '#media', members: ['ana'], lead: 'olga' }],
  };
});

const config = (changes: Partial<Organisation> = {}, contract = ORDERS): AppliedConfig => ({
  organisation: { ...base, ...changes },
  feeds: new Map([[contract.feed, contract]]),
  reconciliations: new Map(),
});

const trail = (workspaceId: string) =>
  inWorkspace(sql, workspaceId, async (tx) => {
    const rows = await tx<{ change: string }[]>`
      select body::jsonb -> 'data' -> 'changed' ->> 0 as change from audit_event order by seq`;
    return rows.map(({ change }) => change);
  });

describe('applying a configuration', () => {
  it('makes the workspace and everything in it, one audit event per change', async () => {
    const { workspaceId, changes } = await applyConfig(sql, config(), AT);
    expect(changes).toEqual([
      `workspace ${base.name}: added or changed`,
      'person ana: added or changed',
      'person ana: is account_manager',
      'person olga: added or changed',
      'person olga: is ops_lead',
      'team media: added or changed',
      'team media: with ana',
      'feed orders: added or changed',
      'feed orders: contract version 1 recorded',
    ]);
    expect(await trail(workspaceId)).toEqual(changes);
  });

  it('again writes nothing', async () => {
    const first = await applyConfig(sql, config(), AT);
    const again = await applyConfig(sql, config(), AT);
    expect(again).toEqual({ workspaceId: first.workspaceId, changes: [] });
    expect(await trail(first.workspaceId)).toEqual(first.changes);
  });

  it('tells the trail which limits hold from now on, when they are raised and when they are gone', async () => {
    const limit = (upToMinor: bigint) =>
      ({ person: undefined, role: 'finance', upToMinor, currency: 'USD', books: ['write_off'] }) as const;
    const limited = (limits: Organisation['money']['limits']) => config({ money: { ...base.money, limits } });
    const { workspaceId } = await applyConfig(sql, limited([limit(5_000_00n)]), AT);
    await applyConfig(sql, limited([limit(5_000_00n)]), AT);
    await applyConfig(sql, limited([limit(999_999_00n)]), AT);
    await applyConfig(sql, limited(undefined), AT);
    await applyConfig(sql, limited(undefined), AT);

    const told = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx`
        select body::jsonb -> 'data' -> 'changed' as changed from audit_event where body like '%"limits":%' order by seq`,
    );
    expect(told.map(({ changed }) => changed)).toEqual([
      ['limit: role finance up to 5000.00 USD for write_off'],
      [
        'limit no longer: role finance up to 5000.00 USD for write_off',
        'limit: role finance up to 999999.00 USD for write_off',
      ],
      [
        'limit no longer: role finance up to 999999.00 USD for write_off',
        'limits: none, nothing needs a second person',
      ],
    ]);
  });

  it('tells the trail where second persons are asked and for how long, once it is not as usual', async () => {
    const asked = (team: string | undefined, expireAfterMs: number) =>
      config({ money: { ...base.money, approvals: { team, expireAfterMs } } });
    const { workspaceId } = await applyConfig(sql, asked('finance', 48 * 3_600_000), AT);
    await applyConfig(sql, asked('media', 365 * 86_400_000), AT);
    const again = await applyConfig(sql, asked('media', 365 * 86_400_000), AT);
    await applyConfig(sql, asked(undefined, 48 * 3_600_000), AT);

    expect(again.changes).toEqual([]);
    expect((await trail(workspaceId)).filter((line) => line.startsWith('approvals'))).toEqual([
      'approvals: asked in the channel of team media, lapse after 365d',
      "approvals: asked in the channel of the exception's team, lapse after 2d",
    ]);
  });

  it('tells the trail which resolution codes book an entry: one that no longer does asks for no second person', async () => {
    const code = (changes: Partial<Organisation['resolutionCodes'][number]>) =>
      config({
        resolutionCodes: [
          { code: 'written_off', label: 'Lost', types: [], note: 'optional', amount: 'required', ...changes },
        ],
      });
    const { workspaceId } = await applyConfig(sql, code({ books: 'write_off' }), AT);
    const renamed = await applyConfig(sql, code({ books: 'write_off', label: 'Given up' }), AT);
    await applyConfig(sql, code({}), AT);
    await applyConfig(sql, code({ books: 'write_off', types: ['overbilled'] }), AT);

    expect(renamed.changes).toEqual([]);
    expect((await trail(workspaceId)).filter((line) => line.startsWith('code'))).toEqual([
      'code: written_off books write_off, wants amount',
      'code no longer: written_off books write_off, wants amount',
      'code: written_off books write_off for overbilled, wants amount',
    ]);
  });

  it('makes who is gone inactive, without role and team, and deletes nobody', async () => {
    const { workspaceId } = await applyConfig(sql, config(), AT);
    const people = [person('olga', ['ops_lead'])];
    const teams = [{ key: 'media', name: 'Media', channel: '#media', members: [], lead: 'olga' }];
    const { changes } = await applyConfig(sql, config({ people, teams }), AT);
    expect(changes).toEqual([
      'person ana: no longer account_manager',
      'person ana: no longer active',
      'team media: without ana',
    ]);
    const rows = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx`select key, is_active from person order by key`,
    );
    expect([...rows]).toEqual([
      { key: 'ana', is_active: false },
      { key: 'olga', is_active: true },
    ]);
  });

  it('keeps a person who gets another key', async () => {
    const { workspaceId } = await applyConfig(sql, config(), AT);
    const people = [{ ...person('ana', ['account_manager']), key: 'ana_ruiz' }, person('olga', ['ops_lead'])];
    const teams = [{ key: 'media', name: 'Media', channel: '#media', members: ['ana_ruiz'], lead: 'olga' }];
    const { changes } = await applyConfig(sql, config({ people, teams }), AT);
    expect(changes).toEqual(['person ana_ruiz: has a new key, was ana']);
    const rows = await inWorkspace(sql, workspaceId, (tx) => tx`select key from person order by key`);
    expect(rows.map(({ key }) => key)).toEqual(['ana_ruiz', 'olga']);
  });

  it('keeps a Slack id that was learnt, and forgets the id of a channel that changed', async () => {
    const { workspaceId } = await applyConfig(sql, config(), AT);
    await inWorkspace(sql, workspaceId, async (tx) => {
      await tx`update person set slack_user_id = 'U0ANA' where key = 'ana'`;
      await tx`update team set channel_id = 'C0MEDIA'`;
    });
    const teams = [{ key: 'media', name: 'Media', channel: '#other', members: ['ana'], lead: 'olga' }];
    await applyConfig(sql, config({ teams }), AT);
    const [row] = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx`
      select p.slack_user_id, t.channel_id from person p join team t using (workspace_id) where p.key = 'ana'`,
    );
    expect(row).toEqual({ slack_user_id: 'U0ANA', channel_id: null });
  });

  it('gives an e-mail address to whoever has it now: two who swapped theirs, or a colleague with that of somebody who is gone', async () => {
    const [ana, olga] = [person('ana'), person('olga')];
    const { workspaceId } = await applyConfig(sql, config({ people: [ana, olga] }), AT);
    const addresses = async () =>
      Object.fromEntries(
        (
          await inWorkspace(
            sql,
            workspaceId,
            (tx) => tx`select key, email from person where workspace_id = ${workspaceId}`,
          )
        ).map(({ key, email }) => [key, email]),
      );

    const swapped = [
      { ...ana, email: olga.email },
      { ...olga, email: ana.email },
    ];
    await applyConfig(sql, config({ people: swapped }), AT);
    expect(await addresses()).toEqual({ ana: olga.email, olga: ana.email });

    const { changes } = await applyConfig(
      sql,
      config({ people: [{ ...olga, email: olga.email }], teams: [] }),
      AT,
    );
    expect(changes).toContain("person ana: their e-mail address is somebody else's");
    expect(await addresses()).toEqual({ ana: expect.stringMatching(/@person\.invalid$/), olga: olga.email });
  });

  it('gives a Slack account to whoever the configuration says has it now, whoever had it before', async () => {
    const [ana, olga] = [
      { ...person('ana'), slackUserId: 'U1' },
      { ...person('olga'), slackUserId: 'U2' },
    ];
    const { workspaceId } = await applyConfig(sql, config({ people: [ana, olga] }), AT);
    const accounts = () =>
      inWorkspace(
        sql,
        workspaceId,
        (tx) => tx`select key, slack_user_id from person where workspace_id = ${workspaceId} order by key`,
      );

    const swapped = [
      { ...ana, slackUserId: 'U2' },
      { ...olga, slackUserId: 'U1' },
    ];
    await applyConfig(sql, config({ people: swapped }), AT);
    expect(await accounts()).toEqual([
      { key: 'ana', slack_user_id: 'U2' },
      { key: 'olga', slack_user_id: 'U1' },
    ]);

    const successor = { ...person('nina'), slackUserId: 'U2' };
    const people = [successor, { ...olga, slackUserId: 'U1' }];
    const { changes } = await applyConfig(sql, config({ people, teams: [] }), AT);
    expect(changes).toContain("person ana: their Slack account is somebody else's");
    expect(await accounts()).toEqual([
      { key: 'ana', slack_user_id: null },
      { key: 'nina', slack_user_id: 'U2' },
      { key: 'olga', slack_user_id: 'U1' },
    ]);
    expect((await applyConfig(sql, config({ people, teams: [] }), AT)).changes).toEqual([]);
  });

  it('records a changed contract as the next version, and an earlier one as itself', async () => {
    await applyConfig(sql, config(), AT);
    const changed = { ...ORDERS, sha256: '2'.repeat(64), body: '{"feed":"orders","v":2}' };
    const second = await applyConfig(sql, config({}, changed), AT);
    const back = await applyConfig(sql, config(), AT);
    expect(second.changes).toEqual([
      'feed orders: contract version 2 in force',
      'feed orders: contract version 2 recorded',
    ]);
    expect(back.changes).toEqual(['feed orders: contract version 1 in force']);
  });

  it('from three processes at once makes one workspace', async () => {
    const results = await Promise.all([1, 2, 3].map(() => applyConfig(sql, config(), AT)));
    expect(new Set(results.map(({ workspaceId }) => workspaceId)).size).toBe(1);
    expect(results.filter(({ changes }) => changes.length > 0)).toHaveLength(1);
  });
});
