// A local Slack in a process of its own, for slack-child.ts: lanes as channels, faults by message, and a watch over
// everything that is ever visible.
import type { FaultSpec } from '../../src/local-slack/faults.ts';
import { startLocalSlack } from '../../src/local-slack/server.ts';
import { lanesOf } from './many-lanes.ts';
import type { SlackOrder, SlackReport } from './slack-child.ts';
import { BOT_TOKEN, SIGNING_SECRET, slackId, TEAM } from './slack-story.ts';

const lanes = lanesOf(Number(process.argv[2]));
const slack = await startLocalSlack({
  seed: {
    team: { id: TEAM, name: 'Agency', domain: 'agency' },
    users: [
      { id: slackId('ana'), handle: 'ana', realName: 'Ana Ruiz', email: 'ana@agency.example', tz: 'UTC' },
    ],
    channels: lanes.map((lane) => ({ id: lane.channelId, name: lane.channelName })),
  },
  app: {
    requestUrl: 'http://127.0.0.1:9/',
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    appId: 'A0TIEOUT',
    botUserId: 'U0TIEOUT',
  },
});

const everTwice = new Set<string>();
const ours = () =>
  lanes.flatMap((lane) =>
    slack.messages(lane.channelId).map((message) => ({
      outboxId: String(message.metadata?.event_payload.outbox_id),
      isLine: message.threadTs !== undefined,
    })),
  );

function look(): SlackReport {
  const seen = new Set<string>();
  const messages = ours();
  for (const { outboxId } of messages) {
    if (seen.has(outboxId)) everTwice.add(outboxId);
    seen.add(outboxId);
  }
  const idsOf = (isLine: boolean) => messages.filter((m) => m.isLine === isLine).map((m) => m.outboxId);
  return { cards: idsOf(false), lines: idsOf(true), everTwice: [...everTwice] };
}

// A second copy stands for longer than this: the janitor waits for Slack to settle before it removes one.
const watch = setInterval(look, 100);

/** Every call is slow for a while, so that kills meet posts under way; a single fault goes before it. */
let usual: string | undefined;
function setUsual(spec: FaultSpec): void {
  if (usual !== undefined) slack.faults.remove(usual);
  usual = slack.faults.add(spec);
}

const ORDERS = {
  fault: (order: Extract<SlackOrder, { kind: 'fault' }>) => {
    slack.faults.add(order.once);
    setUsual(order.usual);
  },
  calm: () => slack.faults.clear(),
  report: () => process.send?.({ kind: 'report', report: look() }),
} satisfies Record<SlackOrder['kind'], unknown>;

process.on('message', (order: SlackOrder) => {
  (ORDERS[order.kind] as (given: SlackOrder) => void)(order);
});
process.on('disconnect', () => {
  clearInterval(watch);
  void slack.close().then(() => process.exit(0));
});
process.send?.({ kind: 'ready', apiUrl: slack.apiUrl });
