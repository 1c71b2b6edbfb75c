import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const FOLDER = new URL('../../golden/', import.meta.url);
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

const record = z.strictObject({
  ref: z.string(),
  amount: z.string(),
  currency: z.string().length(3),
  on: z.iso.date(),
  fields: z.record(z.string(), z.string()),
});
const refs = z.array(z.string());
const golden = z.strictObject({
  name: z.string(),
  proves: z.string().endsWith('.'),
  spec: z.record(z.string(), z.unknown()),
  expected: z.array(record),
  actual: z.array(record),
  asOf: z.iso.datetime(),
  outcome: z.strictObject({
    groups: z.array(
      z.strictObject({
        pass: z.string(),
        expected: refs,
        actual: refs,
        outcome: z.enum(['equal', 'auto_resolved', 'excepted']),
        reason: z.string().optional(),
      }),
    ),
    exceptions: z.array(
      z.strictObject({
        type: z.string(),
        severity: z.enum(['manual_review', 'block_payout']),
        reason: z.string(),
        refs: refs.min(1),
      }),
    ),
    pending: refs,
    unmatched: refs,
    ignored: refs.default([]),
  }),
});

describe.each(names)('golden case %s', (name) => {
  const ledger = golden.parse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')));
  const { groups, exceptions, pending, unmatched, ignored } = ledger.outcome;
  const grouped = groups.flatMap((group) => [...group.expected, ...group.actual]);
  const all = [...ledger.expected, ...ledger.actual].map(({ ref }) => ref);

  test('carries the name of its file', () => {
    expect(`${ledger.name}.json`).toBe(name);
  });

  test('speaks of every record, and of no other', () => {
    const spokenOf = new Set([
      ...grouped,
      ...exceptions.flatMap((raised) => raised.refs),
      ...pending,
      ...unmatched,
      ...ignored,
    ]);
    expect([...spokenOf].sort()).toEqual([...all].sort());
  });

  test('puts no record in two groups, nor in a group and among the left over', () => {
    const placed = [...grouped, ...pending, ...unmatched];
    expect(new Set(placed).size).toBe(placed.length);
  });

  test('gives a reason to exactly the groups a rule settled', () => {
    const settled = groups.filter((group) => group.outcome === 'auto_resolved');
    expect(groups.filter((group) => group.reason !== undefined)).toEqual(settled);
  });

  test('raises one exception for every excepted group, over all its records', () => {
    const excepted = groups.filter((group) => group.outcome === 'excepted');
    const setsOf = new Set(excepted.map((group) => [...group.expected, ...group.actual].sort().join()));
    const raised = exceptions.filter((one) => setsOf.has([...one.refs].sort().join()));
    expect(raised.map((one) => [...one.refs].sort()).sort()).toEqual(
      excepted.map((group) => [...group.expected, ...group.actual].sort()).sort(),
    );
  });
});
