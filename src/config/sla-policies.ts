import { suggestion } from '../core/nearest-word.ts';
import type { OwnershipRow } from '../core/organisation.ts';
import type { SlaTerm } from '../core/sla.ts';
import {
  BUILT_IN_POLICY,
  DEFAULT_POLICY,
  type SlaPolicy,
  type StepTarget,
  type StepTime,
} from '../core/sla-policy.ts';
import type { OrganisationFile } from './schema-organisation.ts';
import type { SlaPoliciesFile } from './schema-sla.ts';
import type { YamlSource } from './yaml.ts';

/** Every policy by its name; `default`, which rows without a policy have, is built in where the file states none. */
export const toPolicies = (file: SlaPoliciesFile | undefined): Readonly<Record<string, SlaPolicy>> => ({
  [DEFAULT_POLICY]: BUILT_IN_POLICY,
  ...Object.fromEntries(
    Object.entries(file ?? {}).map(([key, { claim, resolve, wait_pauses, steps, stale }]) => [
      key,
      {
        key,
        claim,
        resolve,
        waitPauses: wait_pauses,
        steps: steps.map(({ at: { at, text }, remind, escalate }) => ({
          at,
          text,
          does: escalate === undefined ? ('remind' as const) : ('escalate' as const),
          to: escalate ?? remind ?? [],
        })),
        stale,
      },
    ]),
  ),
});

type RowSla = OrganisationFile['ownership'][number]['sla'];

/** What an ownership row promises, and by which policy. A name that is no policy's is told by `checkPolicies`. */
export function slaOf(
  given: RowSla,
  policies: SlaPoliciesFile | undefined,
): Pick<OwnershipRow, 'sla' | 'policy'> {
  if (!('policy' in given)) return { sla: given, policy: DEFAULT_POLICY };
  return { sla: policies?.[given.policy]?.resolve ?? NO_TERM, policy: given.policy };
}

const NO_TERM: SlaTerm = { kind: 'elapsed', ms: 0, text: '0s' };

/** Notes on `source` whatever in the policies, and in the rows that name one, refers to nothing or runs backwards. */
export function checkPolicies(file: OrganisationFile, source: YamlSource): void {
  const policies = file.sla_policies ?? {};
  for (const [index, { sla }] of file.ownership.entries()) {
    if (!('policy' in sla)) continue;
    const policy = policies[sla.policy];
    if (policy?.resolve !== undefined) continue;
    source.problem(
      ['ownership', index, 'sla'],
      policy === undefined
        ? `no policy "${sla.policy}" in sla_policies${suggestion(sla.policy, Object.keys(policies))}`
        : `policy "${sla.policy}" says no time to resolve; give it resolve: 2bd, or write the time here`,
    );
  }
  for (const [key, policy] of Object.entries(policies)) {
    checkSteps(policy, { source, path: ['sla_policies', key, 'steps'] });
    for (const [index, { remind, escalate }] of policy.steps.entries()) {
      const word = escalate === undefined ? 'remind' : 'escalate';
      for (const [at, target] of (escalate ?? remind ?? []).entries()) {
        checkTarget(target, file, { source, path: ['sla_policies', key, 'steps', index, word, at] });
      }
    }
    const { stale } = policy;
    if (stale && nominalMs(stale.remind) >= nominalMs(stale.release)) {
      source.problem(
        ['sla_policies', key, 'stale'],
        'a claim is released after its owner was reminded; make release longer than remind',
      );
    }
  }
}

type Spot = { readonly source: YamlSource; readonly path: readonly PropertyKey[] };

function checkSteps({ claim, steps }: SlaPoliciesFile[string], { source, path }: Spot): void {
  let before: { readonly at: StepTime; readonly text: string } | undefined;
  for (const [index, { at }] of steps.entries()) {
    if (at.at.kind === 'claim') {
      if (claim === undefined)
        source.problem([...path, index, 'at'], 'the policy says no time to claim; give it claim: 4h');
      continue; // when that comes among the others depends on the promise
    }
    if (before && !isLater(before.at, at.at)) {
      source.problem(
        [...path, index, 'at'],
        `this step ("${at.text}") does not come after the one above it ("${before.text}"); steps go forward in time`,
      );
    }
    before = at;
  }
}

function isLater(before: StepTime, after: StepTime): boolean {
  if (after.kind === 'share') return before.kind === 'share' && before.percent < after.percent;
  if (before.kind !== 'due' || after.kind !== 'due') return true;
  const reach = ({ after: term }: typeof before): number => (term ? nominalMs(term) : 0);
  return reach(before) < reach(after);
}

const HOUR = 3_600_000;

/** How long a term is on a usual working day; only to put terms in order. */
function nominalMs(term: SlaTerm): number {
  if (term.kind === 'elapsed') return term.ms;
  return term.kind === 'business_days' ? term.days * 24 * HOUR : term.ms * 3;
}

function checkTarget(target: StepTarget, file: OrganisationFile, { source, path }: Spot): void {
  const { people, teams } = file;
  if (target.kind === 'person' && people[target.key] === undefined) {
    source.problem(path, `no person "${target.key}" in people${suggestion(target.key, Object.keys(people))}`);
  }
  if (target.kind === 'team' && teams[target.key] === undefined) {
    source.problem(path, `no team "${target.key}" in teams${suggestion(target.key, Object.keys(teams))}`);
  }
  if (
    target.kind === 'role' &&
    !Object.values(people).some(({ roles }) => roles.some((role) => role === target.key))
  ) {
    source.problem(path, `nobody in people has the role "${target.key}", so the step would tell nobody`);
  }
  if (target.kind !== 'lead') return;
  const without = Object.entries(teams).filter(([, { lead }]) => lead === undefined);
  if (without.length === 0) return;
  const names = without.map(([key]) => key).join(', ');
  source.problem(path, `team ${names} has no lead to tell; give it lead: <person>, or name a person here`);
}
