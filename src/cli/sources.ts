import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../config/env.ts';
import { secretsOf } from '../config/secrets.ts';
import { variables } from '../config/variables.ts';
import type { Sources } from '../pipeline/take-in.ts';

/** What sources are asked with, in this process: the variables of its environment, its clock, its network. */
export const sourcesNow = ({ encryptionKeys }: Pick<Environment, 'encryptionKeys'>): Sources => ({
  secretsOf: (contract) => secretsOf(contract, variables()),
  webhookSecretsOf: (contract) => secretsOf(contract, variables(), 'webhook'),
  keys: encryptionKeys,
  world: {
    sleep: async (ms) => {
      await sleep(ms);
    },
    clock: Date.now,
    chance: Math.random,
  },
});
