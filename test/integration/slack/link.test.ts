import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { upsertPeople } from '../../../src/pipeline/govern/upsert-people.sql.ts';
import { askAdmins } from '../../../src/slack/link/ask-admins.sql.ts';
import { confirm } from '../../../src/slack/link/confirm.ts';
import { insertRequest } from '../../../src/slack/link/insert-request.sql.ts';
import { decline, vouch } from '../../../src/slack/link/vouch.ts';
import { testDatabase } from '../../support/database.ts';
import { type SeededWorkspace, seedWorkspace, trailOf } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const PRESSED = { action_id: 'claim', value: '{}', action_ts: '1.2', label: 'EX-1001' };
const STRANGER = 'U_STRANGER';

let workspace: SeededWorkspace;
let context: { sql: typeof sql; workspaceId: string };
let requestId: string;
let adminId: string;

beforeEach(async () => {
  workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  const { workspaceId } = workspace;
  context = { sql, workspaceId };
  requestId = newId();
  adminId = workspace.people.olga ?? '';
  await inWorkspace(sql, workspaceId, async (tx) => {
    await tx`insert into role_grant (workspace_id, person_id, role) values (${workspaceId}, ${adminId}, 'admin')`;
    await tx`update person set slack_user_id = null where key = 'ben'`;
    await insertRequest(tx, {
      workspaceId,
      requestId,
      slackUserId: STRANGER,
      slackName: 'Zoe Unknown',
      pressed: PRESSED,
      expiresAt: new Date(Date.now() + 60_000),
    });
  });
});

const expire = () =>
  inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx`update link_request set expires_at = clock_timestamp() where link_request_id = ${requestId}`,
  );
const slackUserOf = async (key: string) => {
  const [row] = await inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx<{ slack_user_id: string | null }[]>`select slack_user_id from person where key = ${key}`,
  );
  return row?.slack_user_id;
};

async function tokenForBen(): Promise<string> {
  const vouched = await vouch(context, { requestId, adminId, personKey: 'ben' });
  if (!vouched.ok) throw new Error(`not vouched: ${vouched.problem}`);
  return vouched.token;
}

describe('vouching', () => {
  it('keeps the hash of the token only, and is on the trail with who did it', async () => {
    const token = await tokenForBen();

    const rows = await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx<{ kept: string }[]>`select to_jsonb(r)::text as kept from link_request r`,
    );
    expect(rows[0]?.kept).not.toContain(token);
    expect(
      JSON.stringify(await trailOf(sql, workspace), (_, v) => (typeof v === 'bigint' ? `${v}` : v)),
    ).toContain('person.vouched');
    expect(await slackUserOf('ben')).toBeNull();
  });

  it('is for admins, as of now', async () => {
    const ana = workspace.people.ana ?? '';
    expect(await vouch(context, { requestId, adminId: ana, personKey: 'ben' })).toEqual({
      ok: false,
      problem: 'onlyAdmins',
    });
  });

  it.each([['ana'], ['nobody']])(
    'is refused for %s, who has a Slack user or is not there',
    async (personKey) => {
      await inWorkspace(
        sql,
        workspace.workspaceId,
        (tx) => tx`update person set slack_user_id = 'U_OTHER' where key = 'ana'`,
      );
      expect(await vouch(context, { requestId, adminId, personKey })).toEqual({
        ok: false,
        problem: 'taken',
      });
    },
  );

  it('is done once: a second admin is told, also after a decline', async () => {
    const both = await Promise.all([
      vouch(context, { requestId, adminId, personKey: 'ben' }),
      vouch(context, { requestId, adminId, personKey: 'ben' }),
    ]);
    expect(both.map((vouched) => (vouched.ok ? 'done' : vouched.problem)).sort()).toEqual(['done', 'over']);
    expect(await decline(context, { requestId, adminId })).toEqual({ ok: false, problem: 'over' });
  });

  it('comes too late when the request has expired', async () => {
    await expire();
    expect(await vouch(context, { requestId, adminId, personKey: 'ben' })).toEqual({
      ok: false,
      problem: 'expired',
    });
  });
});

describe('confirming', () => {
  it('links the user to the person, once, and gives back what was pressed', async () => {
    const token = await tokenForBen();
    const confirmation = { requestId, token, slackUserId: STRANGER };
    const both = await Promise.all([confirm(context, confirmation), confirm(context, confirmation)]);

    expect(both.map((confirmed) => (confirmed.ok ? confirmed.pressed : confirmed.kind))).toEqual(
      expect.arrayContaining([PRESSED, 'used']),
    );
    expect(await slackUserOf('ben')).toBe(STRANGER);
  });

  it('is refused with the token in somebody else’s hands', async () => {
    const token = await tokenForBen();
    expect(await confirm(context, { requestId, token, slackUserId: 'U_THIEF' })).toEqual({
      ok: false,
      kind: 'notYours',
    });
    expect(await slackUserOf('ben')).toBeNull();
  });

  it('is refused with another token', async () => {
    await tokenForBen();
    expect(await confirm(context, { requestId, token: 'guessed', slackUserId: STRANGER })).toEqual({
      ok: false,
      kind: 'used',
    });
  });

  it('is refused before anybody has vouched', async () => {
    expect(await confirm(context, { requestId, token: '', slackUserId: STRANGER })).toEqual({
      ok: false,
      kind: 'used',
    });
  });

  it('is refused when its time is over', async () => {
    const token = await tokenForBen();
    await expire();
    expect(await confirm(context, { requestId, token, slackUserId: STRANGER })).toEqual({
      ok: false,
      kind: 'linkExpired',
    });
  });

  it('is refused when the person got another Slack user meanwhile', async () => {
    const token = await tokenForBen();
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`update person set slack_user_id = 'U_OTHER' where key = 'ben'`,
    );
    expect(await confirm(context, { requestId, token, slackUserId: STRANGER })).toEqual({
      ok: false,
      kind: 'taken',
      personName: 'Ben Okafor',
    });
  });

  it('is refused for a user who became known meanwhile', async () => {
    const token = await tokenForBen();
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`update person set slack_user_id = ${STRANGER} where key = 'guest'`,
    );
    expect(await confirm(context, { requestId, token, slackUserId: STRANGER })).toEqual({
      ok: false,
      kind: 'alreadyLinked',
      personName: 'Gus Guest',
    });
  });
});

describe('the question', () => {
  it('goes to every active admin once', async () => {
    const { workspaceId } = workspace;
    const link = {
      request_id: requestId,
      slack_user_id: STRANGER,
      slack_name: 'Zoe Unknown',
      action_id: 'claim',
      label: 'EX-1001',
      until: new Date().toISOString(),
    };
    const asked = () =>
      inWorkspace(sql, workspaceId, (tx) => askAdmins(tx, { workspaceId, notice: { link } }));
    expect([await asked(), await asked()]).toEqual([1, 0]);
  });
});

describe('the configuration', () => {
  const ben = { key: 'ben', name: 'Ben Okafor', slackUserId: undefined, roles: [] };
  const applied = async (email: string) => {
    const { workspaceId } = workspace;
    await inWorkspace(sql, workspaceId, async (tx) => {
      await tx`update person set slack_user_id = ${STRANGER} where key = 'ben'`;
      await upsertPeople(tx, { workspaceId, people: [{ ...ben, email }] });
    });
    return await slackUserOf('ben');
  };

  it('keeps a link while the e-mail address stays', async () => {
    expect(await applied('BEN@agency.example')).toBe(STRANGER);
  });

  it('ends it with another address, for the key may be somebody else’s', async () => {
    expect(await applied('benedikt@agency.example')).toBeNull();
  });
});
