import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FaultSpec } from '../../src/local-slack/faults.ts';

/** Outbox ids of what stands in the channels now, and of what stood there twice at any time. */
export type SlackReport = {
  readonly cards: readonly string[];
  readonly lines: readonly string[];
  readonly everTwice: readonly string[];
  /** The longest that this Slack stood still: a post may have been taken so much later than it was sent. */
  readonly stalledMs: number;
};

export type SlackOrder =
  | { readonly kind: 'fault'; readonly once: FaultSpec; readonly usual: FaultSpec }
  | { readonly kind: 'calm' }
  /** Somebody deletes a card, any of them. */
  | { readonly kind: 'delete_card' }
  /** A lane's channel is archived, and after `ms` no longer. */
  | { readonly kind: 'archive'; readonly lane: number; readonly ms: number }
  | { readonly kind: 'report' }
  | {
      readonly kind: 'addresses';
      readonly people: readonly string[];
      readonly channel: string;
      readonly count: number;
    }
  | { readonly kind: 'told'; readonly people: readonly string[] };

export type SlackChild = {
  readonly apiUrl: string;
  /** The next call is spoiled by `once`, all others until told otherwise by `usual`. */
  readonly fault: (faults: { once: FaultSpec; usual: FaultSpec }) => void;
  readonly calm: () => void;
  readonly deleteCard: () => void;
  readonly archive: (lane: number, ms: number) => void;
  readonly report: () => Promise<SlackReport>;
  /** Addresses for answers, as presses carry them: so many for each person. */
  readonly addresses: (people: readonly string[], channel: string, count: number) => Promise<string[][]>;
  /** How often these people were told something that only they see. */
  readonly told: (people: readonly string[]) => Promise<number>;
  readonly stop: () => Promise<void>;
};

const SLACK_PROCESS = fileURLToPath(new URL('./slack-process.ts', import.meta.url));

/** A local Slack in a process of its own, with this many lanes (many-lanes.ts) as channels. */
export async function startSlackChild(lanes: number): Promise<SlackChild> {
  const child = fork(SLACK_PROCESS, [String(lanes)], { execArgv: ['--import', 'tsx'] });
  const [ready] = (await once(child, 'message')) as [{ apiUrl: string }];
  const send = (order: SlackOrder) => child.send(order);
  const ask = async <T>(order: SlackOrder): Promise<T> => {
    const answer = once(child, 'message');
    send(order);
    return ((await answer) as [T])[0];
  };
  return {
    apiUrl: ready.apiUrl,
    fault: (faults) => send({ kind: 'fault', ...faults }),
    calm: () => send({ kind: 'calm' }),
    deleteCard: () => send({ kind: 'delete_card' }),
    archive: (lane, ms) => send({ kind: 'archive', lane, ms }),
    report: async () => (await ask<{ report: SlackReport }>({ kind: 'report' })).report,
    addresses: async (people, channel, count) =>
      (await ask<{ addresses: string[][] }>({ kind: 'addresses', people, channel, count })).addresses,
    told: async (people) => (await ask<{ told: number }>({ kind: 'told', people })).told,
    stop: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
