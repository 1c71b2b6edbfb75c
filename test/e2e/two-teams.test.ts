import { afterAll, beforeAll, expect, test } from 'vitest';
import { inWorkspace } from '../../src/db/tx.ts';
import { verifyAudit } from '../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../support/database.ts';
import { type InstallStory, startInstallStory, TEAMS } from '../support/install-story.ts';
import { openExceptions, pointerTo, pressBody, sendPress, slackId } from '../support/slack-story.ts';

const database = await testDatabase();
const ORDERS = Array.from({ length: 100 }, (_, index) => `PO-${index}`);
/** The same people are in both teams, by the same Slack ids; in each another one claims. */
const CLAIMS = { north: 'ana', south: 'ben' } as const;
const SOON = { timeout: 10_000 };
const KNOWN = ['north', 'south'] as const;
type Known = (typeof KNOWN)[number];

let story: InstallStory;
beforeAll(async () => {
  story = await startInstallStory(database.url);
});
afterAll(() => story.stop());

const read = <T>(name: Known, query: Parameters<typeof inWorkspace<T>>[2]): Promise<T> =>
  inWorkspace(story.sql, story.seeded[name].workspaceId, query);
const cards = (name: Known) =>
  story
    .slackOf(name)
    .messages('media-ops')
    .filter(({ metadata, threadTs }) => metadata?.event_type === 'tieout_card' && threadTs === undefined);
const idle = async (name: Known): Promise<void> => {
  const left = await story.workspace(name).sender.drainUntilIdle({ deadlineMs: 60_000 });
  expect(left).toMatchObject({ waiting: 0, dead: 0 });
};
const owners = (name: Known) =>
  read(name, async (tx) => {
    const rows = await tx<{ number: number; owner: string | null; status: string }[]>`
      select e.number, p.key as owner, e.status from exception e
      left join person p on p.workspace_id = e.workspace_id and p.person_id = e.owner_id order by e.number`;
    return rows.map((row) => ({ ...row }));
  });

test('two teams install the app through its pages and get their cards, with the same numbers', {
  timeout: 120_000,
}, async () => {
  for (const name of KNOWN) expect((await story.install(name)).status).toBe(200);
  for (const name of KNOWN) await openExceptions(story.sql, story.seeded[name], ORDERS);
  for (const name of KNOWN) await idle(name);
  expect(cards('north')).toHaveLength(ORDERS.length);
  expect(cards('south')).toHaveLength(ORDERS.length);
  expect((await owners('north')).map(({ number }) => number)).toEqual(
    (await owners('south')).map(({ number }) => number),
  );
});

test('two hundred clicks, interleaved, end in the team that they were made in', {
  timeout: 120_000,
}, async () => {
  const click = (name: Known, index: number) =>
    story
      .slackOf(name)
      .as(slackId(CLAIMS[name]))
      .press({ channel: 'C0MEDIAOPS', ts: cards(name)[index]?.ts ?? '', actionId: 'claim' });
  // Ten at a time, of both teams in turn: more at once would measure the machine.
  for (let from = 0; from < ORDERS.length; from += 5) {
    const wave = [0, 1, 2, 3, 4].flatMap((step) => KNOWN.map((name) => click(name, from + step)));
    expect((await Promise.all(wave)).map(({ status }) => status)).toEqual(wave.map(() => 200));
  }
  for (const name of KNOWN) await idle(name);

  for (const name of KNOWN) {
    const claimed = ORDERS.map(() => ({ owner: CLAIMS[name], status: 'claimed' }));
    expect((await owners(name)).map(({ owner, status }) => ({ owner, status }))).toEqual(claimed);
    const actors = (await story.audit(name, 'exception.claim')).map(({ actor }) => actor);
    expect(actors).toEqual(
      ORDERS.map(() => ({ kind: 'person', id: story.seeded[name].people[CLAIMS[name]] })),
    );
  }
});

test('what is shown in a team is of its own exceptions alone, and nothing went to the other', async () => {
  for (const name of KNOWN) {
    const own = await read(name, async (tx) => {
      const rows = await tx<{ outbox_id: string }[]>`select outbox_id from outbox`;
      return new Set(rows.map((row) => row.outbox_id));
    });
    const shown = story
      .slackOf(name)
      .messages('media-ops')
      .map(({ metadata }) => String(metadata?.event_payload.outbox_id));
    expect(shown.filter((id) => !own.has(id))).toEqual([]);
    const said = JSON.stringify(story.slackOf(name).messages('media-ops'));
    expect(said).toContain(CLAIMS[name] === 'ana' ? 'Ana Ruiz' : 'Ben Okafor');
    expect(said).not.toContain(CLAIMS[name] === 'ana' ? 'Ben Okafor' : 'Ana Ruiz');
  }
  expect(story.slackOf('stranger').calls()).toEqual([]);
});

test("a press that points at the other team's exception finds nothing there", async () => {
  const [theirs] = await read(
    'south',
    (tx) => tx<{ exception_id: string; version: number }[]>`
    select exception_id, version from exception order by number limit 1`,
  );
  const before = await owners('south');
  const body = pressBody(
    { action_id: 'unclaim', value: pointerTo(theirs?.exception_id ?? '', theirs?.version ?? 0) },
    { team: TEAMS.north, user: 'ben' },
  );
  expect((await sendPress(`${story.url}/slack/events`, body)).status).toBe(200);
  expect(await owners('south')).toEqual(before);
});

test('the trail of each team is whole, and explains every one of its exceptions', async () => {
  for (const name of KNOWN) {
    const { workspaceId } = story.seeded[name];
    expect((await verifyAudit(story.sql, { workspaceId, anchors: [] })).problems).toEqual([]);
  }
});

test('one team uninstalls the app; in the other everything goes on', async () => {
  story.slackOf('north').admin.revoke({ uninstall: true });
  await expect.poll(() => story.workspace('north').allowed(), SOON).toBeUndefined();
  const [first] = cards('north');
  const refused = await story
    .slackOf('north')
    .as(slackId('ana'))
    .press({ channel: 'C0MEDIAOPS', ts: first?.ts ?? '', actionId: 'unclaim' });
  expect(refused.status).toBe(403);
  expect((await owners('north'))[0]).toMatchObject({ owner: 'ana', status: 'claimed' });

  await story
    .slackOf('south')
    .as(slackId('ben'))
    .press({ channel: 'C0MEDIAOPS', ts: cards('south')[0]?.ts ?? '', actionId: 'unclaim' });
  await idle('south');
  expect((await owners('south'))[0]).toMatchObject({ owner: null, status: 'open' });
});
