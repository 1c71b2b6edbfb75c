// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration's own notation for variables
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/config-error.ts';
import { loadConfig } from '../../../src/config/load.ts';

const FIXTURE = new URL('./fixture', import.meta.url).pathname;
const MAIN = 'tieout.yaml';
const ORDERS = 'feeds/platform_orders.yaml';
const LINES = 'feeds/invoice_lines.yaml';
const SPEC = 'reconciliations/ad-buy-vs-billing.yaml';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tieout-config-'));
  cpSync(FIXTURE, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function replace(file: string, from: string, to: string): void {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  if (!before.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(
    path,
    before.replace(from, () => to),
  );
}

async function problems(env: Record<string, string> = {}): Promise<readonly string[]> {
  const error = await loadConfig(folder, env).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('the configuration was accepted', { cause: error });
  return error.problems.map((line) => line.replace(`${folder}/`, ''));
}

describe('a sound folder', () => {
  it('is read whole', async () => {
    const config = await loadConfig(folder, {});
    expect([...config.feeds.keys()]).toEqual(['invoice_lines', 'platform_orders']);
    expect(config.organisation.ownership.map(({ row, team }) => [row, team])).toEqual([
      [1, 'finance'],
      [2, 'finance'],
      [3, 'media_ops'],
    ]);
    expect(config.organisation.delivery).toEqual({ timeoutMs: 10_000, settleMs: 20_000, paceMs: 1_000 });
    expect(config.organisation.acting).toEqual({ handOverTimeoutMs: 14_400_000, waitPausesSla: false });
    expect(config.organisation.calendar).toMatchObject({
      zone: 'America/New_York',
      workdays: [1, 2, 3, 4, 5],
    });
    const spec = config.reconciliations.get('ad-buy-vs-billing');
    expect(spec?.find).toEqual([
      {
        kind: 'exact',
        name: 'exact-1',
        expected: ['order_ref'],
        actual: ['po_number'],
        cardinality: 'one-to-one',
      },
      {
        kind: 'exact',
        name: 'exact-2',
        expected: ['client', 'campaign', 'service_month'],
        actual: ['client', 'campaign', 'service_month'],
        cardinality: 'one-to-many',
      },
    ]);
    expect(spec?.verify.map(({ id, reason }) => [id, reason])).toEqual([
      ['pacing', 'PACING_WITHIN_TOLERANCE'],
      ['credits', 'CREDITS'],
      ['overbill', 'OVERBILLED'],
    ]);
    expect(spec?.missing.actual).toEqual({
      afterDays: 10,
      raise: 'missing_invoice',
      severity: 'manual_review',
    });
  });

  it('has the same version whatever the order of keys and the comments', async () => {
    const before = (await loadConfig(folder, {})).feeds.get('platform_orders');
    replace(ORDERS, 'source: platform\nformat: csv', '# moved\nformat: csv\nsource: platform');
    const after = (await loadConfig(folder, {})).feeds.get('platform_orders');
    expect(after?.sha256).toBe(before?.sha256);
  });

  it('finds files from the feed file on, through a variable or its default', async () => {
    const byDefault = await loadConfig(folder, {});
    const byVariable = await loadConfig(folder, { DATA: '/srv/data' });
    expect(byDefault.feeds.get('invoice_lines')?.files).toEqual([join(folder, 'data/invoice_lines*.csv')]);
    expect(byVariable.feeds.get('invoice_lines')?.files).toEqual(['/srv/data/invoice_lines*.csv']);
  });

  it('needs no reconciliations and no optional keys', async () => {
    rmSync(join(folder, 'reconciliations'), { recursive: true });
    replace(MAIN, 'schedules:', '# schedules:');
    const { organisation } = await loadConfig(folder, {});
    expect(organisation.schedules).toEqual([]);
    expect(organisation.resolutionCodes.map(({ code }) => code)).toContain('written_off');
  });
});

/** A policy in one line, and where and how what is wrong with it is told. */
const POLICY_SLIPS: readonly (readonly [string, string])[] = [
  [
    '{ steps: [{ at: due, escalate: [lead] }, { at: 50%, remind: [owner] }] }',
    '73 sla_policies.default.steps[1].at: this step ("50%") does not come after the one above it ("due"); steps go forward in time',
  ],
  [
    '{ steps: [{ at: claim, remind: [channel] }] }',
    '42 sla_policies.default.steps[0].at: the policy says no time to claim; give it claim: 4h',
  ],
  [
    '{ steps: [{ at: due, escalate: ["person:olgo"] }] }',
    '58 sla_policies.default.steps[0].escalate[0]: no person "olgo" in people; did you mean "olga"?',
  ],
  [
    '{ steps: [{ at: due, escalate: ["team:finanze"] }] }',
    '58 sla_policies.default.steps[0].escalate[0]: no team "finanze" in teams; did you mean "finance"?',
  ],
  [
    '{ steps: [{ at: due, escalate: ["role:auditor"] }] }',
    '58 sla_policies.default.steps[0].escalate[0]: nobody in people has the role "auditor", so the step would tell nobody',
  ],
  [
    '{ steps: [{ at: tomorrow, remind: [owner] }] }',
    '42 sla_policies.default.steps[0].at: "tomorrow" is no time of a step; write it like 50%, claim, due, or due + 4h',
  ],
  [
    '{ steps: [{ at: due }] }',
    '36 sla_policies.default.steps[0]: does one thing: remind (tells) or escalate (tells, and raises the level)',
  ],
  [
    '{ stale: { remind: 3d, release: 2d } }',
    '35 sla_policies.default.stale: a claim is released after its owner was reminded; make release longer than remind',
  ],
];

describe('every problem names file, line, key and the way out', () => {
  it.each([
    [
      MAIN,
      'lead: olga',
      'lead: olgo',
      'tieout.yaml:7:83 teams.media_ops.lead: no person "olgo" in people; did you mean "olga"?',
    ],
    [
      MAIN,
      'type: missing_invoice',
      'type: missing_invoce',
      'tieout.yaml:10:32 ownership[0].type: no reconciliation raises "missing_invoce"; did you mean "missing_invoice"?',
    ],
    [
      MAIN,
      'team: finance, sla: 4h',
      'team: fynance, sla: 4h',
      'tieout.yaml:11:37 ownership[1].team: no team "fynance" in teams; did you mean "finance"?',
    ],
    [
      MAIN,
      'schedules:',
      'acting: { hand_over_timeout: 10s }\nschedules:',
      'tieout.yaml:14:30 acting.hand_over_timeout: must be at least 1m, or nobody can answer in time',
    ],
    [
      MAIN,
      'calendar: {',
      'calendar: { hours: { from: "17:00", until: "09:00" },',
      'tieout.yaml:13:20 calendar.hours: must end after they begin, or nobody ever works',
    ],
    [
      MAIN,
      'sla: 4h',
      'sla: 4 hours',
      'tieout.yaml:11:51 ownership[1].sla: "4 hours" is neither a term (4h, 2bd, 6bh) nor the name of an SLA policy',
    ],
    [
      MAIN,
      'sla: 4h',
      'sla: urgnt',
      'tieout.yaml:11:51 ownership[1].sla: no policy "urgnt" in sla_policies; none is defined',
    ],
    ...POLICY_SLIPS.map(([policy, problem]): [string, string, string, string] => [
      MAIN,
      'schedules:',
      `sla_policies: { default: ${policy} }\nschedules:`,
      `tieout.yaml:14:${problem}`,
    ]),
    [
      MAIN,
      '{ team: media_ops, sla: 3bd }',
      '{ domain: media_ops, team: media_ops, sla: 3bd }',
      'tieout.yaml:12:5 ownership[2]: what no row matches would have no owner; end with a row without conditions: { default: true, team: …, sla: 3bd }',
    ],
    [
      MAIN,
      '{ severity: block_payout,',
      '{',
      'tieout.yaml:11:5 ownership[1]: this row takes everything, so the rows below are never reached; move it to the end',
    ],
    [
      MAIN,
      '{ severity: block_payout, team',
      '{ domain: media_ops, type: missing_invoice, client: Acme, amount: 10.. USD, team',
      'tieout.yaml:11:5 ownership[1]: the row in line 10 takes all that this one asks for; move this one above it, or take it out',
    ],
    [
      MAIN,
      'severity: block_payout, team',
      'amount: 5000..1000 USD, team',
      'tieout.yaml:11:15 ownership[1].amount: "5000..1000 USD" is not a range of amounts; write it like 1000..5000 USD, 5000.. USD or ..99.99 USD',
    ],
    [
      MAIN,
      'severity: block_payout, team',
      'client: { name: Acme }, team',
      'tieout.yaml:11:15 ownership[1].client: must be the name of a client, or a list of names',
    ],
    [
      MAIN,
      'ownership:\n  - { domain',
      'clients: [{ name: Alder Outdoor }]\nownership:\n  - { client: [Alder Outdor], domain',
      'tieout.yaml:11:16 ownership[0].client[0]: no client "Alder Outdor" in clients; did you mean "Alder Outdoor"?',
    ],
    [
      MAIN,
      'members: [ben] }',
      'members: [] }',
      'tieout.yaml:8:59 teams.finance.members: nobody is in this team, so nobody could claim what it owns; name at least one person',
    ],
    [
      MAIN,
      'roles: [ops_lead] }',
      'roles: [ops_lead], deputy: bea }',
      'tieout.yaml:5:87 people.olga.deputy: no person "bea" in people; did you mean "ben"?',
    ],
    [
      MAIN,
      'roles: [ops_lead] }',
      'roles: [ops_lead], deputy: olga }',
      'tieout.yaml:5:87 people.olga.deputy: nobody stands in for themselves',
    ],
    [
      MAIN,
      'roles: [ops_lead] }',
      'roles: [ops_lead], away: [{ from: 2026-12-20, until: 2026-12-01 }] }',
      'tieout.yaml:5:86 people.olga.away[0]: ends before it begins; swap from and until',
    ],
    [
      MAIN,
      'roles: [ops_lead] }',
      'roles: [ops_lead], away: [{ from: 2026-12-01, until: 2026-12-20 }, { from: 2026-12-20, until: 2026-12-31 }] }',
      'tieout.yaml:5:127 people.olga.away[1]: overlaps 2026-12-01 to 2026-12-20; make one of both',
    ],
    [
      MAIN,
      'lead: olga }',
      'lead: olga, deputy: bens, usergroup: "@ops" }',
      'tieout.yaml:7:114 teams.media_ops.usergroup: must be the id of a Slack user group like S0123ABCD',
    ],
    [
      MAIN,
      'zone: America/New_York',
      'zone: America/NewYork',
      'tieout.yaml:1:44 workspace.zone: "America/NewYork" is not a time zone; did you mean "America/New_York"?',
    ],
    [
      MAIN,
      'ben@northlight',
      'ana@northlight',
      'tieout.yaml:4:32 people.ben.email: there is a second person with e-mail "ana@northlight.example"; give it another name',
    ],
    [
      MAIN,
      '0 6 * * *',
      '61 6 * * *',
      'tieout.yaml:14:37 schedules[0].cron: "61 6 * * *" is not a cron time; write it like "0 6 * * *" (UTC)',
    ],
    [
      MAIN,
      '0 6 * * *',
      '30 0 6 * * *',
      'tieout.yaml:14:37 schedules[0].cron: "30 0 6 * * *" is not a cron time; write it like "0 6 * * *" (UTC)',
    ],
    [
      MAIN,
      'reconciliation: ad-buy',
      'reconciliation: add-buy',
      'tieout.yaml:14:66 schedules[0].reconciliation: no reconciliation "add-buy-vs-billing"; did you mean "ad-buy-vs-billing"?',
    ],
    [
      MAIN,
      'holidays:',
      'holydays:',
      'tieout.yaml:13:50 calendar.holydays: is not a known key; did you mean "holidays"?',
    ],
    [MAIN, 'finance:', 'media_ops:', 'tieout.yaml:8:3 this key stands here twice; keep one of them'],
    [
      ORDERS,
      'currency: USD',
      'currency: usd',
      'feeds/platform_orders.yaml:16:48 fields.spend.currency: "usd" is not an ISO 4217 currency code; write it like USD, or { from: column }',
    ],
    [
      ORDERS,
      'zone: America/New_York\n',
      '',
      'feeds/platform_orders.yaml:1:1 zone is missing; a feed with dates needs one, like America/New_York',
    ],
    [
      ORDERS,
      'format: YYYY-MM ',
      'format: YYYY-mm ',
      'feeds/platform_orders.yaml:15:53 fields.service_month.format: "YYYY-mm" needs one year and a month',
    ],
    [
      ORDERS,
      'amount: spend',
      'amount: spent',
      'feeds/platform_orders.yaml:7:9 amount: no field "spent" in fields; did you mean "spend"?',
    ],
    [
      ORDERS,
      'key: [order_ref]',
      'key: [spend]',
      'feeds/platform_orders.yaml:6:7 key[0]: "spend" is money; a key must not change when the amount does',
    ],
    [
      LINES,
      '${DATA:-../data}',
      '${DATA}',
      'feeds/invoice_lines.yaml:4:9 files[0]: the variable DATA is not set; set it, or write ${DATA:-default}',
    ],
    [
      SPEC,
      '2% of expected',
      '2%',
      'reconciliations/ad-buy-vs-billing.yaml:14:27 verify[0].expect: 2% of what? write "2% of expected" (character 24 of "abs(diff) <= max(5.00, 2%)")',
    ],
    [
      SPEC,
      'credits: {',
      'x_credits: {',
      'reconciliations/ad-buy-vs-billing.yaml:12:1 x_credits: is not a known key; did you mean "credits"?',
    ],
    [
      SPEC,
      'notify: finance',
      'notify: finanse',
      'reconciliations/ad-buy-vs-billing.yaml:15:79 verify[1].notify: no team "finanse"; did you mean "finance"?',
    ],
    [
      SPEC,
      'order_ref = po_number',
      'order_ref = po_nummer',
      'reconciliations/ad-buy-vs-billing.yaml:10:19 find[0].exact.on[0]: feed invoice_lines has no field "po_nummer"; did you mean "po_number"?',
    ],
    [
      SPEC,
      'on: [order_ref = po_number]',
      'on: [spend = line_total, service_month]',
      'reconciliations/ad-buy-vs-billing.yaml:10:18 find[0].exact.on: amount and date alone never match: two orders of one day and price are common; add a reference or name',
    ],
    [
      SPEC,
      'on: [order_ref = po_number]',
      'on: [order_ref = po_number, service_month = line_no]',
      'reconciliations/ad-buy-vs-billing.yaml:10:42 find[0].exact.on[1]: service_month is date and line_no is integer: never equal',
    ],
    [
      SPEC,
      'amount: spend',
      'amount: client',
      'reconciliations/ad-buy-vs-billing.yaml:6:44 expected.amount: the amount of feed platform_orders is "spend", not "client"',
    ],
    [
      SPEC,
      'feed: platform_orders',
      'feed: platform_order',
      'reconciliations/ad-buy-vs-billing.yaml:6:19 expected.feed: no feed "platform_order"; did you mean "platform_orders"?',
    ],
    [
      SPEC,
      'exact: { on: [client, campaign, service_month], cardinality: one-to-many }',
      'similar: { block: ["amount ±10%"], compare: { campaign: nome } }',
      'reconciliations/ad-buy-vs-billing.yaml:11:61 find[1].similar.compare.campaign: "nome" is not possible; did you mean "name"?',
    ],
    [
      SPEC,
      'exact: { on: [client, campaign, service_month], cardinality: one-to-many }',
      'similar: { compare: { campaign: name } }',
      'reconciliations/ad-buy-vs-billing.yaml:11:14 find[1].similar.block: is missing; it must be a list',
    ],
    [
      SPEC,
      'exact: { on: [client, campaign, service_month], cardinality: one-to-many }',
      'similar: { block: ["amount ±10%"], compare: { campain: name } }',
      'reconciliations/ad-buy-vs-billing.yaml:11:60 find[1].similar.compare.campain: feed invoice_lines has no field "campain"; did you mean "campaign"?',
    ],
    [
      SPEC,
      'exact: { on: [client, campaign, service_month], cardinality: one-to-many }',
      'similar: { block: ["amount ±10"], compare: { campaign: name } }',
      'reconciliations/ad-buy-vs-billing.yaml:11:24 find[1].similar.block[0]: "amount ±10" is no limit; write "amount ±10%" or "date 0..45d"',
    ],
    [
      SPEC,
      'exact: { on: [client, campaign, service_month], cardinality: one-to-many }',
      'similar: { block: ["amount ±10%"], compare: { amount: money, date: lag } }',
      'reconciliations/ad-buy-vs-billing.yaml:11:49 find[1].similar.compare: amount and date alone never tell who it was: compare a name, a text or a reference too, or nothing can be found',
    ],
    [
      SPEC,
      'credits: {',
      'decide: { auto: { min_probability: 1.5 } }\ncredits: {',
      'reconciliations/ad-buy-vs-billing.yaml:12:36 decide.auto.min_probability: must be below 1',
    ],
    [
      SPEC,
      'kind: credit }',
      'kind: credits }',
      'reconciliations/ad-buy-vs-billing.yaml:12:27 credits.where.kind: "credits" is no value of kind; did you mean "credit"?',
    ],
  ])('%s: %s becomes %s', async (file, from, to, expected) => {
    replace(file, from, to);
    expect(await problems()).toContain(expected);
  });

  it('all of all files together, in reading order', async () => {
    replace(MAIN, 'lead: olga', 'lead: olgo');
    replace(ORDERS, 'key: [order_ref]', 'key: [order_reff]');
    replace(SPEC, 'notify: finance', 'notify: finanse');
    const lines = await problems();
    expect(lines).toHaveLength(3);
    expect(lines.map((line) => line.split(':')[0])).toEqual([ORDERS, SPEC, MAIN]);
  });

  it('sum(credits) in a spec that has no credits', async () => {
    replace(SPEC, 'credits: { where: { kind: credit }, period: original_period }\n', '');
    expect(await problems()).toEqual([
      expect.stringContaining('verify[1].expect: sum(credits) needs credits:'),
    ]);
  });

  it('a spec that finds nothing', async () => {
    replace(SPEC, 'on: [order_ref = po_number]', 'on: []');
    expect(await problems()).toEqual([
      expect.stringContaining('find[0].exact.on: is empty; it needs at least one'),
    ]);
  });

  it('the same feed in two files', async () => {
    cpSync(join(folder, ORDERS), join(folder, 'feeds/zz.yaml'));
    expect(await problems()).toEqual([expect.stringContaining('feeds/zz.yaml:1:7 feed:')]);
  });

  it('a folder without tieout.yaml', async () => {
    mkdirSync(join(folder, 'empty'));
    await expect(loadConfig(join(folder, 'empty'), {})).rejects.toThrow(
      /tieout\.yaml: this file is missing; create it/,
    );
  });

  it('a folder that is called like a file', async () => {
    mkdirSync(join(folder, 'feeds/zz.yaml'));
    expect(await problems()).toEqual(['feeds/zz.yaml:1:1 this is a folder; a file is wanted here']);
  });

  it('a file that is no YAML', async () => {
    writeFileSync(join(folder, ORDERS), 'feed: [unclosed\nsource: x\n');
    expect(await problems()).toContainEqual(
      expect.stringMatching(/^feeds\/platform_orders\.yaml:\d+:\d+ this is not readable as YAML/),
    );
  });
});

describe('webhooks', () => {
  const add = (text: string): void =>
    replace(MAIN, 'schedules: [', `webhooks:\n  payments: ${text}\nschedules: [`);
  const GOOD = 'url: https://pay.example/x, events: [hold.placed], secret: "${PAY_SECRET}"';

  it('are read with the names of their secrets, never with a value', async () => {
    add(
      `{ ${GOOD.replace('"${PAY_SECRET}"', '["${NEW_SECRET}", "${PAY_SECRET}"]')}, networks: [10.0.0.0/8] }`,
    );
    const { organisation } = await loadConfig(folder, { PAY_SECRET: 'whsec_x' });

    expect(organisation.webhooks).toEqual([
      {
        key: 'payments',
        url: 'https://pay.example/x',
        kinds: ['hold.placed'],
        secrets: ['NEW_SECRET', 'PAY_SECRET'],
        networks: ['10.0.0.0/8'],
        timeoutMs: 15_000,
      },
    ]);
  });

  it.each([
    [GOOD.replace('"${PAY_SECRET}"', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'), 'does not belong in a file'],
    [GOOD.replace('"${PAY_SECRET}"', '["${A}", "${B}", "${C}"]'), 'secret'],
    [GOOD.replace('hold.placed', 'hold.place'), 'did you mean "hold.placed"'],
    [GOOD.replace('[hold.placed]', '[]'), 'must name at least one of hold.placed'],
    [GOOD.replace('https:', 'ftp:'), 'must be a web address'],
    [GOOD.replace('https:', 'http:'), 'is not https'],
    [GOOD.replace('pay.example', 'me:pw@pay.example'), 'holds a user or password'],
    [`${GOOD}, networks: [10.0.0.0/99]`, 'must be an address or a network'],
    [`${GOOD}, timeout: 5m`, 'must be at most 60s'],
    [`${GOOD}, retries: 3`, 'is not a known key'],
  ])('with %s are refused', async (text, words) => {
    add(`{ ${text} }`);

    expect((await problems()).join('\n')).toMatch(/tieout\.yaml:\d+:\d+ webhooks\.payments/);
    expect((await problems()).join('\n')).toContain(words);
  });
});
