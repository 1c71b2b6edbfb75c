import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { acceptOffer } from '../../../src/pipeline/act/answer-offer.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { readDetails } from '../../../src/pipeline/act/details.ts';
import { handOver } from '../../../src/pipeline/act/hand-over.ts';
import { reopen } from '../../../src/pipeline/act/reopen.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import {
  noticesOf,
  ORGANISATION,
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
const sql = connect({ url: database.url, role: 'people', max: 10 });
afterAll(() => sql.end());

const AT = new Date('2026-11-22T08:00:00.000Z');

async function claimed(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)), AT);
  return workspace;
}

/** From whoever has it to the other of Ana and Ben, accepted. */
async function handOn(workspace: SeededWorkspace, times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const { owner } = await onlyException(sql, workspace);
    const [from, to] = owner === 'ana' ? ['ana', 'ben'] : ['ben', 'ana'];
    const offer = press(workspace, from, await onlyException(sql, workspace));
    await handOver(
      sql,
      { ...offer, person: to, note: `Not mine, says ${from}` },
      { ...ORGANISATION, now: AT },
    );
    const accepted = await acceptOffer(sql, press(workspace, to, await onlyException(sql, workspace)), AT);
    expect(accepted).toMatchObject({ ok: true });
  }
}

const raisedOf = async (workspace: SeededWorkspace) =>
  (await trailOf(sql, workspace)).filter(({ action }) => action === 'exception.ping_pong');

const toldOf = async (workspace: SeededWorkspace) =>
  (await noticesOf(sql, workspace)).filter(({ payload }) => payload.step === 'ping_pong');

describe('an exception that goes from hand to hand', () => {
  it('is raised with its third hand-over, and the ops lead is told why and what was tried', async () => {
    const workspace = await claimed();
    await handOn(workspace, 2);
    expect(await raisedOf(workspace)).toEqual([]);
    expect(await toldOf(workspace)).toEqual([]);

    await handOn(workspace);

    expect(await onlyException(sql, workspace)).toMatchObject({ level: 1, owner: 'ben', status: 'claimed' });
    expect((await raisedOf(workspace)).map(({ body }) => body)).toMatchObject([
      {
        actor: { kind: 'program', name: 'hand_over' },
        reason: 'HANDED_OVER_OFTEN',
        state: { level: 1, owner_id: workspace.people.ben },
        data: { hand_overs: 3, target: 'Olga Novak' },
      },
    ]);
    expect(await toldOf(workspace)).toMatchObject([
      {
        address: `person:${workspace.people.olga}`,
        payload: {
          count: 1,
          exceptions: [
            {
              attempts: [
                { by: 'Ana Ruiz', said: 'Not mine, says ana', end: { how: 'handed_over', to: 'Ben Okafor' } },
                { by: 'Ben Okafor', end: { how: 'handed_over', to: 'Ana Ruiz' } },
                { by: 'Ana Ruiz', end: { how: 'handed_over', to: 'Ben Okafor' } },
                { by: 'Ben Okafor', until: null, end: null },
              ],
            },
          ],
        },
      },
    ]);
    const { workspaceId } = workspace;
    expect((await verifyAudit(sql, { workspaceId, anchors: [] })).problems).toEqual([]);
  });

  it('is not raised again by the fourth, nor by the sixth', async () => {
    const workspace = await claimed();
    await handOn(workspace, 6);

    expect(await onlyException(sql, workspace)).toMatchObject({ level: 1 });
    expect(await raisedOf(workspace)).toHaveLength(1);
    expect(await toldOf(workspace)).toHaveLength(1);
  });

  it('is counted anew once it was opened again', async () => {
    const workspace = await claimed();
    await handOn(workspace, 2);
    const settle = press(workspace, 'ana', await onlyException(sql, workspace));
    const input = { ...settle, code: 'accepted', note: '', amount: undefined };
    await resolve(sql, input, RESOLVING);
    const again = press(workspace, 'ana', await onlyException(sql, workspace));
    await reopen(sql, { ...again, reason: 'It was not' }, { calendar: ORGANISATION.calendar });
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)), AT);
    await handOn(workspace, 2);
    expect(await raisedOf(workspace)).toEqual([]);

    await handOn(workspace);
    expect(await raisedOf(workspace)).toHaveLength(1);
  });

  it('is raised once when the acceptance is sent twice at once', async () => {
    const workspace = await claimed();
    await handOn(workspace, 2);
    const offer = press(workspace, 'ana', await onlyException(sql, workspace));
    await handOver(sql, { ...offer, person: 'ben', note: 'Again' }, { ...ORGANISATION, now: AT });
    const answer = press(workspace, 'ben', await onlyException(sql, workspace));
    const answers = await Promise.all([
      acceptOffer(sql, { ...answer, requestKey: 'one' }, AT),
      acceptOffer(sql, { ...answer, requestKey: 'two' }, AT),
    ]);

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await raisedOf(workspace)).toHaveLength(1);
  });

  it('tells the channel when there is no ops lead, and who stands in when they are away', async () => {
    const alone = await claimed();
    await inWorkspace(
      sql,
      alone.workspaceId,
      (tx) => tx`update person set is_active = false where key = 'olga'`,
    );
    await handOn(alone, 3);
    expect(await toldOf(alone)).toMatchObject([{ address: 'team:media_ops' }]);

    const away = await claimed();
    await inWorkspace(
      sql,
      away.workspaceId,
      (tx) => tx`
        with deputy as (
          update person set deputy_id = ${away.people.ana ?? null}::uuid where key = 'olga' returning person_id
        )
        insert into absence (workspace_id, person_id, from_on, until_on, from_at, until_at)
        select ${away.workspaceId}::uuid, person_id, '2026-11-20', '2026-11-25', '2026-11-20', '2026-11-26' from deputy`,
    );
    await handOn(away, 3);
    expect(await toldOf(away)).toMatchObject([{ address: `person:${away.people.ana}` }]);
  });
});

describe('what was tried', () => {
  it('stands in the offer, in the details and on the card', async () => {
    const workspace = await claimed();
    await handOn(workspace);
    const { exception_id: exceptionId } = await onlyException(sql, workspace);
    const offer = press(workspace, 'ben', await onlyException(sql, workspace));
    await handOver(sql, { ...offer, person: 'ana', note: 'Back to you' }, { ...ORGANISATION, now: AT });

    const offered = (await noticesOf(sql, workspace)).filter(({ payload }) => payload.notice === 'offered');
    const tried = [
      { by: 'Ana Ruiz', end: { how: 'handed_over', to: 'Ben Okafor' } },
      { by: 'Ben Okafor', said: 'Back to you', until: null },
    ];
    expect(offered.find(({ payload }) => payload.note === 'Back to you')).toMatchObject({
      payload: { exception: { attempts: tried } },
    });
    const details = await readDetails(sql, { workspaceId: workspace.workspaceId, exceptionId });
    expect(details?.facts.attempts).toMatchObject(tried);
  });
});
