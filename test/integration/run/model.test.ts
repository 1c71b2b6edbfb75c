import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { matchRecords } from '../../../src/core/match.ts';
import type { IdentityRule, Reconciliation } from '../../../src/core/spec.ts';
import { CARDINALITIES } from '../../../src/core/spec.ts';
import { sumGroup } from '../../../src/core/verify.ts';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { match } from '../../../src/pipeline/match/match.ts';
import {
  COMBINE,
  decisionsOf,
  keys,
  ledger,
  SIMILAR,
  said,
  tolerance,
  who,
  window,
} from '../../support/any-ledger.ts';
import { testDatabase } from '../../support/database.ts';
import { lonely, putDecisions } from '../../support/hand.ts';
import {
  aSpec,
  putMerges,
  putRecords,
  recordExpression,
  type SeededWorkspace,
  seedWorkspace,
  toMatchRecord,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const merges = fc.array(fc.record({ from: who, into: who }), { maxLength: 4 });

const IDENTITY: IdentityRule = {
  side: 'expected',
  feed: 'merges',
  from: 'from',
  into: 'into',
  id: 'owner',
  otherId: 'owner',
  aliases: [
    { own: 'po', other: 'po' },
    { own: 'client', other: 'client' },
  ],
};

const spec = fc
  .record({
    passes: fc.array(
      fc.record({ on: keys, cardinality: fc.constantFrom(...CARDINALITIES), window, tolerance }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    similar: fc.boolean(),
    combines: fc.constantFrom(undefined, 'one-to-many' as const, 'many-to-one' as const),
    identity: fc.constantFrom(undefined, IDENTITY, { ...IDENTITY, otherId: undefined }),
    reverses: fc.constantFrom(undefined, ['po'], ['client'], ['po', 'client']),
    when: fc.constantFrom(undefined, "kind != 'credit'", 'client is not null or amount > 0.00'),
    duplicates: fc.array(
      fc.record({ side: fc.constantFrom('expected' as const, 'actual' as const), same: keys }),
      {
        maxLength: 2,
      },
    ),
  })
  .map(
    ({ passes, duplicates, similar, combines, when, identity, reverses }): Reconciliation =>
      aSpec({
        identity,
        reversals: reverses && [
          {
            side: 'actual',
            when: recordExpression('actual', "kind = 'credit'"),
            names: reverses,
            named: reverses,
          },
        ],
        actual: { ...aSpec().actual, when: when && recordExpression('actual', when) },
        find: [
          ...passes.map(({ on, ...pass }, index) => ({
            ...pass,
            kind: 'exact' as const,
            name: `pass-${index}`,
            expected: on,
            actual: on,
            window: pass.cardinality === 'many-to-many' ? undefined : pass.window,
          })),
          ...(similar ? [SIMILAR] : []),
          ...(combines ? [{ ...COMBINE, cardinality: combines }] : []),
        ],
        decide: {
          auto: { probabilityPpm: 500_000, marginBits: 1, needReference: false },
          suggest: { probabilityPpm: 200_000 },
        },
        duplicates: duplicates.map((rule) => ({ ...rule, raise: 'duplicate', severity: 'block_payout' })),
        credits: { field: 'kind', equals: 'credit', period: undefined },
      }),
  );

it('pairs exactly what the reference model pairs, whatever the ledger, the passes and what people said', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(ledger, spec, merges, said, async (rows, theSpec, merged, sayings) => {
      const workspace = await seedWorkspace(sql, [theSpec.key]);
      const decisions = decisionsOf(rows.map(toMatchRecord), sayings);
      await putRecords(sql, workspace, rows);
      await putMerges(sql, workspace, merged);
      await putDecisions(sql, workspace, { decisions, records: rows.map(toMatchRecord) });

      const inSql = await matchInSql(workspace, theSpec);

      const records = [...rows, ...lonely(decisions.matches.length)].map(toMatchRecord);
      const model = matchRecords(theSpec, records, {
        ...decisions,
        merges: merged.filter(({ from, into }) => from !== '' && into !== ''),
      });
      expect(inSql.ignored).toBe(model.ignored.length);
      expect(inSql.groups).toEqual(sorted(model.groups.map((group) => toText(group, theSpec))));
      expect(inSql.duplicates).toEqual(
        sorted(
          model.duplicates.map((set) => `${set.rule} ${set.members.map((member) => member.recordId).join()}`),
        ),
      );
    }),
    { numRuns: 60 },
  );
});

const matchInSql = ({ workspaceId, reconciliations }: SeededWorkspace, theSpec: Reconciliation) =>
  inWorkspace(sql, workspaceId, async (tx) => {
    const reconciliationId = reconciliations[theSpec.key] ?? '';
    const { records } = await match(tx, {
      workspaceId,
      reconciliationId,
      runId: newId(),
      spec: theSpec,
      cutoffOn: '2026-12-31',
    });
    const groups = await tx<{ text: string }[]>`
      select concat_ws(' ', g.pass, coalesce(g.expected_minor::text, '-'), coalesce(g.actual_minor::text, '-'),
                       g.credits_minor, g.without_amount, coalesce(g.currency, '-'),
                       (select string_agg(m.record_id::text, ',' order by m.record_id) from planned_member m
                        where m.pass = g.pass and m.group_key = g.group_key)) as text
      from planned_group g`;
    const duplicates = await tx<{ text: string }[]>`
      select rule || ' ' || string_agg(record_id::text, ',' order by nth) as text
      from planned_duplicate group by rule, group_key`;
    return {
      ignored: records.ignored,
      groups: sorted(groups.map(({ text }) => text)),
      duplicates: sorted(duplicates.map(({ text }) => text)),
    };
  });

const sorted = (lines: string[]): string[] => [...lines].sort();

function toText(group: ReturnType<typeof matchRecords>['groups'][number], theSpec: Reconciliation): string {
  const sums = sumGroup(group.members, theSpec.credits);
  const ids = group.members.map((member) => member.recordId).sort();
  const amounts = [
    sums.expectedMinor ?? '-',
    sums.actualMinor ?? '-',
    sums.creditsMinor,
    sums.withoutAmount,
  ].join(' ');
  return `${group.pass} ${amounts} ${sums.currency ?? '-'} ${ids.join()}`;
}
