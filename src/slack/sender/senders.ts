import type { MessageCounts } from '../../db/outbox/count-messages.sql.ts';
import type { Sender } from './sender.ts';

/** Several workspaces' senders as one: what waits anywhere waits. Shut out only when Slack lets none of them in. */
export function allSenders(senders: readonly Sender[]): Sender {
  return {
    wake: () => {
      for (const sender of senders) sender.wake();
    },
    counts: async () => sum(await Promise.all(senders.map((sender) => sender.counts()))),
    drainUntilIdle: async (limit) =>
      sum(await Promise.all(senders.map((sender) => sender.drainUntilIdle(limit)))),
    isShutOut: () => senders.length > 0 && senders.every((sender) => sender.isShutOut()),
    stop: async () => {
      await Promise.all(senders.map((sender) => sender.stop()));
    },
  };
}

const sum = (counts: readonly MessageCounts[]): MessageCounts => ({
  waiting: counts.reduce((total, { waiting }) => total + waiting, 0),
  parked: counts.reduce((total, { parked }) => total + parked, 0),
  sent: counts.reduce((total, { sent }) => total + sent, 0),
  dead: counts.reduce((total, { dead }) => total + dead, 0),
});
