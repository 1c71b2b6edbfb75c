import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../src/core/calendar.ts';
import { parseSlaTerm } from '../../src/core/duration.ts';
import { repeatableRandom } from '../../src/core/score/random.ts';
import { dueAt, type SlaTerm } from '../../src/core/sla.ts';
import {
  instantOf,
  latestStart,
  nextMove,
  type PlannedStep,
  promise,
  type SlaPolicy,
} from '../../src/core/sla-policy.ts';

const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Africa/Casablanca',
] as const;
const MINUTE = 60_000;
const START = Date.UTC(2025, 0, 1);
const MINUTES = 730 * 24 * 60;
const EXCEPTIONS = 200;

function term(text: string): SlaTerm {
  const read = parseSlaTerm(text);
  if (!read) throw new Error(`"${text}" is no term`);
  return read;
}

const POLICY: SlaPolicy = {
  key: 'default',
  claim: term('4bh'),
  resolve: undefined,
  waitPauses: undefined,
  steps: [
    { at: { kind: 'claim' }, text: 'claim', does: 'escalate', to: [{ kind: 'channel' }] },
    { at: { kind: 'share', percent: 50 }, text: '50%', does: 'remind', to: [{ kind: 'owner' }] },
    { at: { kind: 'share', percent: 80 }, text: '80%', does: 'remind', to: [{ kind: 'owner' }] },
    { at: { kind: 'due', after: undefined }, text: 'due', does: 'escalate', to: [{ kind: 'lead' }] },
    { at: { kind: 'due', after: term('4h') }, text: 'due + 4h', does: 'escalate', to: [{ kind: 'lead' }] },
    { at: { kind: 'due', after: term('1bd') }, text: 'due + 1bd', does: 'escalate', to: [{ kind: 'lead' }] },
  ],
  stale: undefined,
};

const calendarIn = (zone: string): Calendar => ({
  zone,
  workdays: [1, 2, 3, 4, 5],
  holidays: ['2025-12-25', '2026-01-01', '2026-12-25'],
  hours: { from: '08:30', until: '18:00' },
  halfDays: { '2025-12-24': '13:00' },
});

type Made = { readonly steps: readonly PlannedStep[]; next: number };
type Taken = { readonly step: number; readonly lateMs: number };

/** Exceptions that are opened all along the two years, early enough for every step to come. */
function openedIn(zone: string, random: () => number): Made[] {
  const calendar = calendarIn(zone);
  const terms = ['30s', '4h', '6bh', '2bd', '10d'].map(term);
  return Array.from({ length: EXCEPTIONS }, () => {
    const openedAt = new Date(START + Math.floor(random() * (MINUTES - 30 * 24 * 60)) * MINUTE);
    const promised = terms[Math.floor(random() * terms.length)] ?? term('4h');
    const due = dueAt(openedAt, promised, calendar);
    return { steps: promise(POLICY, { openedAt, due, term: promised }, calendar).steps, next: 0 };
  });
}

/** Takes what is due of one promise, as a sweep does. */
function takeDue(one: Made, now: Date): Taken[] {
  const taken: Taken[] = [];
  for (;;) {
    const move = nextMove(POLICY, { ...one, movedMs: 0 }, { now, isUnclaimed: true });
    if (move.kind !== 'take' && move.kind !== 'skip') return taken;
    if (move.kind === 'take') {
      const lateMs = now.getTime() - instantOf(move.planned, { movedMs: 0 }).getTime();
      taken.push({ step: move.planned.step, lateMs });
    }
    one.next += 1;
  }
}

const nextOf = ({ steps, next }: Made): number => steps[next]?.at.getTime() ?? Number.POSITIVE_INFINITY;

/** A sweep a minute for two years; a share of them with a clock that has jumped back by up to three hours. */
function simulate(zone: string, jumps: number): { made: Made[]; taken: Taken[][] } {
  const random = repeatableRandom(ZONES.indexOf(zone as (typeof ZONES)[number]) + 1);
  const made = openedIn(zone, random);
  const taken = made.map((): Taken[] => []);
  let soonest = Math.min(...made.map(nextOf));
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const jump = random() < jumps ? Math.floor(random() * 180) : 0;
    const now = START + (minute - jump) * MINUTE;
    if (now < soonest) continue;
    for (const [index, one] of made.entries()) taken[index]?.push(...takeDue(one, new Date(now)));
    soonest = Math.min(...made.map(nextOf));
  }
  return { made, taken };
}

const stepsOf = (taken: readonly Taken[]): number[] => taken.map(({ step }) => step).sort();

describe('two years of sweeps', () => {
  it.each(ZONES)('miss no step, take none twice, and are never later than one sweep in %s', (zone) => {
    const { made, taken } = simulate(zone, 0);

    expect(taken.map(stepsOf)).toEqual(made.map(({ steps }) => steps.map(({ step }) => step).sort()));
    const late = taken.flat().map(({ lateMs }) => lateMs);
    expect(late.length).toBe(EXCEPTIONS * POLICY.steps.length);
    expect(Math.max(...late)).toBeLessThan(MINUTE);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  });

  it('miss no step and take none twice while the clock keeps jumping back', () => {
    const { made, taken } = simulate('Europe/Berlin', 0.2);

    expect(taken.map(stepsOf)).toEqual(made.map(({ steps }) => steps.map(({ step }) => step).sort()));
  });
});

describe('the latest start of a term that is over', () => {
  it('is the border between what is over and what is not, in every zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: MINUTES }),
        fc.constantFrom('4h', '1bh', '6bh', '1bd', '3bd'),
        (zone, minute, text) => {
          const calendar = calendarIn(zone);
          const now = new Date(START + minute * MINUTE);
          const start = latestStart(now, term(text), calendar);
          expect(dueAt(start, term(text), calendar) <= now).toBe(true);
          expect(dueAt(new Date(start.getTime() + 1), term(text), calendar) > now).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
