import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { Fault } from '../core/fault.ts';
import { stopwatch } from '../observe/metrics.ts';

export type HttpServer = {
  readonly port: number;
  /** Takes no new request and resolves when those under way are answered, or after 10 s. */
  readonly stop: () => Promise<void>;
};

export type HttpOptions = {
  readonly port: number;
  readonly host?: string;
  /** Takes POST /slack/events; undefined while Slack is not configured. */
  readonly slack: RequestListener | undefined;
  /** Everything else. */
  readonly site: Hono;
  /** Called once a request was answered, or its sender went away. */
  readonly answered?: (request: Answered) => void;
};

/** A request that is done with: its path as it was sent, without the question, and how long it took. */
export type Answered = {
  readonly path: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
};

const REQUEST_MS = 15_000;
const STOP_MS = 10_000;

/** One server for Slack and everything else, listening when it returns. */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const site = getRequestListener(options.site.fetch);
  const server = createServer(
    // Slow senders are cut off: headers within 10 s, everything within 15 s, looked at every second.
    {
      headersTimeout: 10_000,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 5_000,
    },
    (request, response) => {
      // The path as it was sent: `//slack/events/../slack/events` is not this one.
      const path = request.url?.split('?', 1)[0] ?? '';
      if (options.answered) tellWhenAnswered(options.answered, path, request, response);
      if (path === '/slack/events' && options.slack) return options.slack(request, response);
      return void site(request, response);
    },
  );
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return { port, stop: () => stop(server) };
}

function tellWhenAnswered(
  answered: (request: Answered) => void,
  path: string,
  { method = '' }: IncomingMessage,
  response: ServerResponse,
): void {
  const seconds = stopwatch();
  response.once('close', () => answered({ path, method, status: response.statusCode, seconds: seconds() }));
}

function listen(server: Server, { port, host }: HttpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portFault(error, port)));
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

const PORT_WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another process',
  EACCES: 'may not be used by this user',
};

const portFault = (error: NodeJS.ErrnoException, port: number): unknown => {
  const words = PORT_WORDS[error.code ?? ''];
  return words === undefined
    ? error
    : new Fault('port_taken', `PORT ${port} ${words}: set PORT to a free one.`, { cause: error });
};

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), STOP_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
