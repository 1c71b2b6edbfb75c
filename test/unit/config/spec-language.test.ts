import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Reconciliation } from '../../../src/core/spec.ts';

const FIXTURE = new URL('./fixture', import.meta.url).pathname;
const SPEC = 'reconciliations/ad-buy-vs-billing.yaml';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-spec-'));
  cpSync(FIXTURE, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The fixture's spec with each text replaced by another, and lines added at its end. */
function change(changes: Readonly<Record<string, string>>, added = ''): void {
  const path = join(folder, SPEC);
  let text = readFileSync(path, 'utf8');
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`the spec does not contain ${from}`);
    text = text.replace(from, () => to);
  }
  writeFileSync(path, `${text}${added}`);
}

async function problems(): Promise<readonly string[]> {
  const error = await loadConfig(folder, {}).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('the configuration was accepted', { cause: error });
  return error.problems.map((line) => line.replace(`${folder}/${SPEC}:`, ''));
}

async function spec(): Promise<Reconciliation> {
  const found = (await loadConfig(folder, {})).reconciliations.get('ad-buy-vs-billing');
  if (!found) throw new Error('no spec');
  return found;
}

describe('when', () => {
  it('is a condition over the fields of its side', async () => {
    change({ 'feed: invoice_lines, ': 'feed: invoice_lines, when: "kind in [charge, credit]", ' });
    expect((await spec()).actual.when?.text).toBe('kind in [charge, credit]');
  });

  it.each([
    ["kind = 'chrage'", /is no value of kind; did you mean "charge"\?/],
    ["knid = 'charge'", /"knid" is no field here; did you mean "kind"\? \(character 1 of/],
    ['sum(line_total) > 1', /one record is looked at here/],
  ])('%s is refused', async (when, text) => {
    change({ 'feed: invoice_lines, ': `feed: invoice_lines, when: "${when}", ` });
    expect(await problems()).toEqual([expect.stringMatching(/^7:\d+ actual.when: /)]);
    expect((await problems())[0]).toMatch(text);
  });
});

describe('a rule', () => {
  const PACING = 'abs(diff) <= max(5.00, 2% of expected)';

  it('speaks of fields of both sides, and what it raises has a type', async () => {
    change({
      [`expect: "${PACING}", then: auto_resolve`]:
        'expect: "expected.client = actual.client", else: manual_review, raise: client_differs',
    });
    expect((await spec()).verify[0]).toMatchObject({ raise: 'client_differs', else: 'manual_review' });
  });

  it('that raises nothing has no type to raise', async () => {
    change({ 'then: auto_resolve, reason: PACING': 'then: auto_resolve, raise: pacing, reason: PACING' });
    expect(await problems()).toEqual([
      expect.stringMatching(/verify\[0\].raise: nothing is raised without else: <severity>/),
    ]);
  });

  it('about amounts needs both sides to name one', async () => {
    change({ 'feed: invoice_lines,   amount: line_total,': 'feed: invoice_lines,' });
    expect(await problems()).toEqual([
      expect.stringMatching(/verify\[0\].expect: "diff" needs an amount on the actual side/),
      expect.stringMatching(/verify\[1\].expect: "diff" needs/),
      expect.stringMatching(/verify\[1\].expect: "sum\(credits\)" needs/),
      expect.stringMatching(/verify\[2\].expect: "actual" needs/),
    ]);
  });

  it('with a percentage of nothing is refused', async () => {
    change({ '2% of expected': '2%' });
    expect(await problems()).toEqual([expect.stringMatching(/2% of what\? write "2% of expected"/)]);
  });
});

describe('an exact pass', () => {
  const ON = 'exact: { on: [order_ref = po_number]';

  it('has days and a tolerance that may look one way', async () => {
    change({ [ON]: `${ON}, window: 0..30d, tolerance: "+2% of expected"` });
    expect((await spec()).find[0]).toMatchObject({
      window: { from: 0, to: 30 },
      tolerance: { text: 'diff >= 0 and diff <= 2% of expected' },
    });
  });

  it.each([
    ['window: 30d', /find\[0\].exact.window: "30d" is no number of days; write 0..30d/],
    ['window: 5..2d', /"5..2d" is no number of days/],
    [
      'window: 0..3d, cardinality: many-to-many',
      /days tell whose something is only where one side is one record/,
    ],
    ['tolerance: "2%"', /find\[0\].exact.tolerance: 2% of what\?/],
    ['tolerance: "5.00 of expected"', /the end should follow/],
  ])('with %s is refused', async (more, text) => {
    change({ [ON]: `${ON}, ${more}` });
    expect((await problems())[0]).toMatch(text);
  });
});

describe('reversals and identity', () => {
  it('name fields of the side they speak of, and a feed', async () => {
    change(
      {},
      `reversals: [ { side: actual, when: "kind = 'credit'", of: [po_number = invoice_no] } ]
identity: { feed: invoice_lines, from: po_number, into: client, id: order_ref = po_number, aliases: [client, campaign] }
`,
    );

    expect(await spec()).toMatchObject({
      reversals: [{ side: 'actual', names: ['po_number'], named: ['invoice_no'] }],
      identity: {
        side: 'expected',
        id: 'order_ref',
        otherId: 'po_number',
        aliases: [{ own: 'client', other: 'client' }, { own: 'campaign' }],
      },
    });
  });

  it.each([
    [
      `reversals: [ { side: actual, when: "kind = 'void'", of: [po_number] } ]`,
      /reversals\[0\].when: "void" is no value of kind/,
    ],
    [
      `reversals: [ { side: actual, when: "kind = 'credit'", of: [voids] } ]`,
      /reversals\[0\].of\[0\]: feed invoice_lines has no field "voids"/,
    ],
    ['identity: { feed: merges, from: a, into: b, id: order_ref }', /identity.feed: no feed "merges"/],
    [
      'identity: { feed: invoice_lines, from: a, into: client, id: order_ref }',
      /identity.from: feed invoice_lines has no field "a"/,
    ],
    [
      'identity: { feed: invoice_lines, from: client, into: client, id: ordr_ref }',
      /identity.id: feed platform_orders has no field "ordr_ref"; did you mean "order_ref"\?/,
    ],
    [
      'identity: { feed: invoice_lines, from: client, into: client, id: order_ref, aliases: [spend = amount] }',
      /identity.aliases\[0\]: feed invoice_lines has no field "amount"/,
    ],
  ])('%s is refused', async (line, text) => {
    change({}, `${line}\n`);
    expect((await problems())[0]).toMatch(text);
  });

  it('leave their names to no pass', async () => {
    change({
      'exact: { on: [order_ref = po_number]': 'exact: { name: reversals, on: [order_ref = po_number]',
    });
    expect((await problems())[0]).toMatch(/find\[0\]: "reversals" is taken/);
  });
});

describe('a combining pass', () => {
  const SECOND = 'exact: { on: [client, campaign, service_month], cardinality: one-to-many }';

  it('is exact, bounded, and within fields that tell whose it is', async () => {
    change({ [SECOND]: 'combine: { within: [client, service_month], window: 0..45d, require: unique }' });
    expect((await spec()).find[1]).toEqual({
      kind: 'combine',
      name: 'combine-2',
      within: { expected: ['client', 'service_month'], actual: ['client', 'service_month'] },
      cardinality: 'one-to-many',
      maxItems: 4,
      pool: 16,
      window: { from: 0, to: 45 },
    });
  });

  it.each([
    [
      'combine: { within: [service_month] }',
      /find\[1\].combine.within: amount and date alone never tell whose/,
    ],
    ['combine: { within: [client], tolerance: 1.00 }', /combine.tolerance: combine is exact to the cent/],
    [
      'combine: { within: [client], pool: 24, max_items: 6 }',
      /190050 sets per record; at most 25000 are searched/,
    ],
    [
      'combine: { within: [client] }\n    exact: { on: [client] }',
      /a pass is either exact, similar or combine/,
    ],
  ])('%j is refused', async (pass, text) => {
    change({ [SECOND]: pass });
    expect((await problems())[0]).toMatch(text);
  });

  it('needs amounts on both sides', async () => {
    change({
      [SECOND]: 'combine: { within: [client] }',
      'feed: invoice_lines,   amount: line_total,': 'feed: invoice_lines,',
    });
    expect(await problems()).toContainEqual(
      expect.stringMatching(/combine adds amounts up, and the actual side names none/),
    );
  });
});

describe('timing', () => {
  it('says from when on something is missing, and until when it may come', async () => {
    change(
      { 'actual: { after: 10d, raise': 'actual: { raise' },
      'timing: { due_within: 12d, late_until: 45d }\n',
    );
    const { missing, verify } = await spec();

    expect(missing.actual?.afterDays).toBe(12);
    expect(missing.expected?.afterDays).toBe(0);
    expect(verify[0]).toMatchObject({
      id: 'late_until',
      raise: 'too_late',
      expect: { text: 'max(actual.service_month) - min(expected.service_month) <= 45d' },
    });
  });

  it('that contradicts itself is refused', async () => {
    change({}, 'timing: { due_within: 12d, late_until: 10d }\n');
    expect(await problems()).toEqual([
      expect.stringMatching(/missing.actual.after: is before due_within \(12d\)/),
      expect.stringMatching(/timing.late_until: is before due_within \(12d\)/),
    ]);
  });

  it('without its unit is refused', async () => {
    change({}, 'timing: { due_within: 12 }\n');
    expect(await problems()).toEqual([expect.stringMatching(/timing.due_within: must be text, not 12/)]);
  });
});

describe('route', () => {
  it('stands before the ownership matrix, for this reconciliation alone', async () => {
    change(
      {},
      'route:\n  - { when: missing_invoice, to: finance, sla: 2bd }\n  - { when: block_payout, to: finance, sla: 4h, hold: vendor_payout }\n  - { default: media_ops, sla: 3bd }\n',
    );
    const { organisation } = await loadConfig(folder, {});

    expect(organisation.ownership.slice(0, 3)).toMatchObject([
      { reconciliation: 'ad-buy-vs-billing', type: 'missing_invoice', severity: undefined, team: 'finance' },
      { type: undefined, severity: 'block_payout', hold: 'vendor_payout' },
      { type: undefined, severity: undefined, team: 'media_ops' },
    ]);
    expect(organisation.ownership[0]?.source).toMatch(/ad-buy-vs-billing.yaml:\d+$/);
    expect(organisation.ownership[3]?.reconciliation).toBeUndefined();
  });

  it.each([
    [
      '{ when: mising_invoice, to: finance, sla: 2bd }',
      /route\[0\].when: nothing here raises "mising_invoice"; did you mean "missing_invoice"\?/,
    ],
    [
      '{ when: missing_invoice, to: finanse, sla: 2bd }',
      /route\[0\].to: no team "finanse"; did you mean "finance"\?/,
    ],
    ['{ default: finanse, sla: 2bd }', /route\[0\].default: no team "finanse"/],
    ['{ to: finance, sla: 2bd }', /route\[0\]: write \{ when: <type or severity>/],
    ['{ when: missing_invoice, to: finance }', /route\[0\].sla: is missing/],
  ])('%s is refused', async (row, text) => {
    change({}, `route:\n  - ${row}\n`);
    expect((await problems())[0]).toMatch(text);
  });

  it('with a row after the one that takes everything is refused', async () => {
    change(
      {},
      'route:\n  - { default: finance, sla: 1bd }\n  - { when: missing_invoice, to: finance, sla: 2bd }\n',
    );
    expect(await problems()).toEqual([expect.stringMatching(/route\[0\]: this row takes everything/)]);
  });
});

it('a spec that compares a feed with itself is refused', async () => {
  change({ 'feed: invoice_lines,   amount: line_total': 'feed: platform_orders,   amount: spend' });
  expect(await problems()).toContainEqual(
    expect.stringMatching(/actual.feed: both sides read platform_orders/),
  );
});

it('a machine never pairs where no name or reference agrees', async () => {
  change({}, 'decide: { auto: { need_reference: false } }\n');
  expect(await problems()).toEqual([
    expect.stringMatching(/decide\.auto\.need_reference: a machine could pair by amount and date alone/),
  ]);
});
