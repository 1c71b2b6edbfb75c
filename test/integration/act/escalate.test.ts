import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { type EscalateInput, escalate } from '../../../src/pipeline/act/escalate.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { testDatabase } from '../../support/database.ts';
import {
  noticesOf,
  onlyException,
  order,
  press,
  putRecords,
  RESOLVING,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const TO_FINANCE = { reason: 'Vendor does not answer', target: { kind: 'team', key: 'finance' } } as const;

async function seed(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  return workspace;
}

const escalateAs = async (
  workspace: SeededWorkspace,
  person: string,
  said: Pick<EscalateInput, 'reason' | 'target'>,
) => escalate(sql, { ...press(workspace, person, await onlyException(sql, workspace)), ...said });

describe('escalating', () => {
  it('raises the level and keeps status and owner', async () => {
    const workspace = await seed();
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
    const before = await onlyException(sql, workspace);

    const answer = await escalateAs(workspace, 'ben', TO_FINANCE);

    expect(answer).toMatchObject({ ok: true, value: { status: 'claimed', version: 3 } });
    expect(await onlyException(sql, workspace)).toEqual({
      ...before,
      level: 1,
      version: 3,
      wanted_revision: 3,
    });
    expect((await trailOf(sql, workspace)).at(-1)?.body).toMatchObject({
      action: 'exception.escalate',
      reason: 'ESCALATED',
      note: 'Vendor does not answer',
      actor: { id: workspace.people.ben },
      state: { from: 'claimed', status: 'claimed', level: 1, owner_id: workspace.people.ana },
      data: { target: 'Finance', target_address: 'team:finance' },
    });
  });

  it('tells the target team once, with everything it needs', async () => {
    const workspace = await seed();
    const exception = await onlyException(sql, workspace);
    const request = { ...press(workspace, 'ana', exception), ...TO_FINANCE };

    await escalate(sql, request);
    await escalate(sql, request);

    expect(await noticesOf(sql, workspace)).toEqual([
      {
        kind: 'notice',
        address: 'team:finance',
        payload: {
          notice: 'escalated',
          target: 'Finance',
          standIn: null,
          by: 'Ana Ruiz',
          note: 'Vendor does not answer',
          exception: {
            id: exception.exception_id,
            version: 2,
            number: 1001,
            type: 'missing_invoice',
            atStake: { minor: '10000', currency: 'USD' },
            client: 'Acme',
            orderRef: '1',
            owner: null,
            team: 'Media Ops',
            dueAt: '2026-11-22T07:00:00.000Z',
            expected: { minor: '10000', currency: 'USD' },
            actual: null,
            attempts: [],
          },
        },
      },
    ]);
  });

  it('reaches a person by their id', async () => {
    const workspace = await seed();

    await escalateAs(workspace, 'ana', { reason: 'Please look', target: { kind: 'person', key: 'olga' } });

    expect((await noticesOf(sql, workspace)).map(({ address }) => address)).toEqual([
      `person:${workspace.people.olga}`,
    ]);
  });

  it('twice raises it twice and tells the target each time', async () => {
    const workspace = await seed();

    await escalateAs(workspace, 'ana', TO_FINANCE);
    await escalateAs(workspace, 'ana', TO_FINANCE);

    expect(await onlyException(sql, workspace)).toMatchObject({ level: 2, status: 'open', owner: null });
    expect(await noticesOf(sql, workspace)).toHaveLength(2);
  });

  it.each([
    ['a team', { kind: 'team', key: 'nobody' }],
    ['a person', { kind: 'person', key: 'nobody' }],
    ['a team’s key as a person', { kind: 'person', key: 'finance' }],
    ['a key with a NUL', { kind: 'team', key: 'fin\u0000ance' }],
    ['a key with half a character', { kind: 'team', key: 'fin\uD83D' }],
  ] as const)('refuses an unknown target: %s', async (_what, target) => {
    const workspace = await seed();

    const answer = await escalateAs(workspace, 'ana', { reason: 'Why not', target });

    expect(answer).toMatchObject({ ok: false, refusal: { code: 'unknown_target' } });
    expect(await onlyException(sql, workspace)).toMatchObject({ level: 0, version: 1 });
    expect(await noticesOf(sql, workspace)).toEqual([]);
  });

  it('refuses a target that is no longer active', async () => {
    const workspace = await seed();
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`update person set is_active = false where key = 'ben'`,
    );

    const answer = await escalateAs(workspace, 'ana', {
      reason: 'Why not',
      target: { kind: 'person', key: 'ben' },
    });

    expect(answer).toEqual({ ok: false, refusal: { code: 'unknown_target', given: 'ben' } });
  });

  it('refuses to go without a reason', async () => {
    const workspace = await seed();

    expect(await escalateAs(workspace, 'ana', { ...TO_FINANCE, reason: ' \u00a0\n' })).toEqual({
      ok: false,
      refusal: { code: 'reason_required' },
    });
  });

  it('refuses once the exception is closed', async () => {
    const workspace = await seed();
    const now = new Date('2026-11-22T09:00:00Z');
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
    const request = press(workspace, 'ana', await onlyException(sql, workspace));
    await resolve(sql, { ...request, code: 'accepted', note: '', amount: undefined }, { ...RESOLVING, now });

    expect(await escalateAs(workspace, 'ana', TO_FINANCE)).toEqual({
      ok: false,
      refusal: { code: 'already_closed', status: 'resolved', byName: 'Ana Ruiz', at: now },
    });
  });
});

describe('somebody whose Slack account is deactivated', () => {
  it('is no target: nobody would read what they are told', async () => {
    const workspace = await seed();
    const { workspaceId } = workspace;
    await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx`update person set left_at = now() where workspace_id = ${workspaceId} and key = 'ben'`,
    );

    const answer = await escalateAs(workspace, 'ana', {
      reason: 'Vendor does not answer',
      target: { kind: 'person', key: 'ben' },
    });

    expect(answer).toEqual({ ok: false, refusal: { code: 'unknown_target', given: 'ben' } });
    expect(await onlyException(sql, workspace)).toMatchObject({ level: 0 });
  });
});
