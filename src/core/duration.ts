import type { SlaTerm } from './sla.ts';

const MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of `30s`, `15m`, `4h`, `10d`; undefined when the text is anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6})(s|m|h|d)$/.exec(text);
  if (match?.[1] === undefined) return undefined;
  return Number(match[1]) * MS[match[2] as keyof typeof MS];
}

/** As the configuration writes it, in the largest unit that leaves no rest. */
export function writeDuration(ms: number): string {
  const [unit, size] = (['d', 'h', 'm'] as const)
    .map((name) => [name, MS[name]] as const)
    .find(([, size]) => ms % size === 0) ?? ['s', MS.s];
  return `${ms / size}${unit}`;
}

/** Whole calendar days of `10d`; undefined otherwise. */
export function parseDays(text: string): number | undefined {
  const match = /^(\d{1,4})d$/.exec(text);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** An SLA term from `4h`, `2bd` or `6bh`; undefined when the text is none of them. */
export function parseSlaTerm(text: string): SlaTerm | undefined {
  const business = /^(\d{1,3})bd$/.exec(text);
  if (business?.[1] !== undefined) return { kind: 'business_days', days: Number(business[1]), text };
  const worked = /^(\d{1,4})bh$/.exec(text);
  if (worked?.[1] !== undefined) return { kind: 'business_hours', ms: Number(worked[1]) * MS.h, text };
  const ms = parseDuration(text);
  return ms === undefined ? undefined : { kind: 'elapsed', ms, text };
}
