import { setTimeout as sleep } from 'node:timers/promises';
import { SocketModeReceiver } from '@slack/bolt';
import { Fault } from '../../core/fault.ts';
import type { Logger } from '../../observe/logger.ts';
import { boltLogger } from '../bolt-logger.ts';
import { clientOptions } from '../sender/web-api.ts';
import type { Envelope } from './envelope.ts';

export type ConnectOptions = {
  readonly appToken: string;
  /** Another Web API root, ending in a slash. */
  readonly apiUrl: string | undefined;
  readonly onEnvelope: (envelope: Envelope) => void;
  readonly logger: Logger;
};

type Client = SocketModeReceiver['client'];

/** One connection that Slack has said hello on. */
export type Connection = {
  /** Resolves when it is over, whoever ended it. */
  readonly ended: Promise<void>;
  readonly close: () => Promise<void>;
};

const OPEN_MS = 10_000;
const CLOSE_MS = 2_000;
/** How long a silent peer is believed to be there. */
const PONG_MS = 15_000;

/**
 * Opens one connection; resolves at Slack's hello.
 *
 * Throws: Fault('slack_refused') naming SLACK_APP_TOKEN, Fault('slack_unavailable').
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const client = makeClient(options);
  client.on('slack_event', options.onEnvelope);
  const ended = new Promise<void>((resolve) => {
    client.once('disconnected', () => resolve());
  });
  const close = async (): Promise<void> => {
    await Promise.race([client.disconnect(), sleep(CLOSE_MS, undefined, { ref: false })]);
  };
  try {
    await opened(client);
  } catch (error) {
    void close();
    throw faultOf(error);
  }
  return { ended, close };
}

/**
 * The SDK reconnects by itself only on some ends, five seconds later, and its failed attempt is a rejection that nobody
 * handles and that ends the process. So it never reconnects here: `keepConnected` does, with a new client.
 */
function makeClient({ appToken, apiUrl, logger }: ConnectOptions): Client {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    clientPingTimeout: PONG_MS,
    logger: boltLogger(logger),
    installerOptions: { clientOptions: clientOptions({ apiUrl, timeoutMs: OPEN_MS }) },
  });
  return receiver.client;
}

async function opened(client: Client): Promise<void> {
  const cancel = new AbortController();
  const late = sleep(OPEN_MS, undefined, { signal: cancel.signal }).then(() => {
    throw new Error(`no hello within ${OPEN_MS} ms`);
  });
  late.catch(() => {}); // cancelled: the hello was faster
  const started = client.start();
  started.catch(() => {}); // it may still fail after the deadline
  try {
    await Promise.race([started, late]);
  } finally {
    cancel.abort();
  }
}

function faultOf(error: unknown): Fault {
  const code = (error as { data?: { error?: unknown } } | undefined)?.data?.error;
  if (typeof code === 'string' && code !== 'internal_error') {
    return new Fault(
      'slack_refused',
      `SLACK_APP_TOKEN: Slack answers ${code}. Turn on Socket Mode in the app's settings, and copy an app-level token with connections:write.`,
      { cause: error },
    );
  }
  // The SDK rejects with nothing at all when the connection ends before the hello.
  const why = error instanceof Error ? error.message : 'the connection ended before its hello';
  return new Fault(
    'slack_unavailable',
    `Slack opened no Socket Mode connection: ${why}. Check the network and SLACK_API_URL.`,
    { cause: error, retryable: true },
  );
}
