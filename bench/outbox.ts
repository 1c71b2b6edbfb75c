import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../src/db/client.ts';
import { countMessages } from '../src/db/outbox/count-messages.sql.ts';
import { inWorkspace } from '../src/db/tx.ts';
import { type AppChild, startAppChild } from '../test/support/app-child.ts';
import { lanesOf, openInLanes, seedLanes } from '../test/support/many-lanes.ts';
import { startPrivatePostgres } from '../test/support/private-postgres.ts';
import { startSlackChild } from '../test/support/slack-child.ts';
import type { Measured } from './main.ts';
import { note } from './note.ts';

const LANES = 10;
const APPS = 2;
const UNPACED = { timeoutMs: 5_000, settleMs: 5_000, paceMs: 0 } as const;

/** Drains an outbox into a Slack that sets no pace, so that only our own cost is left. */
export async function benchOutbox(size: number): Promise<Measured> {
  const lanes = lanesOf(LANES);
  const postgres = await startPrivatePostgres({ fast: false });
  const sql = connect({ url: postgres.url, role: 'runs' });
  const slack = await startSlackChild(LANES);
  const apps: AppChild[] = [];
  try {
    const workspace = await seedLanes(sql, lanes);
    const { workspaceId } = workspace;
    note(`opening ${Math.ceil(size / LANES) * LANES} exceptions`);
    const ids = await openInLanes(sql, workspace, { lanes, perLane: Math.ceil(size / LANES) });
    note('posting their cards');
    const began = performance.now();
    const child = { databaseUrl: postgres.url, workspaceId, apiUrl: slack.apiUrl, delivery: UNPACED };
    apps.push(...(await Promise.all(Array.from({ length: APPS }, () => startAppChild(child)))));
    const waiting = () => inWorkspace(sql, workspaceId, (tx) => countMessages(tx, workspaceId));
    while ((await waiting()).waiting > 0) await sleep(100);
    const seconds = (performance.now() - began) / 1000;
    const { cards, everTwice } = await slack.report();
    const lost = ids.length - new Set(cards).size;
    const duplicated = Math.max(cards.length - new Set(cards).size, everTwice.length);
    return {
      figures: {
        cards: ids.length,
        lost,
        duplicated,
        seconds: Math.round(seconds * 10) / 10,
        per_second: Math.round(ids.length / seconds),
      },
      isInside: lost === 0 && duplicated === 0,
    };
  } finally {
    await Promise.all(apps.map((app) => app.kill()));
    await slack.stop();
    await sql.end({ timeout: 5 });
    await postgres.stop();
  }
}
