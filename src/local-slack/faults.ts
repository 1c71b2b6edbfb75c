import type { Live } from './live.ts';

const FAULT_KINDS = [
  'drop_after_store',
  'hang_after_store',
  'status_after_store',
  'status',
  'error',
  'html',
  'rate_limited',
  'latency',
  'late_store',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

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
  /** status and status_after_store; 503 and 500 when absent. */
  status?: number;
  /** error: the code answered. */
  error?: string;
  /** error: whether the call takes effect all the same. */
  stored?: boolean;
  /** rate_limited: the Retry-After header, exactly as given. */
  retryAfter?: string | number;
};

export type Fault = FaultSpec & { id: string; hits: number };

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
  readonly #active = new Map<string, Fault>();
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

  list(): Fault[] {
    return [...this.#active.values()];
  }

  /** The first fault that meets this call, counted as used. */
  strike(method: string, channels: readonly string[]): Fault | undefined {
    const fault = this.list().find((candidate) => meets(candidate, method, channels));
    if (!fault) return undefined;
    fault.hits += 1;
    if (fault.times !== undefined && fault.hits >= fault.times) this.#active.delete(fault.id);
    this.#live.emit({ kind: 'faults' });
    return fault;
  }
}

function meets(fault: Fault, method: string, channels: readonly string[]): boolean {
  if (fault.times !== undefined && fault.hits >= fault.times) return false;
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.channel === undefined) return true;
  return channels.includes(fault.channel.replace(/^#/, ''));
}
