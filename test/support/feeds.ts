import { createHash } from 'node:crypto';
import { toContract } from '../../src/config/contract.ts';
import { feedSchema } from '../../src/config/schema-feed.ts';
import { Problems, YamlSource } from '../../src/config/yaml.ts';
import type { FeedContract } from '../../src/core/contract.ts';
import type { HttpPull, Pull } from '../../src/core/pull.ts';
import type { Versioned } from '../../src/core/versioned.ts';
import type { World } from '../../src/pipeline/pull/ask.ts';

export type TestFeed = FeedContract & Versioned;

/** The contract that a feed file states; throws what is wrong with it. */
export function feedFrom(yaml: string, file = 'feeds/test.yaml'): TestFeed {
  const problems = new Problems();
  const source = new YamlSource(file, yaml, problems);
  const read = source.read(feedSchema);
  const contract =
    read && toContract(read, source, { path: `/nowhere/${file}`, env: {}, organisation: undefined });
  if (contract === undefined || problems.count > 0) throw new Error(problems.lines().join('\n'));
  return { ...contract, body: '{}', sha256: createHash('sha256').update(yaml).digest('hex') };
}

export function httpPullOf({ pull, feed }: FeedContract): HttpPull & Pull {
  if (pull?.kind !== 'http') throw new Error(`${feed} is not pulled over HTTP`);
  return pull;
}

/** A world that waits for nothing and keeps how long it was asked to. */
export function restlessWorld(clock: () => number): World & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    sleep: async (ms) => {
      waits.push(ms);
    },
    clock,
    chance: () => 0.5,
  };
}
