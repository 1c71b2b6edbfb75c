/** A frame of RFC 6455, unmasked. */
export type Frame = { fin: boolean; opcode: number; payload: Buffer };

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Larger than any acknowledgement Slack would take. */
const MOST_BYTES = 2_000_000;
const MOST_CONTROL_BYTES = 125;
const HEADER_BYTES = 2;
const MASK_BYTES = 4;
/** Lengths 126 and 127 say that the real one follows in two or eight bytes. */
const IN_TWO_BYTES = 126;
const IN_EIGHT_BYTES = 127;

/** What the peer sent is no WebSocket; `code` is the status to close with. */
export class ProtocolError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A whole message in one frame, as a server sends it: never masked. */
export function encodeFrame(opcode: number, payload: Buffer): Buffer {
  const size = payload.length;
  const first = 0x80 | opcode;
  if (size < IN_TWO_BYTES) return Buffer.concat([Buffer.from([first, size]), payload]);
  if (size <= 0xffff) {
    const header = Buffer.from([first, IN_TWO_BYTES, 0, 0]);
    header.writeUInt16BE(size, HEADER_BYTES);
    return Buffer.concat([header, payload]);
  }
  const header = Buffer.alloc(10);
  header.set([first, IN_EIGHT_BYTES]);
  header.writeBigUInt64BE(BigInt(size), HEADER_BYTES);
  return Buffer.concat([header, payload]);
}

/** Cuts the bytes of a client into frames, however the network split them. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that are complete now. Throws: ProtocolError. */
  push(chunk: Buffer): Frame[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    for (let read = readFrame(this.#rest); read !== undefined; read = readFrame(this.#rest)) {
      frames.push(read.frame);
      this.#rest = this.#rest.subarray(read.size);
    }
    return frames;
  }
}

function readFrame(bytes: Buffer): { frame: Frame; size: number } | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const opcode = first & 0x0f;
  const fin = (first & 0x80) !== 0;
  if ((first & 0x70) !== 0) throw new ProtocolError(1002, 'no extension was agreed on');
  if ((second & 0x80) === 0) throw new ProtocolError(1002, 'a client must mask its frames');
  const length = readLength(bytes, second & 0x7f);
  if (length === undefined) return undefined;
  if (opcode >= OPCODE.close && (!fin || length.payload > MOST_CONTROL_BYTES)) {
    throw new ProtocolError(1002, 'a control frame is short and whole');
  }
  const start = length.end + MASK_BYTES;
  const size = start + length.payload;
  if (bytes.length < size) return undefined;
  const payload = unmasked(bytes.subarray(start, size), bytes.subarray(length.end, start));
  return { frame: { fin, opcode, payload }, size };
}

function readLength(bytes: Buffer, short: number): { payload: number; end: number } | undefined {
  if (short < IN_TWO_BYTES) return { payload: short, end: HEADER_BYTES };
  const end = HEADER_BYTES + (short === IN_TWO_BYTES ? 2 : 8);
  if (bytes.length < end) return undefined;
  const payload =
    short === IN_TWO_BYTES ? bytes.readUInt16BE(HEADER_BYTES) : Number(bytes.readBigUInt64BE(HEADER_BYTES));
  if (payload > MOST_BYTES) throw new ProtocolError(1009, 'the message is too large');
  return { payload, end };
}

const unmasked = (payload: Buffer, mask: Buffer): Buffer =>
  Buffer.from(payload.map((byte, index) => byte ^ (mask[index % MASK_BYTES] ?? 0)));
