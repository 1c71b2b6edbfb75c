import type { Config } from '../../config/load.ts';
import type { SlaTerm } from '../../core/sla.ts';
import { DEFAULT_POLICY, type SlaPolicy } from '../../core/sla-policy.ts';

const elapsed = (seconds: number): SlaTerm => ({
  kind: 'elapsed',
  ms: seconds * 1000,
  text: seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`,
});

const RESOLVE = elapsed(60);

/** What takes days otherwise: reminded, broken, escalated twice, and then nothing is left but the triage meeting. */
const policyOf = (key: string): SlaPolicy => ({
  key,
  claim: elapsed(20),
  resolve: RESOLVE,
  waitPauses: undefined,
  steps: [
    { at: { kind: 'claim' }, text: 'claim', does: 'remind', to: [{ kind: 'channel' }] },
    { at: { kind: 'due', after: undefined }, text: 'due', does: 'escalate', to: [{ kind: 'lead' }] },
    {
      at: { kind: 'due', after: elapsed(30) },
      text: 'due + 30s',
      does: 'escalate',
      to: [{ kind: 'role', key: 'ops_lead' }],
    },
  ],
  stale: undefined,
});

/** From a card to the end of its policy; a little more than the steps take, so that all of a run are through. */
export const HURRIED_MS = 100_000;

/** The same configuration with every promise in seconds, so that a demo shows within two minutes what follows by itself. */
export function hurried(config: Config): Config {
  const { organisation } = config;
  const keys = new Set([DEFAULT_POLICY, ...Object.keys(organisation.slaPolicies ?? {})]);
  return {
    ...config,
    organisation: {
      ...organisation,
      slaPolicies: Object.fromEntries([...keys].map((key) => [key, policyOf(key)])),
      ownership: organisation.ownership.map((row) => ({ ...row, sla: RESOLVE })),
    },
  };
}
