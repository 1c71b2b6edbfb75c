import { Agent } from 'node:http';
import { connect, type Sql } from '../src/db/client.ts';
import { inWorkspace } from '../src/db/tx.ts';
import { type AppChild, startAppChild } from '../test/support/app-child.ts';
import type { SeededWorkspace } from '../test/support/ledger.ts';
import { lanesOf, openInLanes, seedLanes } from '../test/support/many-lanes.ts';
import { startPrivatePostgres } from '../test/support/private-postgres.ts';
import { startSlackChild } from '../test/support/slack-child.ts';
import { bareClaim } from './bare-claim.sql.ts';
import { forEachOf } from './in-flight.ts';
import type { Measured } from './main.ts';
import { note } from './note.ts';
import { pressOverHttp } from './press-over-http.ts';

const LANES = 10;
const IN_FLIGHT = 64;
const SLACK_PACE = { timeoutMs: 5_000, settleMs: 5_000, paceMs: 1_000 } as const;
const BARS = { ackP99Ms: 1_000, ratioToFloor: 0.5 } as const;
const RIVALS = ['ana', 'ben'] as const;

/** Every exception is claimed by two people at once, one through each app process. */
export async function benchClicks(size: number): Promise<Measured> {
  const lanes = lanesOf(LANES);
  const perLane = Math.ceil(size / LANES);
  const postgres = await startPrivatePostgres({ fast: false });
  const sql = connect({ url: postgres.url, role: 'runs', max: 20 });
  const slack = await startSlackChild(LANES);
  const apps: AppChild[] = [];
  try {
    note(`opening twice ${perLane * LANES} exceptions`);
    const pressed = await seedLanes(sql, lanes);
    const ids = await openInLanes(sql, pressed, { lanes, perLane });
    const bare = await seedLanes(sql, lanes);
    const bareIds = await openInLanes(sql, bare, { lanes, perLane });
    note('the floor: conditional update and audit event, nothing else');
    const floor = await floorOf(sql, bare, bareIds);
    const child = { databaseUrl: postgres.url, apiUrl: slack.apiUrl, delivery: SLACK_PACE };
    for (const _ of RIVALS) apps.push(await startAppChild({ ...child, workspaceId: pressed.workspaceId }));
    note('the presses');
    const clicks = await clicksOf(apps, ids);
    const isOneOwnerEach = await hasOneOwnerEach(sql, pressed, ids.length);
    const ratio = clicks.perSecond / floor;
    return {
      figures: {
        clicks: ids.length * RIVALS.length,
        one_owner_each: isOneOwnerEach,
        ack_p50_ms: clicks.p50,
        ack_p99_ms: clicks.p99,
        per_second: Math.round(clicks.perSecond),
        floor_per_second: Math.round(floor),
        ratio_to_floor: Math.round(ratio * 100) / 100,
        failed: clicks.failed,
      },
      isInside:
        isOneOwnerEach && clicks.failed === 0 && clicks.p99 < BARS.ackP99Ms && ratio >= BARS.ratioToFloor,
    };
  } finally {
    await Promise.all(apps.map((app) => app.kill()));
    await slack.stop();
    await sql.end({ timeout: 5 });
    await postgres.stop();
  }
}

async function clicksOf(apps: readonly AppChild[], ids: readonly string[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  const times: number[] = [];
  let failed = 0;
  const press = async (index: number, id: string): Promise<void> => {
    const began = performance.now();
    const status = await pressOverHttp(agent, { url: apps[index]?.url ?? '', user: RIVALS[index] ?? '', id });
    times.push(performance.now() - began);
    if (status !== 200) failed += 1;
  };
  const began = performance.now();
  await forEachOf(ids, IN_FLIGHT / RIVALS.length, async (id) => {
    await Promise.all(RIVALS.map((_, index) => press(index, id)));
  });
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0);
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), failed };
}

/** The same double-clicks as bare transactions: whoever is first updates and appends, the other finds nothing. Per second. */
async function floorOf(sql: Sql, workspace: SeededWorkspace, ids: readonly string[]): Promise<number> {
  const { workspaceId, people } = workspace;
  const began = performance.now();
  await forEachOf(ids, IN_FLIGHT / RIVALS.length, async (exceptionId) => {
    const attempts = RIVALS.map((key) =>
      inWorkspace(sql, workspaceId, (tx) =>
        bareClaim(tx, { workspaceId, exceptionId, personId: people[key] ?? '' }),
      ),
    );
    await Promise.all(attempts);
  });
  return (ids.length * RIVALS.length) / ((performance.now() - began) / 1000);
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
