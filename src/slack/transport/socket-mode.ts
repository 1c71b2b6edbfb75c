import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../observe/logger.ts';
import { type Connection, type ConnectOptions, connect } from './connection.ts';
import { answerEnvelope, type Envelope, type EnvelopeOptions } from './envelope.ts';

export type SocketModeOptions = EnvelopeOptions & {
  readonly appToken: string;
  /** Another Web API root, ending in a slash. */
  readonly apiUrl: string | undefined;
};

export type SocketMode = {
  /** Whether any connection is up: without one, presses do not arrive. */
  readonly isConnected: () => boolean;
  /** Answers what is under way, then closes the connections. */
  readonly stop: () => Promise<void>;
};

/** Slack asks each connection to come again every few hours: the other one takes the presses meanwhile. */
const CONNECTIONS = 2;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** A connection that lasted less counts as a failed one, so that two ends cannot chase each other. */
const SHORT_MS = 1_000;
const STOP_MS = 5_000;

/**
 * Takes what Slack sends over Socket Mode, on two connections that are opened again whenever one ends.
 *
 * Throws: Fault('slack_refused', 'slack_unavailable') when the first connection cannot be opened.
 */
export async function startSocketMode(options: SocketModeOptions): Promise<SocketMode> {
  const { appToken, apiUrl, logger } = options;
  const inFlight = new Set<Promise<void>>();
  const onEnvelope = (envelope: Envelope): void => {
    const answered = answerEnvelope(options, envelope)
      .catch((error: unknown) => logger.error({ err: error }, 'an envelope of Socket Mode failed'))
      .finally(() => inFlight.delete(answered));
    inFlight.add(answered);
  };
  const connecting: ConnectOptions = { appToken, apiUrl, onEnvelope, logger };
  const first = await connect(connecting);
  const stopping = new AbortController();
  const up = new Set<Connection>();
  const lanes = Array.from({ length: CONNECTIONS }, (_, index) =>
    keepConnected(connecting, {
      first: index === 0 ? first : undefined,
      signal: stopping.signal,
      up,
      logger,
    }),
  );
  return {
    isConnected: () => up.size > 0,
    stop: async () => {
      await settled(inFlight);
      stopping.abort();
      await Promise.all(lanes);
      await settled(inFlight);
    },
  };
}

type Keeping = {
  readonly first: Connection | undefined;
  readonly signal: AbortSignal;
  /** The connections that stand now, of all lanes. */
  readonly up: Set<Connection>;
  readonly logger: Logger;
};

/** Resolves when stopped. Each connection is a new client, so that the end of an old one disturbs nothing. */
async function keepConnected(options: ConnectOptions, { first, signal, up, logger }: Keeping): Promise<void> {
  let connection = first;
  let failures = 0;
  while (!signal.aborted) {
    const began = performance.now();
    try {
      connection ??= await connect(options);
      up.add(connection);
      await ended(connection, signal);
      failures = performance.now() - began < SHORT_MS ? failures + 1 : 0;
    } catch (error) {
      failures += 1;
      logger.warn({ err: error, failures }, 'a Socket Mode connection could not be opened; trying again');
    }
    if (connection) up.delete(connection);
    connection = undefined;
    if (failures > 0) await pause(failures, signal);
  }
}

/** Resolves when the connection is over, or was closed because of the signal. */
async function ended(connection: Connection, signal: AbortSignal): Promise<void> {
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    stop = () => resolve(connection.close());
  });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  await Promise.race([connection.ended, stopped]);
  signal.removeEventListener('abort', stop);
}

async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
  // Half of it at random: replicas that lost Slack together do not come back together.
  await sleep(ms / 2 + Math.random() * (ms / 2), undefined, { signal }).catch(() => undefined);
}

/** Resolves when nothing is under way any more, or after 5 s: what is cut off then, Slack brings again. */
async function settled(inFlight: ReadonlySet<Promise<void>>): Promise<void> {
  const cancel = new AbortController();
  const late = sleep(STOP_MS, undefined, { signal: cancel.signal }).catch(() => undefined);
  await Promise.race([Promise.all(inFlight), late]);
  cancel.abort();
}
