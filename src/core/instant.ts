import type { SinceForm } from './pull.ts';

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|UTC|[+-]\d{2}:?\d{2}|)?)?$/;
const DOT_NET = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;

/**
 * The moment that a source's text means, in milliseconds since 1970; undefined when it means none. Read are ISO 8601 (UTC
 * where no zone stands), days, seconds and milliseconds since 1970, and `/Date(1518685950940+0000)/`.
 */
export function readInstant(text: string): number | undefined {
  const dotNet = DOT_NET.exec(text)?.[1];
  if (dotNet !== undefined) return Number(dotNet);
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1_000;
  if (/^\d{12,13}$/.test(text)) return Number(text);
  const [, day, time = '00:00', zone = ''] = ISO.exec(text) ?? [];
  if (day === undefined) return undefined;
  const at = Date.parse(`${day}T${time}${zoneOf(zone)}`);
  return Number.isNaN(at) ? undefined : at;
}

function zoneOf(zone: string): string {
  if (zone === '' || zone === 'UTC') return 'Z';
  return /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
}

const FORMS = {
  instant: (iso) => `${iso.slice(0, 19)}Z`,
  day: (iso) => iso.slice(0, 10),
  minute: (iso) => `${iso.slice(0, 10)} ${iso.slice(11, 16)}`,
  seconds: (_iso, at) => String(Math.floor(at / 1_000)),
  milliseconds: (_iso, at) => String(at),
} as const satisfies Record<SinceForm, (iso: string, at: number) => string>;

/** A moment as a source wants it asked for, in UTC. */
export const writeInstant = (at: number, form: SinceForm): string =>
  FORMS[form](new Date(at).toISOString(), at);

/** The calendar months (UTC) that a span touches, in order. */
export function monthsBetween(from: number, to: number): readonly { year: number; month: number }[] {
  const first = new Date(from);
  const last = new Date(to);
  const count =
    (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth() + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, index) => {
    const month = first.getUTCMonth() + index;
    return { year: first.getUTCFullYear() + Math.floor(month / 12), month: (month % 12) + 1 };
  });
}

/** A moment as people read it, in UTC. */
export const shownInstant = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
