import { suggestion } from '../core/nearest-word.ts';
import { isOneSided } from '../core/one-sided.ts';
import {
  type CreditRule,
  type DuplicateRule,
  type MissingRule,
  type Pass,
  type Reconciliation,
  SIDES,
  type Side,
  type SideSpec,
  type VerifyRule,
} from '../core/spec.ts';
import { toCombinePass } from './combine-pass.ts';
import { groupCondition, recordCondition } from './conditions.ts';
import { toExactPass } from './exact-pass.ts';
import { toIdentity } from './identity.ts';
import { toRateRule } from './rates.ts';
import { type Context, fieldOf, type Known } from './reconciliation-context.ts';
import { toReversals } from './reversals.ts';
import { toRoute } from './route.ts';
import type { ReconciliationFile } from './schema-reconciliation.ts';
import { toDecide, toSimilarPass } from './similar-pass.ts';
import { checkAfter, lateRule } from './timing.ts';
import type { YamlSource } from './yaml.ts';

/** The reconciliation a spec file states, after noting on `source` whatever in it cannot hold. */
export function toReconciliation(file: ReconciliationFile, source: YamlSource, known: Known): Reconciliation {
  const context = { file, source, known };
  for (const side of SIDES) checkSide(context, side);
  if (file.expected.feed === file.actual.feed) {
    source.problem(
      ['actual', 'feed'],
      `both sides read ${file.actual.feed}; what should be and what is are two feeds`,
    );
  }
  const find = file.find.flatMap(({ exact, similar, combine }, index): Pass[] => [
    ...(exact ? [toExactPass(context, exact, index)] : []),
    ...(similar ? [toSimilarPass(context, similar, index)] : []),
    ...(combine ? [toCombinePass(context, combine, index)] : []),
  ]);
  refuseRepeated(
    source,
    find.map(({ name }) => name),
    (index) => ['find', index],
    'pass',
  );
  for (const [index, { name }] of find.entries()) {
    if (isOneSided(name)) source.problem(['find', index], `"${name}" is taken; give the pass another name`);
  }
  const verify = [
    ...lateRule(context),
    ...(file.verify ?? []).flatMap((rule, index) => toRule(context, rule, index)),
  ];
  checkAfter(context);
  refuseRepeated(
    source,
    (file.verify ?? []).map(({ id }) => id),
    (index) => ['verify', index, 'id'],
    'rule',
  );
  const spec: Reconciliation = {
    key: file.reconciliation,
    domain: file.domain,
    describes: file.describes,
    zone: file.zone,
    compareIn: file.currency.compare_in,
    rates: toRateRule(context),
    expected: toSide(context, 'expected'),
    actual: toSide(context, 'actual'),
    identity: toIdentity(context),
    reversals: toReversals(context),
    duplicates: (file.duplicates ?? []).map((rule, index) => toDuplicates(context, rule, index)),
    find,
    decide: toDecide(context),
    credits: toCredits(context),
    verify,
    missing: {
      expected: toMissing(file.missing?.expected, 0),
      actual: toMissing(file.missing?.actual, file.timing?.due_within ?? 0),
    },
    timing: file.timing && {
      dueWithinDays: file.timing.due_within,
      lateUntilDays: file.timing.late_until,
    },
  };
  return { ...spec, checks: toChecks(file), route: toRoute(context, spec) };
}

function toSide(context: Context, side: Side): SideSpec {
  const { feed, amount, date, payee, when } = context.file[side];
  const path = [side, 'when'];
  return {
    feed,
    amount,
    date,
    payee,
    when: when === undefined ? undefined : recordCondition(context, { side, text: when, path }),
  };
}

function checkSide({ file, source, known }: Context, side: Side): void {
  const { feed, amount, date, payee } = file[side];
  if (payee !== undefined) fieldOf({ file, source, known }, side, { name: payee, path: [side, 'payee'] });
  const contract = known.feeds.get(feed);
  if (contract === undefined) {
    if (known.brokenFeeds.has(feed)) return;
    source.problem([side, 'feed'], `no feed "${feed}"${suggestion(feed, [...known.feeds.keys()])}`);
    return;
  }
  if (amount !== undefined && amount !== contract.amount) {
    const text =
      contract.amount === undefined ? 'has none; remove this' : `is "${contract.amount}", not "${amount}"`;
    source.problem([side, 'amount'], `the amount of feed ${feed} ${text}`);
  }
  if (date !== contract.date) {
    source.problem([side, 'date'], `the date of feed ${feed} is "${contract.date}", not "${date}"`);
  }
}

function toDuplicates(
  context: Context,
  rule: NonNullable<ReconciliationFile['duplicates']>[number],
  index: number,
): DuplicateRule {
  for (const [at, name] of rule.same.entries()) {
    fieldOf(context, rule.side, { name, path: ['duplicates', index, 'same', at] });
  }
  return { side: rule.side, same: rule.same, raise: rule.raise, severity: rule.severity ?? 'manual_review' };
}

function toCredits(context: Context): CreditRule | undefined {
  const { credits } = context.file;
  if (credits === undefined) return undefined;
  const [first, ...others] = Object.entries(credits.where);
  if (first === undefined || others.length > 0) {
    context.source.problem(['credits', 'where'], 'needs exactly one field and the value that marks a credit');
  }
  const [field = '', equals = ''] = first ?? [];
  if (first) {
    const known = fieldOf(context, 'actual', { name: field, path: ['credits', 'where', field] });
    if (known?.type.kind === 'choice' && !known.type.of.includes(equals)) {
      const text = `"${equals}" is no value of ${field}${suggestion(equals, known.type.of)}`;
      context.source.problem(['credits', 'where', field], text);
    }
  }
  if (credits.period !== undefined) {
    fieldOf(context, 'actual', { name: credits.period, path: ['credits', 'period'] });
  }
  return { field, equals, period: credits.period };
}

function toRule(
  context: Context,
  rule: NonNullable<ReconciliationFile['verify']>[number],
  index: number,
): VerifyRule[] {
  const path = ['verify', index];
  if (rule.then === undefined && rule.else === undefined) {
    context.source.problem(
      path,
      'needs then: auto_resolve, or else: <severity>; otherwise it decides nothing',
    );
  }
  const { teams } = context.known;
  if (rule.notify !== undefined && teams !== undefined && !teams.includes(rule.notify)) {
    context.source.problem([...path, 'notify'], `no team "${rule.notify}"${suggestion(rule.notify, teams)}`);
  }
  const expect = groupCondition(context, rule.expect, [...path, 'expect']);
  if (expect === undefined) return [];
  if (rule.raise !== undefined && rule.else === undefined) {
    context.source.problem([...path, 'raise'], 'nothing is raised without else: <severity>');
  }
  return [
    {
      id: rule.id,
      expect,
      // biome-ignore lint/suspicious/noThenProperty: the spec's own word; nothing awaits a rule
      then: rule.then,
      else: rule.else,
      reason: rule.reason ?? rule.id.toUpperCase().replaceAll('-', '_'),
      raise: rule.raise,
      notify: rule.notify,
    },
  ];
}

const toChecks = ({ checks }: ReconciliationFile): Reconciliation['checks'] =>
  checks && {
    matchRatePpm: checks.match_rate === undefined ? undefined : Math.round(checks.match_rate * 1_000_000),
    matchRateDropPpm: checks.match_rate_drop,
  };

function toMissing(
  rule: NonNullable<ReconciliationFile['missing']>['actual'],
  usualDays: number,
): MissingRule | undefined {
  if (rule === undefined) return undefined;
  return {
    afterDays: rule.after ?? usualDays,
    raise: rule.raise,
    severity: rule.severity ?? 'manual_review',
  };
}

/** Notes every name that stands twice, where it stands the second time. */
export function refuseRepeated(
  source: YamlSource,
  names: readonly string[],
  pathOf: (index: number) => readonly PropertyKey[],
  what: string,
): void {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (seen.has(name))
      source.problem(pathOf(index), `there is a second ${what} "${name}"; give it another name`);
    seen.add(name);
  }
}
