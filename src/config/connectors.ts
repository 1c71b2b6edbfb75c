import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { FeedContract } from '../core/contract.ts';
import { ConfigError } from './config-error.ts';
import { toContract } from './contract.ts';
import { feedSchema } from './schema-feed.ts';
import { text } from './words.ts';
import { Problems, YamlSource } from './yaml.ts';

/** What ships with the product: one folder per provider. */
const FOLDER = fileURLToPath(new URL('../../connectors/', import.meta.url));

const counts = z.strictObject({
  read: z.int(),
  new: z.int(),
  unchanged: z.int(),
  quarantined: z.int(),
  skipped: z.int(),
});

const connectorSchema = z.strictObject({
  connector: text,
  title: text,
  about: text,
  /** What must be set in the environment, and where its value is found. */
  variables: z.record(z.string(), text),
  /** Variables that only a webhook needs. */
  webhook_variables: z.record(z.string(), text).optional(),
  restates: z.array(text),
  /** What `tieout ingest <feed>` of each sample gives. */
  samples: z.record(z.string(), counts),
});

export type Connector = z.output<typeof connectorSchema> & {
  readonly folder: string;
  /** Feeds by name, with the file that declares them. */
  readonly feeds: ReadonlyMap<string, string>;
  /** The same feeds as tables that an ELT tool landed. */
  readonly landed: ReadonlyMap<string, string>;
};

/** Every connector that ships, by name. */
export function listConnectors(folder: string = FOLDER): readonly Connector[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return names.map((name) => readConnector(join(folder, name)));
}

function readConnector(folder: string): Connector {
  const path = join(folder, 'connector.yaml');
  const problems = new Problems();
  const read = new YamlSource(path, readFileSync(path, 'utf8'), problems).read(connectorSchema);
  if (read === undefined) throw new ConfigError(problems.lines());
  return {
    ...read,
    folder,
    feeds: feedFiles(join(folder, 'feeds')),
    landed: feedFiles(join(folder, 'landed')),
  };
}

const feedFiles = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    (existsSync(folder) ? readdirSync(folder).sort() : []).map((file) => [
      basename(file, '.yaml'),
      join(folder, file),
    ]),
  );

/** The contract of a connector's feed file; throws ConfigError with what is wrong with it. */
export function readConnectorFeed(path: string): FeedContract {
  const problems = new Problems();
  const source = new YamlSource(path, readFileSync(path, 'utf8'), problems);
  const file = source.read(feedSchema);
  const contract = file && toContract(file, source, { path, env: {}, organisation: undefined });
  if (contract === undefined || problems.count > 0) throw new ConfigError(problems.lines());
  return contract;
}
