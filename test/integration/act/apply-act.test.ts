import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import { databaseError } from '../../../src/db/errors.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { actFacts, readAct } from '../../../src/pipeline/act/act-facts.sql.ts';
import { applyAct, type Change } from '../../../src/pipeline/act/apply-act.sql.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { unclaim } from '../../../src/pipeline/act/unclaim.ts';
import { testDatabase } from '../../support/database.ts';
import {
  addMembers,
  onlyException,
  order,
  press,
  putRecords,
  rowCounts,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people', max: 10 });
afterAll(() => sql.end());

async function seed(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  return workspace;
}

const pressOn = async (workspace: SeededWorkspace, person: string) =>
  press(workspace, person, await onlyException(sql, workspace));

/** A claim as it reaches the database, by somebody who saw the exception as it is now. */
async function claimChange(workspace: SeededWorkspace): Promise<Change> {
  const { workspaceId, people } = workspace;
  const personId = people.ana ?? '';
  const { exceptionId } = await pressOn(workspace, 'ana');
  const seen = await inWorkspace(sql, workspaceId, (tx) =>
    actFacts(tx, { workspaceId, exceptionId, personId }),
  );
  if (!seen) throw new Error('nothing to claim');
  const now = new Date('2026-11-22T08:00:00.000Z');
  return {
    workspaceId,
    exceptionId,
    personId,
    seen,
    request: { key: newId(), answer: { ok: true } },
    next: {
      status: 'claimed',
      ownerId: personId,
      claimedAt: now,
      closedAt: null,
      level: 0,
      resolutionCode: null,
      resolutionMinor: null,
      openedAt: seen.openedAt,
      dueAt: seen.dueAt,
      waitUntilOn: null,
      duePausedAt: null,
    },
    fact: {
      action: 'exception.claim',
      entity: 'exception',
      entityId: exceptionId,
      actor: { kind: 'person', id: personId },
      state: { status: 'claimed', from: 'open', version: 2, level: 0, ownerId: personId },
    },
  };
}

describe('a press that loses', () => {
  it('leaves no event and no message, only its answer', async () => {
    const workspace = await seed();
    const presses = [await pressOn(workspace, 'ana'), await pressOn(workspace, 'ben')];
    const before = await rowCounts(sql, workspace);

    const answers = await Promise.all(presses.map((request) => claim(sql, request)));

    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const { inbox = 0, audit_event: events = 0, outbox = 0 } = before;
    expect(await rowCounts(sql, workspace)).toEqual({
      ...before,
      inbox: inbox + 2,
      audit_event: events + 1,
      outbox: outbox + 1,
    });
  });

  it('is told who was faster from what its own statement found', async () => {
    const workspace = await seed();
    const stale = await claimChange(workspace);
    await claim(sql, await pressOn(workspace, 'ben'));
    const before = await rowCounts(sql, workspace);

    const applied = await applyAct(sql, stale);

    expect(applied).toMatchObject({
      verdict: 'moved_on',
      now: { facts: { status: 'claimed', version: 2, owner: { name: 'Ben Okafor' } }, answered: undefined },
    });
    expect(await rowCounts(sql, workspace)).toEqual(before);
  });

  it('many times at once under one name is answered alike and kept once', async () => {
    const workspace = await seed();
    await claim(sql, await pressOn(workspace, 'ana'));
    const request = await pressOn(workspace, 'ben');
    const before = await rowCounts(sql, workspace);

    const answers = await Promise.all(Array.from({ length: 8 }, () => claim(sql, request)));

    const [first] = answers;
    expect(first).toMatchObject({ ok: false, refusal: { code: 'already_claimed', since: expect.any(Date) } });
    expect(answers).toEqual(Array.from({ length: 8 }, () => first));
    expect(await rowCounts(sql, workspace)).toEqual({ ...before, inbox: (before.inbox ?? 0) + 1 });
  });
});

describe('the same request', () => {
  it('that was answered before changes nothing, whatever was decided from', async () => {
    const workspace = await seed();
    const change = await claimChange(workspace);
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`
        insert into inbox (workspace_id, request_key, outcome)
        values (${workspace.workspaceId}, ${change.request?.key ?? ''}, '{"ok": false, "refusal": {"code": "not_found"}}')`,
    );
    const before = await rowCounts(sql, workspace);

    const applied = await applyAct(sql, change);

    expect(applied).toEqual({
      verdict: 'repeated',
      answered: { ok: false, refusal: { code: 'not_found' } },
    });
    expect(await rowCounts(sql, workspace)).toEqual(before);
  });

  it('pressed by fifty processes at once has one effect', async () => {
    const workspace = await seed();
    const [person = ''] = await addMembers(sql, workspace, 1);
    const request = press(workspace, person, await onlyException(sql, workspace));
    const before = await rowCounts(sql, workspace);

    const answers = await Promise.all(Array.from({ length: 50 }, () => claim(sql, request)));

    expect(answers.filter((answer) => answer.ok && !answer.value.repeated)).toHaveLength(1);
    expect(answers.filter((answer) => answer.ok && answer.value.repeated)).toHaveLength(49);
    expect(await rowCounts(sql, workspace)).toMatchObject({
      inbox: (before.inbox ?? 0) + 1,
      audit_event: (before.audit_event ?? 0) + 1,
    });
  });
});

describe('the functions of an act', () => {
  it('move nothing of another workspace', async () => {
    const [own, other] = [await seed(), await seed()];
    const theirs = await claimChange(other);

    const applied = await applyAct(sql, { ...theirs, workspaceId: own.workspaceId });

    expect(applied).toMatchObject({ verdict: 'moved_on', now: { facts: undefined } });
    expect(await onlyException(sql, other)).toMatchObject({ status: 'open', version: 1 });
  });

  it('tell nothing of another workspace', async () => {
    const [own, other] = [await seed(), await seed()];
    const { exceptionId } = await pressOn(other, 'ana');
    const { workspaceId, people } = own;

    expect(await readAct(sql, { workspaceId, exceptionId, personId: people.ana ?? '' })).toMatchObject({
      facts: undefined,
      presser: { personId: people.ana },
    });
    expect(await readAct(sql, { workspaceId, exceptionId, personId: other.people.ana ?? '' })).toMatchObject({
      facts: undefined,
      presser: undefined,
    });
  });

  it('refuse to change over to another workspace within a transaction', async () => {
    const [own, other] = [await seed(), await seed()];
    const theirs = await claimChange(other);

    const changed = inWorkspace(sql, own.workspaceId, (tx) => applyAct(tx, theirs));

    expect(await codeOf(changed)).toBe('TIE03');
    expect(await onlyException(sql, other)).toMatchObject({ status: 'open', version: 1 });
  });

  it('leave no workspace behind on the connection', async () => {
    const workspace = await seed();
    const single = connect({ url: database.url, role: 'people', max: 1 });
    await applyAct(single, await claimChange(workspace));

    const seen = await single`select count(*)::integer as rows from exception`;
    await single.end();

    expect([...seen]).toEqual([{ rows: 0 }]);
  });

  it('run with the caller’s rights, and only the application may call them', async () => {
    const rows = await asAdmin(
      database.adminUrl,
      (admin) => admin<{ name: string; is_definer: boolean; callers: string[] }[]>`
        select p.proname as name, p.prosecdef as is_definer,
               array(select a.grantee::regrole::text from aclexplode(p.proacl) a
                     where a.grantee <> p.proowner order by 1) as callers
        from pg_proc p
        where p.pronamespace = 'tieout'::regnamespace
          and p.proname in ('enter_workspace', 'read_act', 'keep_outcome', 'show_move', 'apply_act')
        order by p.proname`,
    );

    expect([...rows]).toEqual(
      ['apply_act', 'enter_workspace', 'keep_outcome', 'read_act', 'show_move'].map((name) => ({
        name,
        is_definer: false,
        callers: ['tieout_app'],
      })),
    );
  });
});

describe('a move of an exception that is in a flood', () => {
  type GroupRow = { status: string; wanted_revision: number };

  /** The exception's group, with its card in that state. */
  async function flooded(card: GroupRow | undefined) {
    const workspace = await seed();
    const { workspaceId } = workspace;
    const { exceptionId } = await pressOn(workspace, 'ana');
    const groupId = newId();
    await inWorkspace(sql, workspaceId, async (tx) => {
      await tx`delete from outbox where exception_id = ${exceptionId}`;
      await tx`
        insert into flood_group (workspace_id, group_id, team_id, type, opened_at)
        select workspace_id, ${groupId}, team_id, type, opened_at from exception where exception_id = ${exceptionId}`;
      await tx`
        insert into flood_member (workspace_id, exception_id, group_id)
        values (${workspaceId}, ${exceptionId}, ${groupId})`;
      if (card) {
        await tx`
          insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, wanted_revision, status, channel_id, ts)
          values (${workspaceId}, ${newId()}, 'group', ${`group:${groupId}`}, 'team:media_ops', ${card.wanted_revision},
            ${card.status}, 'C1', '1.1')`;
      }
    });
    return workspace;
  }

  const messagesOf = ({ workspaceId }: SeededWorkspace) =>
    inWorkspace(sql, workspaceId, async (tx) => [
      ...(await tx<
        (GroupRow & { kind: string })[]
      >`select kind, status, wanted_revision from outbox order by kind`),
    ]);

  it.each([
    ['sent', 'pending'],
    ['dead', 'pending'],
    ['pending', 'pending'],
    ['sending', 'sending'],
  ])(
    'has the group’s card, which is %s, shown again, and writes no card and line of its own',
    async (was, is) => {
      const workspace = await flooded({ status: was, wanted_revision: 4 });

      const answer = await claim(sql, await pressOn(workspace, 'ana'));

      expect(answer).toMatchObject({ ok: true, value: { status: 'claimed' } });
      expect(await messagesOf(workspace)).toEqual([{ kind: 'group', status: is, wanted_revision: 5 }]);
    },
  );

  it('counts every move', async () => {
    const workspace = await flooded({ status: 'sent', wanted_revision: 1 });
    await claim(sql, await pressOn(workspace, 'ana'));
    await unclaim(sql, await pressOn(workspace, 'ana'));
    await claim(sql, await pressOn(workspace, 'ben'));

    expect(await messagesOf(workspace)).toEqual([{ kind: 'group', status: 'pending', wanted_revision: 4 }]);
  });

  it('goes through without a card of the group', async () => {
    const workspace = await flooded(undefined);

    expect(await claim(sql, await pressOn(workspace, 'ana'))).toMatchObject({ ok: true });
    expect(await messagesOf(workspace)).toEqual([]);
  });
});

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return await work.then(
    () => undefined,
    (error: unknown) => databaseError(error)?.code,
  );
}
