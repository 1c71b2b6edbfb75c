import type { FeedContract } from '../core/contract.ts';
import type { Secrets } from '../core/secrets.ts';
import type { Versioned } from '../core/versioned.ts';
import type { Sql } from '../db/client.ts';
import type { SealKeys } from '../db/seal.ts';
import { ingestFeed } from './ingest/ingest-feed.ts';
import type { DeliveryReport } from './ingest/report.ts';
import type { Watch } from './ingest/watch.ts';
import type { World } from './pull/ask.ts';
import { assertMayRetry, isDue, pullFeed } from './pull/pull-feed.ts';
import { takeEvents } from './receive/take-events.ts';

/** What sources are asked with. */
export type Sources = {
  /** Throws when a variable that the feed names is not set. */
  readonly secretsOf: (contract: FeedContract) => Secrets;
  /** The same for what is pushed. */
  readonly webhookSecretsOf: (contract: FeedContract) => Secrets;
  readonly keys: SealKeys | undefined;
  readonly world: World;
};

export type TakeInInput = {
  readonly workspaceId: string;
  readonly contract: FeedContract & Pick<Versioned, 'sha256'>;
  /** Needed for feeds that ask their source. */
  readonly sources?: Sources | undefined;
  readonly watch?: Watch | undefined;
};

/**
 * Takes in everything that a feed has to give by now: the files it names, what was pushed to it, and, when it is due, what its source
 * is asked for. Throws as `ingestFile` and `pullFeed` do: without what a source has to say, nobody can say what is missing.
 */
export async function takeIn(sql: Sql, input: TakeInInput): Promise<readonly DeliveryReport[]> {
  const files = await ingestFeed(sql, input);
  const pushed = await takePushed(sql, input);
  return [...files, ...pushed, ...(await pullIfDue(sql, input))];
}

/** Makes records of what was pushed to a feed; news make it ask its source instead. */
export async function takePushed(sql: Sql, input: TakeInInput): Promise<readonly DeliveryReport[]> {
  const { contract } = input;
  if (contract.webhook === undefined) return [];
  return await takeEvents(sql, { ...input, webhook: contract.webhook, onNews: () => pull(sql, input) });
}

async function pullIfDue(sql: Sql, input: TakeInInput): Promise<readonly DeliveryReport[]> {
  const request = pullRequest(input);
  if (request === undefined || !(await isDue(sql, request))) return [];
  await assertMayRetry(sql, request);
  return await pull(sql, input);
}

async function pull(sql: Sql, input: TakeInInput): Promise<readonly DeliveryReport[]> {
  const request = pullRequest(input);
  return request === undefined ? [] : (await pullFeed(sql, request)).deliveries;
}

function pullRequest({
  workspaceId,
  contract,
  sources,
}: TakeInInput): Parameters<typeof pullFeed>[1] | undefined {
  if (contract.pull === undefined) return undefined;
  if (sources === undefined)
    throw new Error(`feed ${contract.feed} asks its source, and nobody said with what`);
  const { keys, world, secretsOf } = sources;
  return { workspaceId, contract, pull: contract.pull, secrets: secretsOf(contract), keys, world };
}
