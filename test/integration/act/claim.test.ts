import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { unclaim } from '../../../src/pipeline/act/unclaim.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
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
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people', max: 10 });
afterAll(() => sql.end());

const AT = new Date('2026-11-22T08:00:00.000Z');

/** A workspace with one open exception of the media team. */
async function seed(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  return workspace;
}

const pressOn = async (workspace: SeededWorkspace, person: string) =>
  press(workspace, person, await onlyException(sql, workspace));

describe('fifty people who claim at once through ten connections', () => {
  let workspace: SeededWorkspace;
  let answers: Awaited<ReturnType<typeof claim>>[];
  beforeAll(async () => {
    workspace = await seed();
    const people = await addMembers(sql, workspace, 50);
    const exception = await onlyException(sql, workspace);
    answers = await Promise.all(people.map((person) => claim(sql, press(workspace, person, exception), AT)));
  });

  it('make one owner', async () => {
    expect(answers.filter((answer) => answer.ok)).toMatchObject([
      { value: { status: 'claimed', version: 2, repeated: false } },
    ]);
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'claimed', version: 2 });
  });

  it('leave the losers a refusal that names the owner and since when', async () => {
    const { owner } = await onlyException(sql, workspace);
    const refused = answers.filter((answer) => !answer.ok);

    expect(refused).toEqual(
      Array.from({ length: 49 }, () => ({
        ok: false,
        refusal: {
          code: 'already_claimed',
          ownerName: owner?.replace('member-', 'Member '),
          since: AT,
          isYou: false,
        },
      })),
    );
  });

  it('leave one event and a trail without gaps', async () => {
    const report = await verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors: [] });

    expect((await trailOf(sql, workspace)).map(({ action }) => action)).toEqual([
      'exception.opened',
      'run.applied',
      'exception.claim',
    ]);
    expect(report.problems).toEqual([]);
  });

  it('leave one line in the thread', async () => {
    expect(await linesOf(workspace)).toEqual([{ seq: expect.stringMatching(/^\d+$/) }]);
  });
});

describe('a claim', () => {
  it('makes the presser the owner, with the event, the card and the thread line', async () => {
    const workspace = await seed();
    const request = await pressOn(workspace, 'ana');

    const answer = await claim(sql, request, AT);

    expect(answer).toMatchObject({ ok: true, value: { status: 'claimed', version: 2, repeated: false } });
    expect(await onlyException(sql, workspace)).toMatchObject({
      owner: 'ana',
      wanted_revision: 2,
      card_status: 'pending',
    });
    expect((await trailOf(sql, workspace)).at(-1)?.body).toEqual({
      v: 1,
      action: 'exception.claim',
      entity: 'exception',
      entity_id: request.exceptionId,
      actor: { kind: 'person', id: workspace.people.ana },
      request: request.requestKey,
      state: { from: 'open', status: 'claimed', version: 2, level: 0, owner_id: workspace.people.ana },
    });
  });

  it('of what one owns already says that it is one’s own', async () => {
    const workspace = await seed();
    await claim(sql, await pressOn(workspace, 'ana'), AT);

    const again = await claim(sql, await pressOn(workspace, 'ana'));

    expect(again).toEqual({
      ok: false,
      refusal: { code: 'already_claimed', ownerName: 'Ana Ruiz', since: AT, isYou: true },
    });
  });

  it('of an exception that does not exist is refused', async () => {
    const workspace = await seed();
    const request = { ...(await pressOn(workspace, 'ana')), exceptionId: workspace.workspaceId };

    expect(await claim(sql, request)).toEqual({ ok: false, refusal: { code: 'not_found' } });
  });

  it('of another workspace’s exception answers as if there were none', async () => {
    const [workspace, other] = [await seed(), await seed()];
    const theirs = await onlyException(sql, other);

    const answer = await claim(sql, press(workspace, 'ana', theirs));

    expect(answer).toEqual({ ok: false, refusal: { code: 'not_found' } });
    expect(await onlyException(sql, other)).toMatchObject({ status: 'open', version: 1 });
  });

  it('by somebody who is no longer active is refused', async () => {
    const workspace = await seed();
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`update person set is_active = false where key = 'ana'`,
    );

    const answer = await claim(sql, await pressOn(workspace, 'ana'));

    expect(answer).toEqual({ ok: false, refusal: { code: 'inactive_person' } });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'open', version: 1 });
  });
});

describe('the same request', () => {
  it('a second time has no effect and gives the same answer, marked as repeated', async () => {
    const workspace = await seed();
    const request = await pressOn(workspace, 'ana');
    const first = await claim(sql, request);
    const before = await rowCounts(sql, workspace);

    const second = await claim(sql, request);

    expect(first).toMatchObject({ ok: true, value: { repeated: false } });
    expect(second).toEqual({ ok: true, value: { ...(first.ok && first.value), repeated: true } });
    expect(await rowCounts(sql, workspace)).toEqual(before);
  });

  it('five times at once has one effect and one answer', async () => {
    const workspace = await seed();
    const request = await pressOn(workspace, 'ana');

    const answers = await Promise.all(Array.from({ length: 5 }, () => claim(sql, request)));

    expect(answers.map((answer) => answer.ok && answer.value.repeated).sort()).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(answers.map((answer) => answer.ok && answer.value.version)).toEqual([2, 2, 2, 2, 2]);
    expect(await rowCounts(sql, workspace)).toMatchObject({ audit_event: 3, inbox: 1 });
  });

  it('refused before is refused with the same words, although the cause is gone', async () => {
    const workspace = await seed();
    await claim(sql, await pressOn(workspace, 'ana'), AT);
    const request = await pressOn(workspace, 'ben');
    const first = await claim(sql, request);
    await unclaim(sql, await pressOn(workspace, 'ana'));

    const second = await claim(sql, request);

    expect(first).toMatchObject({ ok: false, refusal: { code: 'already_claimed', since: AT } });
    expect(second).toEqual(first);
  });
});

describe('a press on a card that is older than the record', () => {
  const MOVED = { expected_minor: 90_00n };

  /** The run changed the exception after the card at version 1 was seen. */
  async function moved(card: 'sent' | 'dead') {
    const workspace = await seed();
    const old = await pressOn(workspace, 'ana');
    await putRecords(sql, workspace, [order('1', MOVED.expected_minor)]);
    await runLedger(sql, workspace);
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`
        update outbox set status = ${card}, sent_revision = wanted_revision, channel_id = 'C1', ts = '1.1'
        where kind = 'card'`,
    );
    return { workspace, old };
  }

  it('is refused with where it stands now, and changes nothing', async () => {
    const { workspace, old } = await moved('sent');

    const answer = await claim(sql, old);

    expect(answer).toEqual({
      ok: false,
      refusal: { code: 'stale_card', status: 'open', ownerName: undefined },
    });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'open', version: 2 });
  });

  it('has a card shown anew that could not be sent', async () => {
    const { workspace, old } = await moved('dead');

    await claim(sql, old);

    expect(await onlyException(sql, workspace)).toMatchObject({ card_status: 'pending', wanted_revision: 2 });
  });

  it('leaves a card alone that shows the newest version by now', async () => {
    const { workspace, old } = await moved('sent');

    await claim(sql, old);

    expect(await onlyException(sql, workspace)).toMatchObject({ card_status: 'sent', wanted_revision: 2 });
  });
});

describe('giving back', () => {
  it('leaves the exception open and nobody’s', async () => {
    const workspace = await seed();
    await claim(sql, await pressOn(workspace, 'ana'));

    const answer = await unclaim(sql, await pressOn(workspace, 'ana'));

    expect(answer).toMatchObject({ ok: true, value: { status: 'open', version: 3 } });
    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'open',
      owner: null,
      wanted_revision: 3,
    });
    expect((await trailOf(sql, workspace)).at(-1)?.body).toMatchObject({
      action: 'exception.unclaim',
      state: { from: 'claimed', status: 'open', owner_id: null },
    });
  });

  it('lets the next person claim', async () => {
    const workspace = await seed();
    await claim(sql, await pressOn(workspace, 'ana'));
    await unclaim(sql, await pressOn(workspace, 'ana'));

    await claim(sql, await pressOn(workspace, 'ben'));

    expect(await onlyException(sql, workspace)).toMatchObject({ owner: 'ben', version: 4 });
  });

  it('of what nobody claimed is refused by its status', async () => {
    const workspace = await seed();

    expect(await unclaim(sql, await pressOn(workspace, 'olga'))).toEqual({
      ok: false,
      refusal: { code: 'wrong_status', action: 'unclaim', status: 'open' },
    });
  });

  it('of what another member owns is refused, naming the owner', async () => {
    const workspace = await seed();
    await claim(sql, await pressOn(workspace, 'ana'), AT);

    expect(await unclaim(sql, await pressOn(workspace, 'ben'))).toMatchObject({
      ok: false,
      refusal: { code: 'already_claimed', ownerName: 'Ana Ruiz', since: AT },
    });
  });
});

const linesOf = (workspace: SeededWorkspace) =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => {
    const rows = await tx<{ payload: unknown }[]>`select payload from outbox where kind = 'reply'`;
    return rows.map(({ payload }) => payload);
  });
