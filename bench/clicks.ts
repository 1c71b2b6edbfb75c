import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Sql } from '../src/db/client.ts';
import { inWorkspace } from '../src/db/tx.ts';
import { type AppChild, startAppChild } from '../test/support/app-child.ts';
import type { SeededWorkspace } from '../test/support/ledger.ts';
import { lanesOf, openInLanes, seedLanes } from '../test/support/many-lanes.ts';
import { startPrivatePostgres } from '../test/support/private-postgres.ts';
import { type SlackChild, startSlackChild } from '../test/support/slack-child.ts';
import { doubleFloorOf, floorOf } from './floor.ts';
import { forEachOf } from './in-flight.ts';
import type { Measured } from './main.ts';
import { note } from './note.ts';
import { pressOverHttp, type SignedPress, signedPress } from './press-over-http.ts';

const LANES = 10;
const IN_FLIGHT = 64;
const SLACK_PACE = { timeoutMs: 5_000, settleMs: 5_000, paceMs: 1_000 } as const;
const BARS = { ackP99Ms: 1_000, ratioToFloor: 0.5 } as const;
const RIVALS = ['ana', 'ben'] as const;
/** As many connections as the two apps have together. */
const CONNECTIONS = 20;
const TOLD_WITHIN_MS = 60_000;

/** Every exception is claimed by two people at once, one through each app process. */
export async function benchClicks(size: number): Promise<Measured> {
  const lanes = lanesOf(LANES);
  const perLane = Math.ceil(size / LANES);
  const postgres = await startPrivatePostgres({ fast: false });
  const sql = connect({ url: postgres.url, role: 'runs', max: CONNECTIONS });
  const slack = await startSlackChild(LANES);
  const apps: AppChild[] = [];
  const opened = async () => {
    const workspace = await seedLanes(sql, lanes);
    return { workspace, ids: await openInLanes(sql, workspace, { lanes, perLane }), inFlight: IN_FLIGHT };
  };
  try {
    note(`opening three times ${perLane * LANES} exceptions`);
    const pressed = await opened();
    const bare = await opened();
    const bareDouble = await opened();
    note('the floor: conditional update and audit event, nothing else');
    const floor = await floorOf(sql, bare);
    const floorDouble = await doubleFloorOf(sql, bareDouble);
    const child = { databaseUrl: postgres.url, apiUrl: slack.apiUrl, delivery: SLACK_PACE };
    const { workspaceId } = pressed.workspace;
    for (const _ of RIVALS) apps.push(await startAppChild({ ...child, workspaceId }));
    note('the presses');
    const clicks = await clicksOf(apps, await pressesOf(slack, pressed.ids, lanes[0]?.channelId ?? ''));
    const told = await toldOf(slack, pressed.ids.length);
    const isOneOwnerEach = await hasOneOwnerEach(sql, pressed.workspace, pressed.ids.length);
    const ratio = clicks.perSecond / floor;
    return {
      figures: {
        clicks: pressed.ids.length * RIVALS.length,
        one_owner_each: isOneOwnerEach,
        ack_p50_ms: clicks.p50,
        ack_p99_ms: clicks.p99,
        per_second: Math.round(clicks.perSecond),
        floor_per_second: Math.round(floor),
        ratio_to_floor: Math.round(ratio * 100) / 100,
        floor_double_per_second: Math.round(floorDouble),
        losers_told: told,
        failed: clicks.failed,
      },
      isInside:
        isOneOwnerEach &&
        clicks.failed === 0 &&
        told === pressed.ids.length &&
        clicks.p99 < BARS.ackP99Ms &&
        ratio >= BARS.ratioToFloor,
    };
  } finally {
    await Promise.all(apps.map((app) => app.kill()));
    await slack.stop();
    await sql.end({ timeout: 5 });
    await postgres.stop();
  }
}

/** For each exception the presses of both rivals, signed beforehand: signing them is Slack's work. */
async function pressesOf(
  slack: SlackChild,
  ids: readonly string[],
  channelId: string,
): Promise<SignedPress[][]> {
  const addresses = await slack.addresses(RIVALS, channelId, ids.length);
  return ids.map((id, row) =>
    RIVALS.map((user, rival) =>
      signedPress({ user, id, responseUrl: addresses[rival]?.[row] }, row * RIVALS.length + rival),
    ),
  );
}

async function clicksOf(apps: readonly AppChild[], pairs: readonly (readonly SignedPress[])[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  const urls = apps.map((app) => new URL(app.url));
  const times: number[] = [];
  let failed = 0;
  const press = async (url: URL, signed: SignedPress): Promise<void> => {
    const began = performance.now();
    const status = await pressOverHttp(agent, url, signed);
    times.push(performance.now() - began);
    if (status !== 200) failed += 1;
  };
  const began = performance.now();
  await forEachOf(pairs, IN_FLIGHT / RIVALS.length, async (pair) => {
    await Promise.all(urls.map((url, rival) => pair[rival] && press(url, pair[rival])));
  });
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0);
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), failed };
}

/** How many losers were told, once all are or none comes any more. */
async function toldOf(slack: SlackChild, expected: number): Promise<number> {
  const deadline = performance.now() + TOLD_WITHIN_MS;
  for (;;) {
    const told = await slack.told(RIVALS);
    if (told >= expected || performance.now() > deadline) return told;
    await sleep(100);
  }
}

/** Asked of the record, not of the answers: everything is claimed, and by one event each. */
async function hasOneOwnerEach(sql: Sql, { workspaceId }: SeededWorkspace, count: number): Promise<boolean> {
  const [row] = await inWorkspace(
    sql,
    workspaceId,
    (tx) => tx<{ owned: number; events: number; claimed: number }[]>`
      select
        (select count(*)::integer from exception where workspace_id = ${workspaceId} and status = 'claimed' and owner_id is not null)
          as owned,
        count(*)::integer as events,
        count(distinct entity_id)::integer as claimed
      from audit_event
      where workspace_id = ${workspaceId} and action = 'exception.claim'`,
  );
  return row?.owned === count && row.events === count && row.claimed === count;
}
