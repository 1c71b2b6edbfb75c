import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChosenAction } from '../../../src/core/bulk.ts';
import { connect } from '../../../src/db/client.ts';
import { asAdmin } from '../../../src/db/databases.ts';
import type { Entered } from '../../../src/db/flood/bulk-row.ts';
import { finishBulk } from '../../../src/db/flood/finish-bulk.sql.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { moveChunk } from '../../../src/pipeline/act/bulk-chunk.ts';
import { propose, proposeAnswer } from '../../../src/pipeline/act/bulk-prepare.ts';
import { confirm, resumeBulks, runBulk } from '../../../src/pipeline/act/bulk-run.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { unclaim } from '../../../src/pipeline/act/unclaim.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import { groupSizes, messagesOf, openFlood } from '../../support/flood.ts';
import {
  exceptionsOf,
  ORGANISATION,
  press,
  type SeededWorkspace,
  seedWorkspace,
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people', max: 10 });
const reports = connect({ url: database.url, role: 'reports' });
afterAll(() => Promise.all([sql.end(), reports.end()]));

const SETTINGS = { codes: ORGANISATION.resolutionCodes, acting: ORGANISATION.acting };

async function flooded(count: number): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await openFlood(sql, workspace, count);
  return workspace;
}

const personOf = ({ people }: SeededWorkspace, key: string): string => people[key] ?? '';

async function proposed(workspace: SeededWorkspace, who: string, action: ChosenAction, most = Infinity) {
  const [group] = await groupSizes(sql, workspace);
  const { workspaceId } = workspace;
  const about = { workspaceId, groupId: group?.group_id ?? '', personId: personOf(workspace, who) };
  let left = most;
  const proposal = await propose(sql, about, { action, isChosen: () => left-- > 0 });
  if (!proposal) throw new Error(`nothing here that ${who} could ${action}`);
  return { workspaceId, personId: about.personId, bulkId: proposal.bulkId };
}

type Asked = { workspaceId: string; personId: string; bulkId: string };

async function carriedOut(asked: Asked, entered: Entered = {}) {
  const confirmed = await confirm(sql, { ...asked, entered }, SETTINGS);
  if (!confirmed.ok) throw new Error(`refused: ${confirmed.refusal.code}`);
  return await runBulk(sql, asked, SETTINGS);
}

async function done(workspace: SeededWorkspace, who: string, action: ChosenAction, entered: Entered = {}) {
  return await carriedOut(await proposed(workspace, who, action), entered);
}

const doneOf = ({ items }: Awaited<ReturnType<typeof runBulk>>) => items.filter(({ outcome }) => outcome.ok);
const refusalsOf = ({ items }: Awaited<ReturnType<typeof runBulk>>) =>
  items.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.refusal]));
const claimsOn = async (workspace: SeededWorkspace) =>
  (await trailOf(sql, workspace)).filter(({ action }) => action === 'exception.claim');
const problemsOf = async ({ workspaceId }: SeededWorkspace) =>
  (await verifyAudit(reports, { workspaceId, anchors: [] })).problems;

describe('two people who claim 500 at once', () => {
  let workspace: SeededWorkspace;
  let outcomes: Awaited<ReturnType<typeof runBulk>>[];
  beforeAll(async () => {
    workspace = await flooded(500);
    const asked = [await proposed(workspace, 'ana', 'claim'), await proposed(workspace, 'ben', 'claim')];
    outcomes = await Promise.all(asked.map((each) => carriedOut(each)));
  });

  it('share them out: each has one owner, and every loser is told who that is', async () => {
    const [ana, ben] = outcomes;
    if (!ana || !ben) throw new Error('two outcomes were expected');

    expect(doneOf(ana).length + doneOf(ben).length).toBe(500);
    expect([...refusalsOf(ana), ...refusalsOf(ben)].map(({ code }) => code)).toEqual(
      Array.from({ length: 500 }, () => 'already_claimed'),
    );
    const owners = (await exceptionsOf(sql, workspace)).map(({ owner }) => owner);
    expect(owners.filter((owner) => owner === 'ana')).toHaveLength(doneOf(ana).length);
    expect(owners.filter((owner) => owner === 'ben')).toHaveLength(doneOf(ben).length);
  });

  it('leave one event each, and a trail that explains all of them', async () => {
    expect(await claimsOn(workspace)).toHaveLength(500);
    expect(await problemsOf(workspace)).toEqual([]);
  });

  it('make one message be shown again, and no other', async () => {
    expect((await messagesOf(sql, workspace)).map(({ kind }) => kind)).toEqual(['group']);
  });
});

describe('a hand-over of 2,000', () => {
  it('tells the planner what it writes, to whom the table of offers was empty', async () => {
    const workspace = await flooded(2_000);
    await done(workspace, 'ana', 'claim');
    const planned = () =>
      asAdmin(database.adminUrl, async (admin) => {
        const [table] = await admin<{ rows: number }[]>`
          select reltuples::integer as rows from pg_class where oid = 'tieout.hand_over'::regclass`;
        return table?.rows;
      });
    await asAdmin(database.adminUrl, (admin) => admin`vacuum analyze tieout.hand_over`);
    const before = await planned();

    await done(workspace, 'ana', 'hand_over', { person: 'ben', note: 'yours' });

    expect({ before, after: await planned() }).toEqual({ before: 0, after: 2_000 });
  });
});

describe('a bulk claim', () => {
  it('of 2,000 moves every one of them', async () => {
    const workspace = await flooded(2_000);
    const outcome = await done(workspace, 'ana', 'claim');

    expect(doneOf(outcome)).toHaveLength(2_000);
    expect(await problemsOf(workspace)).toEqual([]);
  });

  it('done again has no second effect and the same answer', async () => {
    const workspace = await flooded(30);
    const asked = await proposed(workspace, 'ana', 'claim');
    const [first, twin] = await Promise.all([carriedOut(asked), carriedOut(asked)]);
    const again = await carriedOut(asked);

    expect(again.items).toEqual(first.items);
    expect(twin.items).toEqual(first.items);
    expect(await claimsOn(workspace)).toHaveLength(30);
  });

  it('takes one up that was given back since it was listed, as it is now', async () => {
    const workspace = await flooded(30);
    const asked = await proposed(workspace, 'ana', 'claim');
    const [one] = await exceptionsOf(sql, workspace);
    if (!one) throw new Error('no exception');
    await claim(sql, press(workspace, 'ben', one));
    await unclaim(sql, press(workspace, 'ben', { ...one, version: 2 }));

    expect(doneOf(await carriedOut(asked))).toHaveLength(30);
  });

  it('is refused for everything once the person is switched off', async () => {
    const workspace = await flooded(30);
    const asked = await proposed(workspace, 'ana', 'claim');
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`update person set is_active = false where key = 'ana'`,
    );

    expect(refusalsOf(await carriedOut(asked))).toEqual(
      Array.from({ length: 30 }, () => ({ code: 'inactive_person' })),
    );
  });

  it('offers nothing to somebody outside the team', async () => {
    const workspace = await flooded(30);

    await expect(proposed(workspace, 'guest', 'claim')).rejects.toThrow('nothing here');
  });

  it('is nobody else’s to confirm', async () => {
    const workspace = await flooded(30);
    const asked = await proposed(workspace, 'ana', 'claim');
    const stolen = { ...asked, personId: personOf(workspace, 'ben'), entered: {} };

    expect(await confirm(sql, stolen, SETTINGS)).toEqual({ ok: false, refusal: { code: 'not_found' } });
  });
});

describe('a bulk action whose program died midway', () => {
  it('is carried through by the sweep, and who asked for it is told', async () => {
    const workspace = await flooded(30);
    const asked = await proposed(workspace, 'ana', 'claim');
    await confirm(sql, { ...asked, entered: {} }, SETTINGS);
    const { workspaceId } = workspace;

    expect(await resumeBulks(sql, { workspaceId, olderThanMs: 60_000 }, SETTINGS)).toBe(0);
    expect(await resumeBulks(sql, { workspaceId, olderThanMs: 0 }, SETTINGS)).toBe(1);
    expect(await resumeBulks(sql, { workspaceId, olderThanMs: 0 }, SETTINGS)).toBe(0);
    expect(await claimsOn(workspace)).toHaveLength(30);
    expect(await messagesOf(sql, workspace)).toContainEqual(
      expect.objectContaining({ kind: 'notice', address: `person:${asked.personId}` }),
    );
  });

  it('does not do again what was done before it died', async () => {
    const workspace = await flooded(600);
    const asked = await proposed(workspace, 'ana', 'claim');
    const confirmed = await confirm(sql, { ...asked, entered: {} }, SETTINGS);
    if (!confirmed.ok) throw new Error(confirmed.refusal.code);
    const terms = { ...SETTINGS, entered: {}, target: undefined, now: new Date() };
    const exceptionIds = confirmed.value.exceptionIds.slice(100, 300);
    await inWorkspace(sql, asked.workspaceId, (tx) =>
      moveChunk(tx, { bulk: confirmed.value, exceptionIds, terms }),
    );
    expect(await claimsOn(workspace)).toHaveLength(200);

    const outcome = await runBulk(sql, asked, SETTINGS);
    expect(doneOf(outcome)).toHaveLength(600);
    expect(await claimsOn(workspace)).toHaveLength(600);
    expect(await problemsOf(workspace)).toEqual([]);
  });

  it('is finished by one caller only', async () => {
    const workspace = await flooded(30);
    const asked = await proposed(workspace, 'ana', 'claim');
    await carriedOut(asked);

    expect(await inWorkspace(sql, workspace.workspaceId, (tx) => finishBulk(tx, asked))).toBe(false);
  });
});

describe('a bulk resolution', () => {
  let workspace: SeededWorkspace;
  beforeAll(async () => {
    workspace = await flooded(40);
    await done(workspace, 'ana', 'claim');
  });

  it('is refused at the field when the code needs a note', async () => {
    const asked = await proposed(workspace, 'ana', 'resolve');

    expect(await confirm(sql, { ...asked, entered: { code: 'written_off' } }, SETTINGS)).toEqual({
      ok: false,
      refusal: { code: 'note_required', label: 'Written off' },
    });
  });

  it('is refused for a code of another type', async () => {
    const asked = await proposed(workspace, 'ana', 'resolve');
    const confirmed = await confirm(sql, { ...asked, entered: { code: 'void' } }, SETTINGS);

    expect(confirmed).toMatchObject({ ok: false, refusal: { code: 'unknown_code' } });
  });

  it('settles each at an amount of its own', async () => {
    const outcome = await done(workspace, 'ana', 'resolve', { code: 'written_off', note: 'agreed with Bo' });

    expect(doneOf(outcome)).toHaveLength(40);
    const rows = await exceptionsOf(sql, workspace);
    expect(rows.map(({ resolution_code }) => resolution_code)).toEqual(rows.map(() => 'written_off'));
    expect(rows.map(({ resolution_minor }) => resolution_minor)).toEqual(
      rows.map(({ at_stake_minor }) => at_stake_minor),
    );
    expect(await problemsOf(workspace)).toEqual([]);
  });
});

describe('a bulk hand-over', () => {
  let workspace: SeededWorkspace;
  let offered: Asked;
  beforeAll(async () => {
    workspace = await flooded(30);
    await done(workspace, 'ana', 'claim');
    offered = await proposed(workspace, 'ana', 'hand_over', 20);
    await carriedOut(offered, { person: 'ben', note: 'holiday' });
  });

  it('asks the person once, for all of them', async () => {
    const told = (await messagesOf(sql, workspace)).filter(({ kind }) => kind === 'notice');

    expect(told).toMatchObject([{ address: `person:${personOf(workspace, 'ben')}` }]);
  });

  it('leaves each with its owner until it is accepted', async () => {
    expect((await exceptionsOf(sql, workspace)).map(({ owner }) => owner)).toEqual(
      Array.from({ length: 30 }, () => 'ana'),
    );
  });

  it('can be accepted by nobody but the person', async () => {
    const { workspaceId, bulkId } = offered;
    const about = { workspaceId, bulkId, personId: personOf(workspace, 'olga') };

    expect(await proposeAnswer(sql, about, 'accept')).toBeUndefined();
  });

  it('makes the person the owner of all of them when they accept, and tells who offered', async () => {
    const { workspaceId, bulkId } = offered;
    const about = { workspaceId, bulkId, personId: personOf(workspace, 'ben') };
    const answer = await proposeAnswer(sql, about, 'accept');
    await carriedOut({ ...about, bulkId: answer?.bulkId ?? '' });

    expect((await exceptionsOf(sql, workspace)).filter(({ owner }) => owner === 'ben')).toHaveLength(20);
    expect(await messagesOf(sql, workspace)).toContainEqual(
      expect.objectContaining({ kind: 'notice', address: `person:${personOf(workspace, 'ana')}` }),
    );
    expect(await problemsOf(workspace)).toEqual([]);
  });

  it('can be declined, with a reason, and leaves everything as it was', async () => {
    const again = await proposed(workspace, 'ben', 'hand_over');
    await carriedOut(again, { person: 'ana', note: 'back to you' });
    const { workspaceId } = workspace;
    const about = { workspaceId, bulkId: again.bulkId, personId: personOf(workspace, 'ana') };
    const answer = { ...about, bulkId: (await proposeAnswer(sql, about, 'decline'))?.bulkId ?? '' };

    expect(await confirm(sql, { ...answer, entered: {} }, SETTINGS)).toMatchObject({
      ok: false,
      refusal: { code: 'reason_required' },
    });
    await carriedOut(answer, { note: 'no time' });
    expect((await exceptionsOf(sql, workspace)).filter(({ owner }) => owner === 'ben')).toHaveLength(20);
    expect(await proposeAnswer(sql, about, 'decline')).toBeUndefined();
  });

  it('raises each that was handed over three times, and tells the ops lead once of all of them', async () => {
    for (const [from, to] of [
      ['ben', 'ana'],
      ['ana', 'ben'],
    ] as const) {
      const offer = await proposed(workspace, from, 'hand_over');
      await carriedOut(offer, { person: to, note: 'not mine' });
      const about = { workspaceId: workspace.workspaceId, personId: personOf(workspace, to) };
      const answer = await proposeAnswer(sql, { ...about, bulkId: offer.bulkId }, 'accept');
      await carriedOut({ ...about, bulkId: answer?.bulkId ?? '' });
    }

    const raised = (await exceptionsOf(sql, workspace)).filter(({ level }) => level === 1);
    const told = await inWorkspace(sql, workspace.workspaceId, async (tx) => [
      ...(await tx`select address, payload from outbox where payload ->> 'step' = 'ping_pong'`),
    ]);
    expect(raised).toHaveLength(20);
    expect(told).toMatchObject([
      { address: `person:${personOf(workspace, 'olga')}`, payload: { count: 20 } },
    ]);
    expect(await problemsOf(workspace)).toEqual([]);
  });
});
