import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FaultSpec } from '../../src/local-slack/faults.ts';

/** Outbox ids of what stands in the channels now, and of what stood there twice at any time. */
export type SlackReport = {
  readonly cards: readonly string[];
  readonly lines: readonly string[];
  readonly everTwice: readonly string[];
};

export type SlackOrder =
  | { readonly kind: 'fault'; readonly once: FaultSpec; readonly usual: FaultSpec }
  | { readonly kind: 'calm' }
  | { readonly kind: 'report' };

export type SlackChild = {
  readonly apiUrl: string;
  /** The next call is spoiled by `once`, all others until told otherwise by `usual`. */
  readonly fault: (faults: { once: FaultSpec; usual: FaultSpec }) => void;
  readonly calm: () => void;
  readonly report: () => Promise<SlackReport>;
  readonly stop: () => Promise<void>;
};

const SLACK_PROCESS = fileURLToPath(new URL('./slack-process.ts', import.meta.url));

/** A local Slack in a process of its own, with this many lanes (many-lanes.ts) as channels. */
export async function startSlackChild(lanes: number): Promise<SlackChild> {
  const child = fork(SLACK_PROCESS, [String(lanes)], { execArgv: ['--import', 'tsx'] });
  const [ready] = (await once(child, 'message')) as [{ apiUrl: string }];
  const send = (order: SlackOrder) => child.send(order);
  return {
    apiUrl: ready.apiUrl,
    fault: (faults) => send({ kind: 'fault', ...faults }),
    calm: () => send({ kind: 'calm' }),
    report: async () => {
      const answer = once(child, 'message');
      send({ kind: 'report' });
      const [{ report }] = (await answer) as [{ report: SlackReport }];
      return report;
    },
    stop: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
