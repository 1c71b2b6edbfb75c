import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly id: string;
  readonly event: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
};

type Answer = (response: ServerResponse, received: Received) => void;

export type Receiver = {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  /** How it answers from now on: 204 unless said. */
  readonly answers: (answer: Answer) => void;
  readonly stop: () => Promise<void>;
};

/** A server of somebody outside, who keeps what comes and answers as told. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let answer: Answer = (response) => response.writeHead(204).end();
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const id = String(request.headers['webhook-id']);
      const one = { headers: request.headers, body, id, event: JSON.parse(body) as Received['event'] };
      received.push(one);
      answer(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/tieout`,
    port,
    received,
    answers: (next) => {
      answer = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** Whether one of the signatures was made with this secret, as the specification of Standard Webhooks says. */
export function isSignedWith(secret: string, { headers, body, id }: Received): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const wanted = createHmac('sha256', key).update(`${id}.${headers['webhook-timestamp']}.${body}`).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .map((part) => Buffer.from(part.replace(/^v1,/, ''), 'base64'))
    .some((given) => given.length === wanted.length && timingSafeEqual(given, wanted));
}
