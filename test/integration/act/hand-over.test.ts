import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { acceptOffer, declineOffer, lapseOffer } from '../../../src/pipeline/act/answer-offer.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { handOver, readColleagues } from '../../../src/pipeline/act/hand-over.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { sweep } from '../../../src/pipeline/act/sweep.ts';
import { unclaim } from '../../../src/pipeline/act/unclaim.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import {
  invoice,
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
const sql = connect({ url: database.url, role: 'people', max: 10 });
afterAll(() => sql.end());

const AT = new Date('2026-11-22T08:00:00.000Z');
const IN_TIME = new Date('2026-11-22T11:59:59.000Z');
const TOO_LATE = new Date('2026-11-22T12:00:00.000Z');
const DUE = new Date('2026-11-22T07:00:00.000Z');

/** A workspace whose one exception Ana claimed. */
async function seed(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)), AT);
  return workspace;
}

const pressOn = async (workspace: SeededWorkspace, person: string) =>
  press(workspace, person, await onlyException(sql, workspace));

const offerAs = async (
  workspace: SeededWorkspace,
  by: string,
  { person = 'ben', note = 'On leave', now = AT } = {},
) => handOver(sql, { ...(await pressOn(workspace, by)), person, note }, { ...workspace.organisation, now });

/** A workspace whose exception Ana offers to Ben, and his answer's pointer: the version that the offer made. */
async function seedOffered() {
  const workspace = await seed();
  await offerAs(workspace, 'ana');
  const offered = await onlyException(sql, workspace);
  return { workspace, answer: (person: string) => press(workspace, person, offered) };
}

const offersOf = ({ workspaceId }: SeededWorkspace) =>
  inWorkspace(sql, workspaceId, async (tx) => {
    const rows = await tx<{ state: string; is_ended: boolean }[]>`
      select state, ended_at is not null as is_ended from hand_over order by exception_version`;
    return rows.map(({ state, is_ended }) => (is_ended ? `${state}, ended` : state));
  });

const toldOf = async (workspace: SeededWorkspace) =>
  (await noticesOf(sql, workspace)).map(({ address, payload }) => [address, payload.notice]);

const problemsOf = async ({ workspaceId }: SeededWorkspace) =>
  (await verifyAudit(sql, { workspaceId, anchors: [] })).problems;

const sweepAt = ({ workspaceId }: SeededWorkspace, now: Date) =>
  sweep(sql, { workspaceId, zone: 'UTC', now });

describe('offering', () => {
  it('leaves the owner and the due time, and asks the person', async () => {
    const workspace = await seed();

    const answer = await offerAs(workspace, 'ana');

    expect(answer).toMatchObject({ ok: true, value: { status: 'claimed', version: 3 } });
    expect(await onlyException(sql, workspace)).toMatchObject({
      owner: 'ana',
      due_at: DUE,
      wanted_revision: 3,
    });
    expect((await trailOf(sql, workspace)).at(-1)?.body).toMatchObject({
      action: 'exception.hand_over_offer',
      note: 'On leave',
      actor: { id: workspace.people.ana },
      data: { target: 'Ben Okafor', to_id: workspace.people.ben, expires_at: TOO_LATE.toISOString() },
    });
    expect(await noticesOf(sql, workspace)).toMatchObject([
      {
        address: `person:${workspace.people.ben}`,
        payload: {
          notice: 'offered',
          note: 'On leave',
          answerBy: TOO_LATE.toISOString(),
          exception: { number: 1001, version: 3 },
        },
      },
    ]);
    expect(await offersOf(workspace)).toEqual(['open']);
  });

  it('may be done by an ops lead on the owner’s behalf', async () => {
    const workspace = await seed();

    expect(await offerAs(workspace, 'olga')).toMatchObject({ ok: true });
  });

  it.each([
    ['without a note', { note: ' \n' }, { code: 'reason_required' }],
    ['to nobody known', { person: 'no\u0000body' }, { code: 'unknown_target', given: 'no\uFFFDbody' }],
    ['to somebody without a team', { person: 'guest' }, { code: 'unknown_target', given: 'guest' }],
    ['to its owner', { person: 'ana' }, { code: 'already_theirs', ownerName: 'Ana Ruiz' }],
  ])('%s is refused', async (_what, given, refusal) => {
    const workspace = await seed();

    expect(await offerAs(workspace, 'ana', given)).toEqual({ ok: false, refusal });
    expect(await offersOf(workspace)).toEqual([]);
  });

  it('to somebody who was switched off is refused, and they are not in the list', async () => {
    const workspace = await seed();
    const { workspaceId } = workspace;
    const { exception_id: exceptionId } = await onlyException(sql, workspace);
    const list = async () =>
      (await readColleagues(sql, { workspaceId, exceptionId })).map(({ key, isOwnTeam }) => [key, isOwnTeam]);
    expect(await list()).toEqual([['ben', true]]);

    await inWorkspace(sql, workspaceId, (tx) => tx`update person set is_active = false where key = 'ben'`);

    expect(await list()).toEqual([]);
    expect(await offerAs(workspace, 'ana')).toMatchObject({ ok: false, refusal: { code: 'unknown_target' } });
  });

  it('twice is refused while the first stands, also when asked again', async () => {
    const { workspace } = await seedOffered();
    const request = { ...(await pressOn(workspace, 'ana')), person: 'ben', note: 'Again' };
    const again = () => handOver(sql, request, { ...workspace.organisation, now: AT });
    const refused = {
      ok: false,
      refusal: { code: 'already_offered', toName: 'Ben Okafor', until: TOO_LATE },
    };

    expect(await again()).toEqual(refused);
    expect(await again()).toEqual(refused);
  });

  it('anew is possible once the time of the first is over, even before the sweep', async () => {
    const { workspace } = await seedOffered();

    expect(await offerAs(workspace, 'ana', { now: TOO_LATE })).toMatchObject({ ok: true });
    expect(await offersOf(workspace)).toEqual(['lapsed, ended', 'open']);
  });

  it('by two at once makes one offer', async () => {
    const workspace = await seed();

    const answers = await Promise.all([offerAs(workspace, 'ana'), offerAs(workspace, 'olga')]);

    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await offersOf(workspace)).toEqual(['open']);
  });

  it('by a member who does not own it is refused, naming the owner', async () => {
    const workspace = await seed();

    expect(await offerAs(workspace, 'ben', { person: 'ben' })).toEqual({
      ok: false,
      refusal: { code: 'already_claimed', ownerName: 'Ana Ruiz', since: AT, isYou: false },
    });
  });

  it('of what nobody claimed is refused by its status', async () => {
    const workspace = await seed();
    await unclaim(sql, await pressOn(workspace, 'ana'));

    expect(await offerAs(workspace, 'olga')).toEqual({
      ok: false,
      refusal: { code: 'wrong_status', action: 'hand_over', status: 'open' },
    });
  });
});

describe('accepting', () => {
  it('makes the person the owner, keeps the due time, and tells who offered it', async () => {
    const { workspace, answer } = await seedOffered();

    const accepted = await acceptOffer(sql, answer('ben'), IN_TIME);

    expect(accepted).toMatchObject({ ok: true, value: { status: 'claimed', version: 4 } });
    expect(await onlyException(sql, workspace)).toMatchObject({
      owner: 'ben',
      due_at: DUE,
      wanted_revision: 4,
    });
    expect((await trailOf(sql, workspace)).at(-1)?.body).toMatchObject({
      action: 'exception.hand_over',
      actor: { id: workspace.people.ben },
      state: { from: 'claimed', status: 'claimed', owner_id: workspace.people.ben },
      data: {
        from_id: workspace.people.ana,
        to_id: workspace.people.ben,
        offered_by: workspace.people.ana,
      },
    });
    expect(await toldOf(workspace)).toContainEqual([`person:${workspace.people.ana}`, 'taken_over']);
    expect(await offersOf(workspace)).toEqual(['accepted, ended']);
    expect(await problemsOf(workspace)).toEqual([]);
  });

  it('tells both the lead who offered it and the owner who lost it', async () => {
    const workspace = await seed();
    await offerAs(workspace, 'olga');

    await acceptOffer(sql, await pressOn(workspace, 'ben'), IN_TIME);

    const told = (await toldOf(workspace)).filter(([, notice]) => notice === 'taken_over');
    expect(told.map(([address]) => address).sort()).toEqual(
      [`person:${workspace.people.ana}`, `person:${workspace.people.olga}`].sort(),
    );
  });

  it('twice at once makes one owner, and the second is told', async () => {
    const { workspace, answer } = await seedOffered();

    const answers = await Promise.all([
      acceptOffer(sql, answer('ben'), IN_TIME),
      acceptOffer(sql, answer('ben'), IN_TIME),
    ]);

    expect(answers.filter((accepted) => accepted.ok)).toHaveLength(1);
    expect(answers.find((accepted) => !accepted.ok)).toEqual({
      ok: false,
      refusal: { code: 'offer_over', how: 'accepted' },
    });
    expect(await onlyException(sql, workspace)).toMatchObject({ owner: 'ben', version: 4 });
  });

  it('by the same request again has no second effect', async () => {
    const { workspace, answer } = await seedOffered();
    const request = answer('ben');
    await acceptOffer(sql, request, IN_TIME);

    expect(await acceptOffer(sql, request, IN_TIME)).toMatchObject({ ok: true, value: { repeated: true } });
    expect(await onlyException(sql, workspace)).toMatchObject({ version: 4 });
  });

  it('by anybody else is refused', async () => {
    const { workspace, answer } = await seedOffered();

    expect(await acceptOffer(sql, answer('olga'), IN_TIME)).toEqual({
      ok: false,
      refusal: { code: 'offer_not_yours', toName: 'Ben Okafor' },
    });
    expect(await onlyException(sql, workspace)).toMatchObject({ owner: 'ana' });
  });

  it('after the time is over is refused, swept or not', async () => {
    const { workspace, answer } = await seedOffered();
    const refused = { ok: false, refusal: { code: 'offer_over', how: 'lapsed' } };

    expect(await acceptOffer(sql, answer('ben'), TOO_LATE)).toEqual(refused);
    await sweepAt(workspace, TOO_LATE);
    expect(await acceptOffer(sql, answer('ben'), IN_TIME)).toEqual(refused);
    expect(await onlyException(sql, workspace)).toMatchObject({ owner: 'ana' });
  });

  it('from an old message does not answer a newer offer', async () => {
    const { workspace, answer } = await seedOffered();
    await declineOffer(sql, { ...answer('ben'), reason: 'Too much' }, IN_TIME);
    await offerAs(workspace, 'ana', { now: IN_TIME });

    expect(await acceptOffer(sql, answer('ben'), IN_TIME)).toEqual({
      ok: false,
      refusal: { code: 'offer_over', how: 'declined' },
    });
    expect(await offersOf(workspace)).toEqual(['declined, ended', 'open']);
  });

  it('is refused once somebody resolved it, and resolving ended the offer', async () => {
    const { workspace, answer } = await seedOffered();
    const request = { ...(await pressOn(workspace, 'ana')), code: 'accepted', note: '', amount: undefined };
    await resolve(sql, request, RESOLVING);

    expect(await acceptOffer(sql, answer('ben'), IN_TIME)).toEqual({
      ok: false,
      refusal: { code: 'offer_over', how: 'withdrawn' },
    });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'resolved', owner: 'ana' });
    expect(await toldOf(workspace)).toContainEqual([`person:${workspace.people.ben}`, 'offer_withdrawn']);
    expect(await offersOf(workspace)).toEqual(['withdrawn, ended']);
  });

  it('and resolving at once lets exactly one through', async () => {
    const { workspace, answer } = await seedOffered();
    const request = { ...(await pressOn(workspace, 'ana')), code: 'accepted', note: '', amount: undefined };

    const answers = await Promise.all([
      acceptOffer(sql, answer('ben'), IN_TIME),
      resolve(sql, request, RESOLVING),
    ]);

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await offersOf(workspace)).toEqual([expect.stringMatching(/^(accepted|withdrawn), ended$/)]);
    expect(await problemsOf(workspace)).toEqual([]);
  });
});

describe('an offer ends without an answer', () => {
  it('when the exception is given back', async () => {
    const { workspace } = await seedOffered();

    await unclaim(sql, await pressOn(workspace, 'ana'));

    expect(await offersOf(workspace)).toEqual(['withdrawn, ended']);
    expect(await toldOf(workspace)).toContainEqual([`person:${workspace.people.ben}`, 'offer_withdrawn']);
  });

  it('when a run finds the difference gone', async () => {
    const { workspace } = await seedOffered();
    await putRecords(sql, workspace, [invoice('1', 100_00n)]);

    await runLedger(sql, workspace);

    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'cleared' });
    expect(await offersOf(workspace)).toEqual(['withdrawn, ended']);
  });

  it('when the time is over: the owner keeps it, and both are told', async () => {
    const { workspace } = await seedOffered();

    expect(await sweepAt(workspace, IN_TIME)).toMatchObject({ lapsed: 0 });
    expect(await sweepAt(workspace, TOO_LATE)).toMatchObject({ lapsed: 1 });

    expect(await onlyException(sql, workspace)).toMatchObject({
      owner: 'ana',
      version: 4,
      wanted_revision: 4,
    });
    expect((await trailOf(sql, workspace)).at(-1)?.body).toMatchObject({
      action: 'exception.hand_over_lapse',
      actor: { kind: 'program', name: 'timer' },
    });
    const told = (await toldOf(workspace)).filter(([, notice]) => notice === 'offer_lapsed');
    expect(told.map(([address]) => address).sort()).toEqual(
      [`person:${workspace.people.ana}`, `person:${workspace.people.ben}`].sort(),
    );
    expect(await problemsOf(workspace)).toEqual([]);
  });

  it('once, when ten instances sweep at the same time', async () => {
    const { workspace } = await seedOffered();
    const { exception_id: exceptionId } = await onlyException(sql, workspace);
    const input = { workspaceId: workspace.workspaceId, exceptionId, program: 'timer' };

    const done = await Promise.all(Array.from({ length: 10 }, () => lapseOffer(sql, input, TOO_LATE)));

    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await onlyException(sql, workspace)).toMatchObject({ version: 4 });
  });
});

describe('declining', () => {
  it('leaves the owner, ends the offer, and tells who offered it why', async () => {
    const { workspace, answer } = await seedOffered();

    const declined = await declineOffer(sql, { ...answer('ben'), reason: 'Not my client' }, IN_TIME);

    expect(declined).toMatchObject({ ok: true, value: { status: 'claimed', version: 4 } });
    expect(await onlyException(sql, workspace)).toMatchObject({ owner: 'ana', due_at: DUE });
    expect(await offersOf(workspace)).toEqual(['declined, ended']);
    expect(await noticesOf(sql, workspace)).toContainEqual(
      expect.objectContaining({
        address: `person:${workspace.people.ana}`,
        payload: expect.objectContaining({
          notice: 'declined',
          by: 'Ben Okafor',
          note: 'Not my client',
        }),
      }),
    );
    expect(await problemsOf(workspace)).toEqual([]);
  });

  it('without a reason is refused, and the offer stands', async () => {
    const { workspace, answer } = await seedOffered();

    expect(await declineOffer(sql, { ...answer('ben'), reason: ' ' }, IN_TIME)).toEqual({
      ok: false,
      refusal: { code: 'reason_required' },
    });
    expect(await offersOf(workspace)).toEqual(['open']);
  });
});

describe('the database', () => {
  it('refuses a second open offer of one exception', async () => {
    const { workspace } = await seedOffered();

    const second = inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`
        insert into hand_over (workspace_id, hand_over_id, exception_id, exception_version, from_id, to_id, note, offered_at,
          expires_at)
        select workspace_id, exception_id, exception_id, 99, to_id, from_id, 'x', now(), now() from hand_over`,
    );

    await expect(second).rejects.toThrow('hand_over_open_unique');
  });

  it('shows an offer only to its own workspace', async () => {
    const [{ workspace }, other] = [await seedOffered(), await seed()];

    const seen = await inWorkspace(
      sql,
      other.workspaceId,
      (tx) => tx`select note from hand_over where workspace_id = ${workspace.workspaceId}`,
    );

    expect([...seen]).toEqual([]);
  });
});

/** Slack says that Ben's account is deactivated. */
const benLeaves = ({ workspaceId }: SeededWorkspace) =>
  inWorkspace(
    sql,
    workspaceId,
    (tx) => tx`update person set left_at = now() where workspace_id = ${workspaceId} and key = 'ben'`,
  );

describe('somebody whose Slack account is deactivated', () => {
  it('is not proposed, and gets no offer', async () => {
    const workspace = await seed();
    await benLeaves(workspace);
    const about = press(workspace, 'ana', await onlyException(sql, workspace));

    const proposed = await readColleagues(sql, about);

    expect(proposed.map(({ key }) => key)).not.toContain('ben');
    expect(await offerAs(workspace, 'ana')).toEqual({
      ok: false,
      refusal: { code: 'unknown_target', given: 'ben' },
    });
    expect(await offersOf(workspace)).toEqual([]);
  });
});
