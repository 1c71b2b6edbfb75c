import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { differingWords } from '../../../src/cli/differing-words.ts';
import { keepRules, putInForce } from '../../../src/cli/rules-in-force.ts';
import { type Config, loadConfig } from '../../../src/config/load.ts';
import { tellDifference } from '../../../src/core/spec-difference.ts';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { approveRuleChange } from '../../../src/pipeline/act/decide-rule-change.ts';
import { proposeRuleChange } from '../../../src/pipeline/act/propose-rule-change.ts';
import { reconcile } from '../../../src/pipeline/reconcile.ts';
import { testDatabase } from '../../support/database.ts';
import { scratchFolder } from '../../support/scratch.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs', max: 4 });
afterAll(() => sql.end());

const GOVERNANCE = 'governance: { channel: "#rules" }';
const mainOf = (name: string, governance: string): string => `
workspace: { name: "${name}", zone: UTC }
people:
  adam: { name: Adam, email: adam@agency.example, roles: [admin] }
  dana: { name: Dana, email: dana@agency.example, roles: [data_owner] }
  olga: { name: Olga, email: olga@agency.example, roles: [ops_lead] }
  gita: { name: Gita, email: gita@agency.example, roles: [governance] }
teams:
  ops: { name: Ops, channel: "#ops", members: [olga], lead: olga }
  desk: { name: Desk, channel: "#desk", members: [dana], lead: dana }
ownership: [{ default: true, team: ops, sla: 1d }]
${governance}
`;
const feedOf = (feed: string): string => `
feed: ${feed}
source: test
format: csv
zone: UTC
files: ["../data/${feed}*.csv"]
key: [ref]
amount: total
date: day
order_ref: po
fields:
  ref:   { type: reference, from: ref, required: true }
  po:    { type: reference, from: po }
  day:   { type: date, from: day, format: YYYY-MM-DD, required: true }
  total: { type: money, from: amount, currency: { from: currency }, required: true }
`;
const SPEC = 'reconciliations/orders-vs-invoices.yaml';
const specOf = (limit: string, team = 'ops'): string => `
reconciliation: orders-vs-invoices
describes: Orders against invoices
domain: finance
zone: UTC
currency: { compare_in: USD }
expected: { feed: orders, amount: total, date: day }
actual:   { feed: invoices, amount: total, date: day }
find: [{ exact: { name: po, on: [po] } }]
verify: [{ id: rounding, expect: "abs(diff) <= ${limit}", then: auto_resolve }]
route: [{ default: ${team}, sla: 1d }]
`;

let count = 0;

/** A folder with one rule, in force; governed unless said. */
async function place(governance = GOVERNANCE) {
  count += 1;
  const folder = scratchFolder();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('tieout.yaml', mainOf(`governed ${count}`, governance));
  write('feeds/orders.yaml', feedOf('orders'));
  write('feeds/invoices.yaml', feedOf('invoices'));
  write('data/orders.csv', 'ref,po,day,amount,currency\nO1,1,2026-10-05,100.00,USD\n');
  write('data/invoices.csv', 'ref,po,day,amount,currency\nI1,1,2026-10-05,100.08,USD\n');
  write(SPEC, specOf('0.05'));
  const load = () => loadConfig(folder, {});
  const start = async (now = new Date('2026-11-20T00:00:00Z')) => putInForce(sql, await load(), { now });
  await start();
  return { folder, write, load, start };
}

type Placed = Awaited<ReturnType<typeof place>>;

async function night(config: Config, workspaceId: string) {
  const spec = config.reconciliations.get('orders-vs-invoices');
  if (!spec) throw new Error('no spec');
  const at = new Date('2026-11-21T00:00:00Z');
  const { feeds, organisation } = config;
  const about = { workspaceId, spec, feeds, organisation, mode: 'active', cutoffAt: at, now: at } as const;
  return (await reconcile(sql, about)).run;
}

const personOf = (workspaceId: string, key: string) =>
  inWorkspace(sql, workspaceId, async (tx) => {
    const [row] = await tx<{ id: string }[]>`select person_id as id from person where key = ${key}`;
    return row?.id ?? '';
  });

/** Adam proposes what the file says. */
async function proposeFile(placed: Placed, workspaceId: string, inForce: Config) {
  const proposed = (await placed.load()).reconciliations.get('orders-vs-invoices');
  const active = inForce.reconciliations.get('orders-vs-invoices');
  if (!proposed || !active) throw new Error('no spec');
  const made = await proposeRuleChange(
    sql,
    {
      workspaceId,
      personId: await personOf(workspaceId, 'adam'),
      requestKey: newId(),
      reconciliation: proposed.key,
      proposed,
      from: 1,
      difference: tellDifference(
        { spec: active, body: active.body },
        { spec: proposed, body: proposed.body },
      ),
      why: 'Vendors round to ten cents',
    },
    { governance: inForce.organisation.governance },
  );
  if (!made.ok) throw new Error(made.refusal.code);
  return made.value.changeId;
}

async function approveAs(workspaceId: string, changeId: string, key: string): Promise<void> {
  const personId = await personOf(workspaceId, key);
  const input = { workspaceId, personId, changeId, requestKey: newId(), seat: undefined, note: undefined };
  const approved = await approveRuleChange(sql, input, {});
  if (!approved.ok) throw new Error(approved.refusal.code);
}

const standing = ({ changes, made }: Awaited<ReturnType<typeof night>>) => [
  changes.open,
  changes.clear,
  made.autoResolved,
];

describe('a governed rule', () => {
  it('is active in its first version, which the trail says', async () => {
    const { start } = await place();
    const { workspaceId, differing } = await start();

    expect(differing).toEqual([]);
    const events = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx<{ said: string }[]>`
        select body::jsonb #>> '{data,changed,0}' as said from audit_event where body like '%spec version%' order by seq`,
    );
    expect(events.map(({ said }) => said)).toEqual([
      'reconciliation orders-vs-invoices: spec version 1 active',
      'reconciliation orders-vs-invoices: spec version 1 recorded',
    ]);
  });

  it('stays as it is when its file changes, until three people approved', async () => {
    const placed = await place();
    placed.write(SPEC, specOf('0.10'));
    const before = await placed.start();
    const { workspaceId } = before;
    expect(before.differing.map(differingWords)).toEqual([
      expect.stringMatching(
        /^orders-vs-invoices: .*orders-vs-invoices\.yaml differs from the active rule; runs go on with version 1\. Propose it: tieout rules propose .* --as <person> --why "<reason>"$/,
      ),
    ]);
    expect(standing(await night(before.config, workspaceId))).toEqual([1, 0, 0]);

    const changeId = await proposeFile(placed, workspaceId, before.config);
    for (const key of ['dana', 'gita']) await approveAs(workspaceId, changeId, key);
    const between = await placed.start();
    expect(between.differing.map(differingWords)).toEqual([
      expect.stringMatching(
        /is proposed by Adam and waits for: operations lead; runs go on with version 1\.$/,
      ),
    ]);
    expect(standing(await night(between.config, workspaceId))).toEqual([0, 0, 0]);

    await approveAs(workspaceId, changeId, 'olga');
    const after = await placed.start();
    expect(after.differing).toEqual([]);
    expect(standing(await night(after.config, workspaceId))).toEqual([0, 1, 1]);
  });

  it('is read anew by a service that runs, with who owns what it raises', async () => {
    const placed = await place();
    const { workspaceId, config } = await placed.start();
    const rules = keepRules(sql, { config, workspaceId });
    await night(rules.now(), workspaceId);
    placed.write(SPEC, specOf('0.05', 'desk'));
    const changeId = await proposeFile(placed, workspaceId, config);
    expect(await rules.refresh()).toBe(config);
    for (const key of ['dana', 'gita', 'olga']) await approveAs(workspaceId, changeId, key);

    const fresh = await rules.refresh();

    expect(fresh.organisation.ownership.map(({ team }) => team)).toEqual(['desk', 'ops']);
    const rows = await inWorkspace(
      sql,
      workspaceId,
      (tx) => tx<{ key: string }[]>`
        select t.key from exception e join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id`,
    );
    expect(rows.map(({ key }) => key)).toEqual(['desk']);
  });

  it('whose route changed in its file alone goes on to whom it went', async () => {
    const placed = await place();
    placed.write(SPEC, specOf('0.05', 'desk'));

    const { config } = await placed.start();

    expect(config.organisation.ownership.map(({ team }) => team)).toEqual(['ops', 'ops']);
  });

  it('that was approved stays when the file goes back to what it said', async () => {
    const placed = await place();
    placed.write(SPEC, specOf('0.10'));
    const { workspaceId, config } = await placed.start();
    const changeId = await proposeFile(placed, workspaceId, config);
    for (const key of ['dana', 'gita', 'olga']) await approveAs(workspaceId, changeId, key);
    placed.write(SPEC, specOf('0.05'));

    const after = await placed.start();

    expect(after.differing).toMatchObject([{ active: 2, pending: undefined }]);
    expect(after.config.reconciliations.get('orders-vs-invoices')?.verify[0]?.expect.text).toContain('0.10');
  });
});

describe('a rule that is not governed', () => {
  it('is what its file says, at once, and back again', async () => {
    const placed = await place('');
    placed.write(SPEC, specOf('0.10'));
    const changed = await placed.start();
    expect(changed.differing).toEqual([]);
    expect(standing(await night(changed.config, changed.workspaceId))).toEqual([0, 0, 1]);
    placed.write(SPEC, specOf('0.05'));
    const back = await placed.start();
    expect(standing(await night(back.config, back.workspaceId))).toEqual([1, 0, 0]);
  });

  it('becomes governed in the version that was active', async () => {
    const placed = await place('');
    placed.write(SPEC, specOf('0.10'));
    await placed.start();
    const main = readFileSync(join(placed.folder, 'tieout.yaml'), 'utf8');
    placed.write('tieout.yaml', `${main}\n${GOVERNANCE}\n`);
    placed.write(SPEC, specOf('0.20'));

    const { config, differing } = await placed.start();

    expect(differing).toMatchObject([{ active: 2 }]);
    expect(config.reconciliations.get('orders-vs-invoices')?.verify[0]?.expect.text).toContain('0.10');
  });
});
