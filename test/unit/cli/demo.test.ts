import { describe, expect, test } from 'vitest';
import { loadExample } from '../../../src/cli/demo/example.ts';
import { HURRIED_MS, hurried } from '../../../src/cli/demo/hurry.ts';
import { compareOutcome } from '../../../src/cli/demo/outcome.ts';
import { limitOf } from '../../../src/core/adjust.ts';
import { BOOKINGS } from '../../../src/core/organisation.ts';
import { ownershipOf } from '../../../src/core/route.ts';
import { dueAt } from '../../../src/core/sla.ts';
import { DEFAULT_POLICY, promise } from '../../../src/core/sla-policy.ts';
import type { ReconcileReport } from '../../../src/pipeline/reconcile.ts';

const all = await loadExample(undefined);
const alone = await Promise.all(
  ['ad-buy-vs-billing', 'leads-vs-campaigns', 'content-vs-billing'].map((name) => loadExample(name)),
);

describe('the examples together', () => {
  test('are one organisation with every feed, reconciliation, team and person of each', () => {
    expect([...all.config.reconciliations.keys()]).toEqual(alone.map(({ name }) => name));
    for (const { config } of alone) {
      expect([...all.config.feeds.keys()]).toEqual(expect.arrayContaining([...config.feeds.keys()]));
      for (const team of config.organisation.teams) {
        const same = all.config.organisation.teams.find(({ key }) => key === team.key);
        expect(same?.members).toEqual(expect.arrayContaining([...team.members]));
      }
    }
    const people = all.config.organisation.people.map(({ key }) => key);
    expect(new Set(people).size).toBe(people.length);
  });

  test.each(['amount_differs', 'missing_invoice', 'unattributed_lead', 'unbilled_delivery', 'too_late'])(
    'route %s as each does alone',
    (type) => {
      for (const { config, name } of alone) {
        for (const severity of ['manual_review', 'block_payout'] as const) {
          const atStake = { minor: 5000n, currency: 'USD' };
          const about = { reconciliation: name, domain: 'x', type, severity, client: undefined, atStake };
          const { reconciliation: _, ...own } = ownershipOf(config.organisation.ownership, about);
          expect(ownershipOf(all.config.organisation.ownership, about)).toEqual({
            ...own,
            reconciliation: name,
          });
        }
      }
    },
  );

  test('let nobody book any amount alone, and have somebody to ask', () => {
    const { money, people, teams } = all.config.organisation;
    for (const { key, roles } of people) {
      for (const books of BOOKINGS) {
        for (const currency of ['USD', 'EUR']) {
          const most = limitOf(money.limits, { key, roles }, { books, currency }) ?? 10n ** 12n;
          expect(most).toBeLessThanOrEqual(5_000_00n);
        }
      }
    }
    expect(limitOf(money.limits, { roles: ['finance'] }, { books: 'adjustment', currency: 'USD' })).toBe(
      5_000_00n,
    );
    expect(money.approvals.team).toBe('finance');
    expect(teams.find(({ key }) => key === 'finance')?.members).toEqual(['fay', 'hugo']);
    expect(people.filter(({ roles }) => roles.includes('finance') || roles.includes('ops_lead')).length).toBe(
      3,
    );
  });

  test('each come with their own outcome', () => {
    expect([...all.outcomes].map(([key, { figures }]) => [key, figures?.pending])).toEqual([
      ['ad-buy-vs-billing', 4],
      ['leads-vs-campaigns', 4],
      ['content-vs-billing', 3],
    ]);
  });
});

const reportOf = (pending: number, status: 'accepted' | 'already_delivered'): ReconcileReport =>
  ({
    deliveries: [{ status }],
    run: {
      records: { expected: 2, actual: 1, later: 0, ignored: 1 },
      live: {
        matches: { equal: 1, autoResolved: 0, excepted: 0 },
        exceptions: [
          { type: 'a', team: 't', live: 1 },
          { type: 'a', team: 'u', live: 2 },
        ],
      },
      pending,
      late: 0,
    },
  }) as unknown as ReconcileReport;

const EXPECTED = { 'records read': 4, 'left out': 1, equal: 1, pending: 1, a: 3, 'for t': 1, 'for u': 2 };

describe('a run compared with what was expected', () => {
  test('holds when every figure is the same', () => {
    expect(compareOutcome(EXPECTED, reportOf(1, 'accepted'))).toMatchObject({ holds: true });
  });

  test('names what differs', () => {
    expect(compareOutcome(EXPECTED, reportOf(5, 'accepted'))).toEqual({
      text: 'Not as expected: pending 5 instead of 1.',
      holds: false,
    });
  });

  test('blames nobody for what people did since', () => {
    const later = compareOutcome(EXPECTED, reportOf(5, 'already_delivered'));
    expect(later).toMatchObject({ holds: true, text: expect.stringContaining('done since: pending 5') });
  });
});

describe('a hurried demo', () => {
  test('uses up every promise before its triage meeting', () => {
    const { organisation } = hurried(all.config);
    const openedAt = new Date('2026-11-22T08:00:00Z');
    for (const row of organisation.ownership) {
      const policy = organisation.slaPolicies?.[row.policy ?? DEFAULT_POLICY];
      const due = dueAt(openedAt, row.sla, organisation.calendar);
      const steps = policy
        ? promise(policy, { openedAt, due, term: row.sla }, organisation.calendar).steps
        : [];
      expect(steps.length).toBe(3);
      for (const { at } of steps) expect(at.getTime()).toBeLessThan(openedAt.getTime() + HURRIED_MS);
    }
  });
});
