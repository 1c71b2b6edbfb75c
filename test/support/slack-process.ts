// A local Slack in a process of its own, for slack-child.ts: lanes as channels, faults by message, and a watch over
// everything that is ever visible.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FaultSpec } from '../../src/local-slack/faults.ts';
import { startLocalSlack } from '../../src/local-slack/server.ts';
import { FALLBACK_LANE, lanesOf } from './many-lanes.ts';
import type { SlackOrder, SlackReport } from './slack-child.ts';
import { BOT_TOKEN, SIGNING_SECRET, slackId, TEAM } from './slack-story.ts';

const lanes = lanesOf(Number(process.argv[2]));
const slack = await startLocalSlack({
  seed: {
    team: { id: TEAM, name: 'Agency', domain: 'agency' },
    users: [
      { id: slackId('ana'), handle: 'ana', realName: 'Ana Ruiz', email: 'ana@agency.example', tz: 'UTC' },
      { id: slackId('ben'), handle: 'ben', realName: 'Ben Ito', email: 'ben@agency.example', tz: 'UTC' },
    ],
    channels: [
      ...lanes.map((lane) => ({ id: lane.channelId, name: lane.channelName })),
      { id: FALLBACK_LANE, name: 'lane-fallback' },
    ],
  },
  app: {
    requestUrl: 'http://127.0.0.1:9/',
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    appId: 'A0TIEOUT',
    botUserId: 'U0TIEOUT',
  },
});

const stalls = monitorEventLoopDelay({ resolution: 10 });
stalls.enable();
const stalledMs = (): number => Math.round(stalls.max / 1e6);

const everTwice = new Set<string>();
/** Cards, and what else has an outbox id, wherever it stands; a pointer to where a card went has none. */
const ours = () =>
  [...lanes.map((lane) => lane.channelId), FALLBACK_LANE].flatMap((channel) =>
    slack.messages(channel).flatMap(({ ts, metadata, threadTs }) => {
      const outboxId = metadata?.event_payload.outbox_id;
      return outboxId === undefined
        ? []
        : [{ channel, ts, outboxId: String(outboxId), isLine: threadTs !== undefined }];
    }),
  );

function look(): SlackReport {
  const seen = new Set<string>();
  const messages = ours();
  for (const { outboxId } of messages) {
    if (seen.has(outboxId)) everTwice.add(outboxId);
    seen.add(outboxId);
  }
  const idsOf = (isLine: boolean) => messages.filter((m) => m.isLine === isLine).map((m) => m.outboxId);
  return { cards: idsOf(false), lines: idsOf(true), everTwice: [...everTwice], stalledMs: stalledMs() };
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
  delete_card: () => {
    const cards = ours().filter(({ isLine }) => !isLine);
    const card = cards[Math.floor(Math.random() * cards.length)];
    if (card) slack.admin.deleteMessage(card.channel, card.ts);
  },
  archive: ({ lane, ms }: Extract<SlackOrder, { kind: 'archive' }>) => {
    const name = lanes[lane]?.channelName ?? '';
    slack.admin.archive(name);
    setTimeout(() => slack.admin.unarchive(name), ms).unref();
  },
  report: () => process.send?.({ kind: 'report', report: look() }),
  addresses: ({ people, channel, count }: Extract<SlackOrder, { kind: 'addresses' }>) => {
    const origins = people.map((person) => ({ user: slackId(person), channel }));
    const addresses = origins.map((origin) =>
      Array.from({ length: count }, () => slack.issueResponseUrl(origin)),
    );
    process.send?.({ kind: 'addresses', addresses });
  },
  told: ({ people }: Extract<SlackOrder, { kind: 'told' }>) => {
    const told = people.reduce((sum, person) => sum + slack.ephemerals(slackId(person)).length, 0);
    process.send?.({ kind: 'told', told });
  },
} satisfies Record<SlackOrder['kind'], unknown>;

process.on('message', (order: SlackOrder) => {
  (ORDERS[order.kind] as (given: SlackOrder) => void)(order);
});
process.on('disconnect', () => {
  clearInterval(watch);
  void slack.close().then(() => process.exit(0));
});
process.send?.({ kind: 'ready', apiUrl: slack.apiUrl });
