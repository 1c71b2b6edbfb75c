import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { type Connector, listConnectors, readConnectorFeed } from '../../../src/config/connectors.ts';
import type { FeedContract } from '../../../src/core/contract.ts';
import { connect } from '../../../src/db/client.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { ingestFile } from '../../../src/pipeline/ingest/ingest-file.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { TestFeed } from '../../support/feeds.ts';
import { organisation } from '../ingest/setup.ts';

export const CONNECTORS = listConnectors();

/** Every feed of every connector, by its file. */
export const FEEDS: readonly (readonly [feed: string, connector: Connector, path: string])[] =
  CONNECTORS.flatMap((connector) =>
    [...connector.feeds].map(([feed, path]) => [feed, connector, path] as const),
  );

let count = 0;

const versioned = (contract: FeedContract): TestFeed => {
  count += 1;
  return { ...contract, body: '{}', sha256: count.toString(16).padStart(64, '0') };
};

export const feedOf = (path: string): TestFeed => versioned(readConnectorFeed(path));

export const samplePath = (connector: Connector, feed: string): string =>
  join(connector.folder, 'sample', `${feed}.jsonl`);

/** A workspace that knows one feed, and takes files of it. */
export async function workspaceOf(database: TestDatabase, feed: TestFeed) {
  const sql = connect({ url: database.url, role: 'runs', max: 2 });
  count += 1;
  const config = {
    organisation: organisation(`connector ${count}`),
    feeds: new Map([[feed.feed, feed]]),
    reconciliations: new Map(),
  };
  const { workspaceId } = await applyConfig(sql, config, { now: new Date('2026-11-22T00:00:00Z') });
  return {
    deliver: (path: string) =>
      ingestFile(sql, { workspaceId, contract: feed, from: { stream: createReadStream(path) }, name: path }),
    stop: () => sql.end(),
  };
}
