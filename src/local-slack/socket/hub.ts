import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Json } from '../blocks/checks.ts';
import { isObject } from '../blocks/checks.ts';
import type { Faults } from '../faults.ts';
import { asksForWebSocket, Connection, refuseUpgrade } from './connection.ts';

export type DisconnectReason = 'refresh_requested' | 'warning' | 'link_disabled';

export type Envelope = {
  envelope_id: string;
  type: 'interactive' | 'slash_commands' | 'events_api';
  payload: Json;
  accepts_response_payload: boolean;
  retry_attempt?: number;
  retry_reason?: string;
};

/** `late`: nobody acknowledged in time. `unconnected`: no connection was open in all that time. */
export type Acknowledged = { kind: 'ack'; payload: Json | undefined } | { kind: 'late' | 'unconnected' };

type Settings = { appId: string; ackMs: number; faults: Faults };
type Waiting = { envelope: Envelope; on: Connection | undefined; settle: (end: Acknowledged) => void };

const MOST_CONNECTIONS = 10;
const TICKET_MS = 30_000;
export const SOCKET_PATH = '/link/';

/** Socket Mode: one-use addresses, up to ten connections, and envelopes of which any one connection gets each. */
export class SocketHub {
  readonly #settings: Settings;
  readonly #tickets = new Map<string, number>();
  readonly #connections = new Set<Connection>();
  /** Told to come again: they get nothing more, and may still acknowledge. */
  readonly #retiring = new Set<Connection>();
  readonly #waiting = new Map<string, Waiting>();
  #turn = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get size(): number {
    return this.#open().length;
  }

  /** A one-use key for an address to connect to. */
  issueTicket(): string {
    const key = randomBytes(18).toString('base64url');
    this.#tickets.set(key, performance.now() + TICKET_MS);
    return key;
  }

  /** Takes the upgrade of an address that was issued, once; refuses any other. */
  connect(request: IncomingMessage, transport: { socket: Duplex; head: Buffer }): void {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const key = pathname.slice(SOCKET_PATH.length);
    const expiresAt = this.#tickets.get(key) ?? 0;
    this.#tickets.delete(key);
    if (!asksForWebSocket(request)) {
      refuseUpgrade(transport.socket, '400 Bad Request');
      return;
    }
    if (performance.now() > expiresAt) {
      refuseUpgrade(transport.socket, '403 Forbidden');
      return;
    }
    const connection: Connection = new Connection(request, transport, {
      onText: (text) => this.#hear(text),
      onClose: () => this.#lose(connection),
    });
    if (this.size >= MOST_CONNECTIONS) {
      this.#sayGoodbye(connection, 'too_many_websockets');
      return;
    }
    this.#connections.add(connection);
    connection.send(JSON.stringify(this.#hello()));
    for (const waiting of this.#waiting.values()) if (!waiting.on) this.#send(waiting);
  }

  /** Gives the envelope to one connection; to the next when that one breaks. Resolves with its acknowledgement. */
  deliver(envelope: Envelope): Promise<Acknowledged> {
    return new Promise((resolve) => {
      const settle = (end: Acknowledged): void => {
        clearTimeout(timer);
        this.#waiting.delete(envelope.envelope_id);
        resolve(end);
      };
      const waiting: Waiting = { envelope, on: undefined, settle };
      const timer = setTimeout(
        () => settle({ kind: waiting.on ? 'late' : 'unconnected' }),
        this.#settings.ackMs,
      );
      this.#waiting.set(envelope.envelope_id, waiting);
      this.#send(waiting);
    });
  }

  /** Asks every connection to come again, as Slack does every few hours. Says how many there were. */
  disconnect(reason: DisconnectReason): number {
    const open = this.#open();
    for (const connection of open) this.#sayGoodbye(connection, reason);
    return open.length;
  }

  /** Breaks every connection without a word. */
  close(): void {
    for (const connection of [...this.#connections, ...this.#retiring]) connection.cut();
    for (const waiting of this.#waiting.values()) waiting.settle({ kind: 'unconnected' });
  }

  #hello(): Json {
    return {
      type: 'hello',
      num_connections: this.size,
      connection_info: { app_id: this.#settings.appId },
      debug_info: { host: 'local', approximate_connection_time: 18_060 },
    };
  }

  #open(): Connection[] {
    return [...this.#connections].filter((connection) => connection.isOpen);
  }

  #send(waiting: Waiting): void {
    const open = this.#open();
    const connection = open[this.#turn++ % Math.max(open.length, 1)];
    waiting.on = connection;
    if (!connection) return;
    connection.send(JSON.stringify(waiting.envelope));
    const fault = this.#settings.faults.strikeSocket();
    if (fault?.kind === 'socket_cut') connection.cut();
    else if (fault) this.#sayGoodbye(connection, 'refresh_requested');
  }

  #sayGoodbye(connection: Connection, reason: string): void {
    // Said before anything else is: the client closes, and what it had not acknowledged goes to another connection.
    connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } }));
    this.#connections.delete(connection);
    this.#retiring.add(connection);
  }

  #hear(text: string): void {
    const message = parsed(text);
    const waiting = this.#waiting.get(String(message?.envelope_id ?? ''));
    if (!waiting) return; // acknowledged already, or too late
    const payload = isObject(message?.payload) ? message.payload : undefined;
    waiting.settle({ kind: 'ack', payload });
  }

  #lose(connection: Connection): void {
    this.#connections.delete(connection);
    this.#retiring.delete(connection);
    for (const waiting of this.#waiting.values()) {
      if (waiting.on !== connection) continue;
      waiting.envelope = again(waiting.envelope);
      this.#send(waiting);
    }
  }
}

/** The same envelope once more: its id stays, so an acknowledgement that comes late still counts. */
export const again = (envelope: Envelope): Envelope => ({
  ...envelope,
  retry_attempt: (envelope.retry_attempt ?? 0) + 1,
  retry_reason: 'timeout',
});

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
