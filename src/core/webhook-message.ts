import type { AuditedAction } from './audit.ts';
import type { CanonicalValue } from './canonical.ts';
import { holdLabel } from './hold.ts';
import { exceptionLabel } from './ids.ts';
import { toDecimal } from './money.ts';
import { entryLabel } from './proposal.ts';

/** One event of the trail that somebody outside is told of, with the numbers that people say. */
export type Told = {
  readonly kind: string;
  readonly seq: bigint;
  /** As the trail has it: `2026-11-22T19:21:07.123456Z`. */
  readonly at: string;
  readonly entityId: string;
  readonly reason: string | undefined;
  readonly note: string | undefined;
  readonly data: Facts;
  readonly holdNumber: bigint | undefined;
  readonly exceptionNumber: number | undefined;
  /** Of an entry for the ledger: what it is about. */
  readonly entry: EntryNames | undefined;
};

export type EntryNames = {
  readonly number: bigint;
  readonly client: string | null;
  readonly orderRef: string | null;
  readonly payee: string | null;
  /** Whether what was found was more than expected, or less. */
  readonly direction: string | null;
  readonly reverses: bigint | null;
};

type Facts = { readonly [key: string]: CanonicalValue | undefined };
type Shape = (told: Told) => { readonly [key: string]: CanonicalValue };

/**
 * What an endpoint may be told of, and what it is then told: one line for each audited action. A new one also needs
 * `tieout.tell_webhooks` as a trigger on the table that changes with it.
 */
const SHAPES = {
  'hold.placed': holdOf,
  'hold.changed': holdOf,
  'hold.released': holdOf,
  'adjustment.applied': adjustmentOf,
} as const satisfies Partial<Record<AuditedAction, Shape>>;

export type WebhookKind = keyof typeof SHAPES;
export const WEBHOOK_KINDS = Object.keys(SHAPES) as readonly WebhookKind[];

const shapes: Readonly<Record<string, Shape>> = SHAPES;

/**
 * The words of a message, as they are signed and sent: the same for the same event, at every attempt.
 *
 * Throws: on a kind that is not in the table, which the configuration lets nobody ask for.
 */
export function messageBody(told: Told): string {
  const shape = Object.hasOwn(shapes, told.kind) ? shapes[told.kind] : undefined;
  if (!shape) throw new Error(`no words are known for events of the kind ${told.kind}`);
  const data = { ...shape(told), sequence: Number(told.seq) };
  return JSON.stringify({ type: told.kind, timestamp: told.at, data });
}

/** What `tieout webhooks send-test` sends: it asks for nothing to be done. */
export const testBody = (at: Date): string =>
  JSON.stringify({
    type: 'test',
    timestamp: at.toISOString(),
    data: { says: 'A test of Tieout: nothing has happened, nothing is to be done.' },
  });

function holdOf({ entityId, data, reason, note, holdNumber, exceptionNumber }: Told): ReturnType<Shape> {
  return {
    id: entityId,
    hold: holdNumber === undefined ? null : holdLabel(holdNumber),
    version: data.version ?? null,
    state: data.state ?? null,
    kind: data.kind ?? null,
    client: data.client ?? null,
    order: data.order_ref ?? null,
    payee: data.payee ?? null,
    amount: amountOf(data),
    exception: exceptionNumber === undefined ? null : exceptionLabel(exceptionNumber),
    reason: reason ?? null,
    note: note ?? null,
    expires_at: data.expires_at ?? null,
    released_how: data.released_how ?? null,
  };
}

function adjustmentOf({ entityId, data, reason, note, entry, exceptionNumber }: Told): ReturnType<Shape> {
  return {
    id: entityId,
    adjustment: entry === undefined ? null : entryLabel(entry.number),
    kind: data.kind ?? null,
    client: entry?.client ?? null,
    order: entry?.orderRef ?? null,
    payee: entry?.payee ?? null,
    amount: amountOf(data),
    direction: entry?.direction ?? null,
    original_period: data.original_period ?? null,
    booked_period: data.booked_period ?? null,
    exception: exceptionNumber === undefined ? null : exceptionLabel(exceptionNumber),
    code: data.code ?? null,
    reason: reason ?? null,
    note: note ?? null,
    evidence: data.link ?? null,
    reverses: entry?.reverses ? entryLabel(entry.reverses) : null,
  };
}

/** What a message is about, as people say it; undefined for what has no number. */
export function aboutLabel(
  numbers: Readonly<Record<'hold' | 'adjustment', bigint | null>>,
): string | undefined {
  if (numbers.hold !== null) return holdLabel(numbers.hold);
  return numbers.adjustment === null ? undefined : entryLabel(numbers.adjustment);
}

/** Exact, never as a number: who reads it may have no more than 53 bits. */
function amountOf({ amount_minor: minor, currency }: Facts): CanonicalValue {
  if (typeof minor !== 'string' || typeof currency !== 'string') return null;
  return { decimal: toDecimal({ minor: BigInt(minor), currency }), minor, currency };
}

/** How people and receivers name a message: `msg_` and its id without hyphens. */
export const messageLabel = (messageId: string): string => `msg_${messageId.replaceAll('-', '')}`;

/** The id behind `msg_…`, or behind the plain uuid; undefined for anything else. */
export function parseMessageLabel(text: string): string | undefined {
  const hex = text.trim().toLowerCase().replace(/^msg_/, '').replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
