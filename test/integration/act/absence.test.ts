import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standInFor } from '../../../src/core/absence.ts';
import type { PersonConfig } from '../../../src/core/organisation.ts';
import { readCardFacts } from '../../../src/db/cards/card-facts.sql.ts';
import { connect } from '../../../src/db/client.ts';
import { placesOf } from '../../../src/db/lanes/places-of.sql.ts';
import { inWorkspace, type Tx } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { escalate } from '../../../src/pipeline/act/escalate.ts';
import { handOver, readColleagues } from '../../../src/pipeline/act/hand-over.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
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
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const DAY = 86_400_000;
const dayAt = (offset: number): string => new Date(Date.now() + offset * DAY).toISOString().slice(0, 10);
/** From yesterday until tomorrow. */
const NOW_AWAY = [{ from: dayAt(-1), until: dayAt(1) }];

let workspace: SeededWorkspace;
beforeAll(async () => {
  workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
});

const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inWorkspace(sql, workspace.workspaceId, work);

type Changes = Readonly<Record<string, Pick<PersonConfig, 'deputy' | 'away'>>>;

/** The organisation with these absences, applied as a start of the service does. */
async function configured(people: Changes, deputy?: string): Promise<readonly string[]> {
  const person = (key: string, name: string, roles: PersonConfig['roles']): PersonConfig => ({
    key,
    name,
    email: `${key}@agency.example`,
    slackUserId: undefined,
    roles,
    ...people[key],
  });
  const { changes } = await applyConfig(
    sql,
    {
      organisation: {
        ...workspace.organisation,
        name: `ws ${workspace.workspaceId}`,
        people: [
          person('ana', 'Ana Ruiz', ['account_manager']),
          person('ben', 'Ben Okafor', ['account_manager']),
          person('olga', 'Olga Novak', ['ops_lead']),
          person('guest', 'Gus Guest', []),
        ],
        teams: [
          {
            key: 'media_ops',
            name: 'Media Ops',
            channel: '#media-ops',
            members: ['ana', 'ben'],
            lead: 'olga',
            deputy,
          },
          { key: 'finance', name: 'Finance', channel: '#finance', members: ['olga'], lead: undefined },
        ],
      },
      feeds: new Map(),
      reconciliations: new Map(),
    },
    { now: new Date() },
  );
  return changes;
}

const person = (key: string): string => `person:${workspace.people[key]}`;
const placesNow = () => within((tx) => placesOf(tx, workspace.workspaceId, 'team:media_ops'));
const factsNow = async () => {
  const { exception_id } = await onlyException(sql, workspace);
  const [facts] = await within((tx) => readCardFacts(tx, workspace.workspaceId, [exception_id]));
  return facts;
};

describe('while somebody is away', () => {
  it('is on the trail once, and nothing is written when nothing differs', async () => {
    await configured({});
    expect(await configured({ olga: { deputy: 'ben', away: NOW_AWAY } })).toEqual([
      'person olga: another deputy',
      'person olga: other absences',
    ]);
    expect(await configured({ olga: { deputy: 'ben', away: NOW_AWAY } })).toEqual([]);
  });

  it('their escalations go to who stands in, and message and trail say so', async () => {
    await configured({ olga: { deputy: 'ben', away: NOW_AWAY } });
    const input = press(workspace, 'ana', await onlyException(sql, workspace));
    const target = { kind: 'person', key: 'olga' } as const;
    expect(await escalate(sql, { ...input, reason: 'Vendor is silent', target })).toMatchObject({ ok: true });
    expect((await noticesOf(sql, workspace)).at(-1)).toMatchObject({
      address: person('ben'),
      payload: { notice: 'escalated', target: 'Olga Novak', standIn: 'Ben Okafor' },
    });
    expect(
      (await trailOf(sql, workspace)).findLast(({ action }) => action === 'exception.escalate')?.body,
    ).toMatchObject({
      data: { target: 'Olga Novak', stand_in: 'Ben Okafor' },
    });
    expect((await factsNow())?.history.at(-1)).toMatchObject({ target: 'Olga Novak', standIn: 'Ben Okafor' });
  });

  it('the duties of a lead are with who stands in, by the lead or by the team', async () => {
    await configured({ olga: { deputy: 'ben', away: NOW_AWAY } });
    expect((await placesNow())?.people).toEqual([workspace.people.ben]);
    expect(await factsNow()).toMatchObject({ lead: { name: 'Olga Novak', standIn: 'Ben Okafor' } });
    await configured({ olga: { away: NOW_AWAY } }, 'ana');
    expect((await placesNow())?.people).toEqual([workspace.people.ana]);
    await configured({ olga: { away: [{ from: dayAt(2), until: dayAt(9) }] } }, 'ana');
    expect((await placesNow())?.people).toEqual([workspace.people.olga]);
    expect(await factsNow()).toMatchObject({ lead: { name: 'Olga Novak', standIn: undefined } });
  });

  it('offers go to who stands in, who may answer them; the form says who is away', async () => {
    await configured({ ben: { deputy: 'olga', away: NOW_AWAY } });
    await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
    const at = await onlyException(sql, workspace);
    const about = { workspaceId: workspace.workspaceId, exceptionId: at.exception_id };
    expect(await readColleagues(sql, about)).toMatchObject([
      { key: 'ben', awayUntil: dayAt(1), standIn: { name: 'Olga Novak' } },
      { key: 'olga', awayUntil: undefined, standIn: undefined },
    ]);
    const input = { ...press(workspace, 'ana', at), person: 'ben', note: 'On leave' };
    expect(await handOver(sql, input, workspace.organisation)).toMatchObject({ ok: true });
    expect(
      (await noticesOf(sql, workspace)).find(({ payload }) => payload.notice === 'offered'),
    ).toMatchObject({
      address: person('olga'),
      payload: { standsInFor: 'Ben Okafor' },
    });
    expect(await factsNow()).toMatchObject({ offer: { toName: 'Olga Novak' } });
  });

  it('nobody in their place means that they are told all the same', async () => {
    await configured({ olga: { away: NOW_AWAY } });
    expect((await placesNow())?.people).toEqual([workspace.people.olga]);
  });
});

describe('who stands in, in the database', () => {
  const KEYS = ['ana', 'ben', 'olga', 'guest'] as const;
  const anybody = fc.option(fc.constantFrom(...KEYS), { nil: undefined });

  it('is whom the model names, whoever is away and whoever stands in for whom', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ ana: anybody, ben: anybody, olga: anybody, guest: anybody }),
        fc.subarray([...KEYS]),
        anybody,
        async (deputies, away, deputy) => {
          await configured(
            Object.fromEntries(
              KEYS.map((key) => [key, { deputy: deputies[key], away: away.includes(key) ? NOW_AWAY : [] }]),
            ),
          );
          const people = KEYS.map((key) => ({ id: key, isHere: !away.includes(key), deputy: deputies[key] }));
          const { people: ids, workspaceId } = workspace;
          for (const key of KEYS) {
            const [row] = await within(
              (tx) => tx<{ key: string }[]>`
                select p.key from person p where p.person_id = tieout.stand_in(
                  ${workspaceId}::uuid, ${ids[key] ?? ''}::uuid, ${deputy === undefined ? null : (ids[deputy] ?? '')}::uuid, now())`,
            );
            expect(row?.key).toBe(standInFor(key, { people, deputy }));
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
