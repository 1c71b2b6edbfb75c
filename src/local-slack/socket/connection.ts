import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { encodeFrame, type Frame, FrameReader, OPCODE, ProtocolError } from './frames.ts';

/** Fixed by RFC 6455, section 1.3. */
const HANDSHAKE_ID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const NORMAL = 1000;

type Handlers = { onText: (text: string) => void; onClose: () => void };

/** Refuses an upgrade with a bare HTTP status. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** Whether the request asks for a WebSocket of the one version there is. */
export function asksForWebSocket({ headers, method }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    headers['sec-websocket-version'] === '13' &&
    Buffer.from(headers['sec-websocket-key'] ?? '', 'base64').length === 16
  );
}

/** The server's end of one WebSocket (RFC 6455): text messages, pings answered, closed by either side. */
export class Connection {
  readonly #socket: Duplex;
  readonly #handlers: Handlers;
  readonly #reader = new FrameReader();
  #parts: Buffer[] = [];
  #closing = false;

  /** Completes the handshake. `head` is what the client sent too early. */
  constructor(
    request: IncomingMessage,
    { socket, head }: { socket: Duplex; head: Buffer },
    handlers: Handlers,
  ) {
    this.#socket = socket;
    this.#handlers = handlers;
    const key = `${request.headers['sec-websocket-key']}${HANDSHAKE_ID}`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
    );
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    // A broken connection is ordinary here; `close` follows and tells the owner.
    socket.on('error', () => undefined);
    socket.once('close', () => handlers.onClose());
    if (head.length > 0) this.#take(head);
  }

  get isOpen(): boolean {
    return !this.#closing && !this.#socket.destroyed;
  }

  send(text: string): void {
    if (this.isOpen) this.#socket.write(encodeFrame(OPCODE.text, Buffer.from(text)));
  }

  /** Says goodbye; the client's own goodbye ends the connection. */
  close(code: number = NORMAL): void {
    if (this.#closing) return;
    this.#closing = true;
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    this.#socket.write(encodeFrame(OPCODE.close, payload));
  }

  /** Ends the connection without a word, as when a network fails. */
  cut(): void {
    this.#closing = true;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.push(chunk)) this.#handle(frame);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.close(error.code);
      this.#socket.end();
    }
  }

  #handle({ fin, opcode, payload }: Frame): void {
    if (opcode === OPCODE.ping) {
      if (!this.#socket.destroyed) this.#socket.write(encodeFrame(OPCODE.pong, payload));
    } else if (opcode === OPCODE.close) {
      this.close();
      this.#socket.end();
    } else if (opcode === OPCODE.text || opcode === OPCODE.continuation) {
      this.#parts.push(payload);
      if (!fin) return;
      const text = Buffer.concat(this.#parts).toString('utf8');
      this.#parts = [];
      this.#handlers.onText(text);
    } else if (opcode !== OPCODE.pong) {
      throw new ProtocolError(1003, 'only text is understood');
    }
  }
}
