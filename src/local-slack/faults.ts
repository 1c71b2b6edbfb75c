import type { Live } from './live.ts';

const API_KINDS = [
  'drop_after_store',
  'hang_after_store',
  'status_after_store',
  'status',
  'error',
  'html',
  'rate_limited',
  'answer',
  'latency',
  'late_store',
] as const;

/** socket_cut: the connection breaks right after an envelope. socket_refresh: it is asked to come again right then. */
const SOCKET_KINDS = ['socket_cut', 'socket_refresh'] as const;
const FAULT_KINDS = [...API_KINDS, ...SOCKET_KINDS];

export type ApiFaultKind = (typeof API_KINDS)[number];
type SocketFaultKind = (typeof SOCKET_KINDS)[number];
export type FaultKind = ApiFaultKind | SocketFaultKind;

export type FaultSpec = {
  kind: FaultKind;
  /** Web API method, e.g. `chat.postMessage`; every method when absent. */
  method?: string;
  /** Channel id or name; every channel when absent. */
  channel?: string;
  /** How many calls it spoils; until removed when absent. */
  times?: number;
  /** hang_after_store (absent: for ever), latency, late_store. */
  ms?: number;
  /** status and status_after_store; 503 and 500 when absent. answer; 200 when absent. */
  status?: number;
  /** error: the code answered. */
  error?: string;
  /** error and answer: whether the call takes effect all the same. */
  stored?: boolean;
  /** rate_limited: the Retry-After header, exactly as given. */
  retryAfter?: string | number;
  /** answer: sent as it is when it is a text, else as JSON. */
  body?: unknown;
  /** answer: sent besides the content type, or in its place. */
  headers?: Record<string, string>;
};

export type Fault<Kind extends FaultKind = ApiFaultKind> = FaultSpec & {
  id: string;
  hits: number;
  kind: Kind;
};

/** A sentence that says what is wrong with a fault received as JSON, or the fault. */
export function parseFault(value: unknown): FaultSpec | string {
  if (typeof value !== 'object' || value === null)
    return 'A fault is an object such as {"kind":"latency","ms":500}.';
  const spec = value as Record<string, unknown>;
  if (!FAULT_KINDS.includes(spec.kind as FaultKind))
    return `"kind" must be one of ${FAULT_KINDS.join(', ')}.`;
  const shape: Record<string, string[]> = {
    kind: ['string'],
    method: ['string'],
    channel: ['string'],
    times: ['number'],
    ms: ['number'],
    status: ['number'],
    error: ['string'],
    stored: ['boolean'],
    retryAfter: ['string', 'number'],
    body: ['string', 'object'],
    headers: ['object'],
  };
  for (const [field, content] of Object.entries(spec)) {
    const types = shape[field];
    if (!types) return `A fault has no field "${field}".`;
    if (!types.includes(typeof content)) return `"${field}" must be a ${types.join(' or ')}.`;
  }
  if (spec.kind === 'error' && !spec.error)
    return 'A fault of kind "error" needs the "error" code to answer.';
  return spec as FaultSpec;
}

/** The faults switched on now. */
export class Faults {
  readonly #active = new Map<string, Fault<FaultKind>>();
  readonly #live: Live;
  #count = 0;

  constructor(live: Live) {
    this.#live = live;
  }

  add(spec: FaultSpec): string {
    const id = `fault-${++this.#count}`;
    this.#active.set(id, { ...spec, id, hits: 0 });
    this.#live.emit({ kind: 'faults' });
    return id;
  }

  remove(id: string): boolean {
    const removed = this.#active.delete(id);
    if (removed) this.#live.emit({ kind: 'faults' });
    return removed;
  }

  clear(): void {
    this.#active.clear();
    this.#live.emit({ kind: 'faults' });
  }

  list(): Fault<FaultKind>[] {
    return [...this.#active.values()];
  }

  /** The first fault that meets this call, counted as used. */
  strike(method: string, channels: readonly string[]): Fault | undefined {
    return this.#use(
      this.list()
        .filter(isOfApi)
        .find((candidate) => meets(candidate, method, channels)),
    );
  }

  /** The first fault that meets an envelope of Socket Mode, counted as used. */
  strikeSocket(): Fault<SocketFaultKind> | undefined {
    return this.#use(this.list().find(isOfSocket));
  }

  #use<T extends Fault<FaultKind>>(fault: T | undefined): T | undefined {
    if (!fault) return undefined;
    fault.hits += 1;
    if (fault.times !== undefined && fault.hits >= fault.times) this.#active.delete(fault.id);
    this.#live.emit({ kind: 'faults' });
    return fault;
  }
}

const isOfApi = (fault: Fault<FaultKind>): fault is Fault => API_KINDS.some((kind) => kind === fault.kind);
const isOfSocket = (fault: Fault<FaultKind>): fault is Fault<SocketFaultKind> =>
  SOCKET_KINDS.some((kind) => kind === fault.kind);

function meets(fault: Fault, method: string, channels: readonly string[]): boolean {
  if (fault.times !== undefined && fault.hits >= fault.times) return false;
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.channel === undefined) return true;
  return channels.includes(fault.channel.replace(/^#/, ''));
}
