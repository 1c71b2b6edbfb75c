import { afterAll, describe, expect, it } from 'vitest';
import type { TriageTerms } from '../../../src/core/triage.ts';
import { readCardFacts } from '../../../src/db/cards/card-facts.sql.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { assign } from '../../../src/pipeline/act/assign.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { handOver } from '../../../src/pipeline/act/hand-over.ts';
import { postAgenda } from '../../../src/pipeline/triage/post-agenda.ts';
import { testDatabase } from '../../support/database.ts';
import {
  noticesOf,
  onlyException,
  order,
  press,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people', max: 4 });
afterAll(() => sql.end());

const AT = new Date('2026-11-22T08:00:00.000Z');
const LATER = new Date('2026-11-22T09:00:00.000Z');
const TERMS: TriageTerms = {
  team: 'media_ops',
  days: [2],
  time: '10:00',
  beforeMs: 3_600_000,
  small: undefined,
};

/** A workspace whose one exception Ana claimed and offered to Ben, on the agenda of a triage meeting. */
async function seedOffered(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  const { workspaceId, organisation } = workspace;
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  const pressed = async () => press(workspace, 'ana', await onlyException(sql, workspace));
  await claim(sql, await pressed(), AT);
  const offer = { ...(await pressed()), person: 'ben', note: 'On leave' };
  await handOver(sql, offer, { ...organisation, now: AT });
  await inWorkspace(sql, workspaceId, async (tx) => {
    await tx`update promise set finished_at = now(), next_at = null where is_current`;
    await postAgenda(tx, { workspaceId, terms: TERMS, meetsAt: LATER, now: AT });
  });
  return workspace;
}

async function assignTo(workspace: SeededWorkspace, person: string) {
  const seen = press(workspace, 'olga', await onlyException(sql, workspace));
  return await assign(sql, { ...seen, person, note: 'Call the vendor' }, { now: LATER });
}

const toldTo = async (workspace: SeededWorkspace, who: string) =>
  (await noticesOf(sql, workspace))
    .filter(({ address }) => address === `person:${workspace.people[who]}`)
    .map(({ payload }) => payload)
    .filter(({ notice }) => notice !== 'offered');

const attemptsOn = async (workspace: SeededWorkspace) => {
  const { exception_id: id } = await onlyException(sql, workspace);
  const [facts] = await inWorkspace(sql, workspace.workspaceId, (tx) =>
    readCardFacts(tx, workspace.workspaceId, [id]),
  );
  return facts?.attempts;
};

describe('what the triage meeting gives to somebody', () => {
  it('is offered to nobody any more, and whoever it was offered to is told why', async () => {
    const workspace = await seedOffered();

    expect(await assignTo(workspace, 'ana')).toMatchObject({ ok: true });

    expect(await toldTo(workspace, 'ben')).toMatchObject([
      { notice: 'offer_withdrawn', because: 'assigned' },
    ]);
    expect(await attemptsOn(workspace)).toMatchObject([{ by: 'Ana Ruiz', until: null }]);
  });

  it('is told once to whoever it was offered to and has it now', async () => {
    const workspace = await seedOffered();

    expect(await assignTo(workspace, 'ben')).toMatchObject({ ok: true });

    expect(await toldTo(workspace, 'ben')).toMatchObject([{ notice: 'assigned', note: 'Call the vendor' }]);
  });

  it('is told to whoever had it, and to nobody who had it and keeps it', async () => {
    const [given, kept] = [await seedOffered(), await seedOffered()];

    await assignTo(given, 'ben');
    await assignTo(kept, 'ana');

    expect(await toldTo(given, 'ana')).toMatchObject([{ notice: 'taken_over', by: 'Ben Okafor' }]);
    expect((await toldTo(kept, 'ana')).map(({ notice }) => notice)).toEqual(['assigned']);
  });

  it('ends the time of whoever had it and begins theirs', async () => {
    const workspace = await seedOffered();

    await assignTo(workspace, 'ben');

    expect(await attemptsOn(workspace)).toMatchObject([
      { by: 'Ana Ruiz', said: 'On leave', end: { how: 'assigned', to: 'Ben Okafor' } },
      { by: 'Ben Okafor', until: null, end: null },
    ]);
  });
});
