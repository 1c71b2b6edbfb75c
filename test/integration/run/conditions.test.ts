import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { holdsForRecord } from '../../../src/core/expression/evaluate.ts';
import { readCondition } from '../../../src/core/expression/read.ts';
import type { Condition } from '../../../src/core/expression/term.ts';
import { matchRecords } from '../../../src/core/match.ts';
import type { VerifyRule } from '../../../src/core/spec.ts';
import { decideGroup, sumGroup } from '../../../src/core/verify.ts';
import { connect } from '../../../src/db/client.ts';
import { testSql } from '../../../src/db/condition.sql.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace, type Tx } from '../../../src/db/tx.ts';
import { match } from '../../../src/pipeline/match/match.ts';
import { gatherTold } from '../../../src/pipeline/validate/undecided-groups.sql.ts';
import { unsettle } from '../../../src/pipeline/validate/unsettle.sql.ts';
import { validate } from '../../../src/pipeline/validate/validate.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  expression,
  LEDGER_FIELDS,
  type LedgerRow,
  putRecords,
  type SeededWorkspace,
  seedWorkspace,
  toMatchRecord,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const fields = fc.record(
  {
    po: fc.constantFrom('1', '2', '3'),
    owner: fc.constantFrom('ana', 'ben', '', "'; drop table record; --", '😀'),
    kind: fc.constantFrom('charge', 'credit'),
    qty: fc.constantFrom('1', '2', '2.50', '-3', '0', 'NaN', '1e3', '', '123456789012345678901234567890.5'),
    day: fc.constantFrom('2026-10-01', '2026-10-02', '2024-02-29', '2026-02-29', '0000-01-01', ''),
    fee: fc.constantFrom('1.00', '-2.345', '', '∞'),
  },
  { requiredKeys: ['po'] },
);
const row = fc.record({
  side: fc.constantFrom('expected' as const, 'actual' as const),
  amount: fc.oneof(
    fc.record({
      amountMinor: fc.constantFrom(-500n, 0n, 1n, 1000n, 9_999_999_999_999_999n),
      currency: fc.constantFrom('USD', 'USD', 'USD', 'JPY', 'KWD'),
    }),
    fc.constant({ amountMinor: undefined, currency: undefined }),
  ),
  on: fc.constant('2026-10-01'),
  fields,
});
const ledger = fc
  .array(row, { minLength: 2, maxLength: 12 })
  .map((rows) =>
    rows.map(({ amount, ...one }, index): LedgerRow => ({ ...one, ...amount, ref: `R${index}` })),
  );

/** Texts of conditions; of what one record can say, and of what only a group can. */
const texts = (isGroup: boolean) => {
  const sides = isGroup ? ['expected.', 'actual.'] : [''];
  const of = (...names: string[]) => names.flatMap((name) => sides.map((side) => `${side}${name}`));
  const only = (...terms: string[]) => (isGroup ? terms : []);
  const { condition } = fc.letrec<Record<'money' | 'number' | 'day' | 'condition', string>>((tie) => ({
    money: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(
        ...of('amount', 'fee'),
        ...only(
          'expected',
          'actual',
          'diff',
          'sum(credits)',
          'sum(expected.fee)',
          'min(fee)',
          'sum(actual.amount)',
        ),
        '3.50',
        '2 USD',
        '1 JPY',
      ),
      fc.tuple(tie('money'), fc.constantFrom('+', '-'), tie('money')).map((parts) => `(${parts.join(' ')})`),
      tie('money').map((term) => `abs(${term})`),
      tie('money').map((term) => `2.5% of ${term}`),
      fc
        .tuple(fc.constantFrom('max', 'min'), tie('money'), tie('money'))
        .map(([f, a, b]) => `${f}(${a}, ${b})`),
    ),
    number: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(
        ...of('qty'),
        ...only(
          'sum(expected.qty)',
          'max(qty)',
          'count(actual)',
          'count(distinct owner)',
          'count(distinct actual.amount)',
        ),
        '2',
      ),
      fc
        .tuple(tie('number'), fc.constantFrom('+', '-', '*'), tie('number'))
        .map((parts) => `(${parts.join(' ')})`),
    ),
    day: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(...of('day'), ...only('min(day)', 'max(expected.day)'), '2026-10-02'),
      fc.tuple(tie('day'), fc.constantFrom('+', '-')).map((parts) => `(${parts.join(' ')} 3d)`),
    ),
    condition: fc.oneof(
      { depthSize: 'small' },
      ...(['money', 'number', 'day'] as const).map((kind) =>
        fc
          .tuple(tie(kind), fc.constantFrom('<=', '>=', '!=', '<', '>', '='), tie(kind))
          .map((parts) => parts.join(' ')),
      ),
      fc.tuple(tie('day'), tie('day')).map(([a, b]) => `${a} - ${b} <= 1d`),
      fc.constantFrom(
        ...of('owner').flatMap((name) => [`${name} = 'ana'`, `${name} != '😀'`, `${name} is null`]),
      ),
      fc.constantFrom(...of('owner', 'kind').map((name) => `${name} not in [null, charge, 'ben']`)),
      fc.constantFrom(...of('qty').map((name) => `${name} in [1, 2.5, null]`)),
      fc
        .tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition'))
        .map((parts) => `(${parts.join(' ')})`),
      tie('condition').map((text) => `not ${text}`),
    ),
  }));
  return condition;
};

const ONE_PASS = aSpec({
  expected: { feed: 'orders', amount: undefined, date: 'on' },
  actual: { feed: 'invoices', amount: undefined, date: 'on' },
  find: [{ kind: 'exact', name: 'po', expected: ['po'], actual: ['po'], cardinality: 'many-to-many' }],
  credits: { field: 'kind', equals: 'credit', period: undefined },
});

const scopeOf = ({ workspaceId, reconciliations }: SeededWorkspace) => ({
  workspaceId,
  reconciliationId: reconciliations[ONE_PASS.key] ?? '',
  runId: newId(),
  spec: ONE_PASS,
  cutoffOn: '2026-12-31',
});

const ruleOf = (expect: Condition, settles: boolean): VerifyRule => ({
  id: 'r',
  expect,
  // biome-ignore lint/suspicious/noThenProperty: the word of the spec
  then: settles ? 'auto_resolve' : undefined,
  else: settles ? undefined : 'manual_review',
  reason: 'R',
  notify: undefined,
});

it('a condition about groups means in SQL what it means in TypeScript', async () => {
  const conditions = fc.array(texts(true), { minLength: 8, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(ledger, conditions, fc.boolean(), async (rows, given, settles) => {
      const rules = given.flatMap((text) => readable(text).map((condition) => ruleOf(condition, settles)));
      const workspace = await seedWorkspace(sql, [ONE_PASS.key]);
      await putRecords(sql, workspace, rows);
      const { groups } = matchRecords(ONE_PASS, rows.map(toMatchRecord));
      await inWorkspace(sql, workspace.workspaceId, async (tx) => {
        await match(tx, scopeOf(workspace));
        for (const rule of rules) {
          const spec = { ...ONE_PASS, verify: [rule] };
          const decided = groups.map(({ key, members }) => {
            const sums = sumGroup(members, ONE_PASS.credits);
            return [key, decideGroup(spec, { sums, members }).outcome !== 'equal'] as const;
          });

          await unsettle(tx, spec);

          expect([rule.expect.text, await unsettledGroups(tx)]).toEqual([
            rule.expect.text,
            decided.flatMap(([key, isSpokenOf]) => (isSpokenOf ? [key] : [])).sort(),
          ]);
          await tx`update planned_group set outcome = 'equal'`;
        }
      });
    }),
    { numRuns: 25 },
  );
});

const COMPARED = aSpec({ find: ONE_PASS.find, credits: ONE_PASS.credits });

const rules = fc.array(
  fc.record({
    text: fc.oneof(
      fc.constantFrom(
        'abs(diff) <= 5.00',
        'diff = sum(credits)',
        'actual <= 110% of expected',
        'diff < 0 and expected > 1 USD',
      ),
      texts(true),
    ),
    settles: fc.boolean(),
    raises: fc.boolean(),
  }),
  { maxLength: 4 },
);

it('decides of groups what TypeScript decides, whether their records leave the database or not', async () => {
  await fc.assert(
    fc.asyncProperty(ledger, fc.array(rules, { minLength: 4, maxLength: 4 }), async (rows, given) => {
      const workspace = await seedWorkspace(sql, [COMPARED.key]);
      await putRecords(sql, workspace, rows);
      const { groups } = matchRecords(COMPARED, rows.map(toMatchRecord));
      await inWorkspace(sql, workspace.workspaceId, async (tx) => {
        await match(tx, { ...scopeOf(workspace), spec: COMPARED });
        await gatherTold(tx);
        await tx`create temp table matched on commit drop as select group_key, outcome from planned_group`;
        for (const some of given) {
          const verify = some.flatMap(({ text, settles, raises }, nth) =>
            readable(text).map((condition) => ({
              ...ruleOf(condition, settles),
              id: `r${nth}`,
              reason: `R${nth}`,
              else: raises ? ('manual_review' as const) : undefined,
            })),
          );
          const spec = { ...COMPARED, verify };

          const { excepted } = await validate(tx, { ...scopeOf(workspace), spec, isStirred: false });

          const wanted = groups.map(({ key, members }) => {
            const decision = decideGroup(spec, { sums: sumGroup(members, spec.credits), members });
            const { rule, reason } = { rule: undefined, reason: undefined, ...decision };
            const isSettled = decision.outcome === 'auto_resolved';
            return [key, decision.outcome, rule ?? '-', isSettled ? reason : '-'].join(' ');
          });
          const told = JSON.stringify(
            verify.map(({ expect: { text }, then, else: raised }) => [text, then, raised]),
          );
          expect([told, ...(await decidedGroups(tx))]).toEqual([told, ...wanted.sort()]);
          expect(excepted.map(({ key }) => key).sort()).toEqual(
            wanted
              .filter((line) => line.split(' ')[1] === 'excepted')
              .map((line) => line.split(' ')[0] ?? ''),
          );
          await tx`
            update planned_group g set outcome = m.outcome, rule = null, reason = null
            from matched m where m.group_key = g.group_key`;
        }
      });
    }),
    { numRuns: 40 },
  );
});

const decidedGroups = async (tx: Tx): Promise<string[]> => {
  const rows = await tx<{ line: string }[]>`
    select concat_ws(' ', group_key, outcome, coalesce(rule, '-'), coalesce(reason, '-')) as line from planned_group`;
  return rows.map(({ line }) => line).sort();
};

/** What the generator makes may still be refused, such as two amounts multiplied. */
function readable(text: string): Condition[] {
  try {
    return [expression(text)];
  } catch {
    return [];
  }
}

const unsettledGroups = async (tx: Tx): Promise<string[]> => {
  const rows = await tx<{ group_key: string }[]>`select group_key from planned_group where outcome is null`;
  return rows.map(({ group_key: key }) => key).sort();
};

it('a condition about single records means in SQL what it means in TypeScript', async () => {
  const conditions = fc.array(texts(false), { minLength: 8, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(ledger, conditions, async (rows, given) => {
      const records = rows.map(toMatchRecord).filter(({ side }) => side === 'expected');
      const workspace = await seedWorkspace(sql, [ONE_PASS.key]);
      await putRecords(sql, workspace, rows);
      await inWorkspace(sql, workspace.workspaceId, async (tx) => {
        await match(tx, scopeOf(workspace));
        for (const text of given) {
          const read = readCondition(text, { kind: 'record', side: 'expected', fields: LEDGER_FIELDS });
          if (!read.ok) continue;
          const place = {
            tx,
            row: { expected: 'p', actual: 'p' },
            currency: tx`p.currency`,
            ofGroup: new Map(),
          };
          const held = await tx<{ ref: string }[]>`
            select source_ref as ref from pool p where p.side = 'expected' and ${testSql(read.value.test, place)}`;
          const wanted = records.filter((record) => holdsForRecord(read.value, record));
          expect([text, held.map(({ ref }) => ref).sort()]).toEqual([
            text,
            wanted.map(({ sourceRef }) => sourceRef).sort(),
          ]);
        }
      });
    }),
    { numRuns: 25 },
  );
});
