import { hash } from 'node:crypto';
import type { Config } from '../../config/load.ts';
import { FEED_FORMATS } from '../../config/schema-feed.ts';
import type { FeedContract } from '../../core/contract.ts';
import { suggestionEnd } from '../../core/nearest-word.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { IngestRequest } from '../../pipeline/ingest/delivery.ts';
import { EXIT, Stop } from '../exit.ts';

/** What somebody typed. */
type Given = {
  readonly source: string | undefined;
  readonly files: readonly string[];
  readonly format: string | undefined;
  readonly stream: string | undefined;
};

/** The feed's contract, read as `--format` and `--stream` say; throws Stop when there is no such feed. */
export function contractOf(
  { feeds }: Pick<Config, 'feeds'>,
  feed: string,
  { format, stream }: Pick<Given, 'format' | 'stream'>,
): FeedContract & Pick<Versioned, 'sha256'> {
  const contract = feeds.get(feed);
  if (contract) {
    const read = { ...contract, ...formatOf(format) };
    return stream === undefined ? read : { ...read, stream: streamOf(stream, read) };
  }
  throw new Stop(`No feed "${feed}"${suggestionEnd(feed, [...feeds.keys()])}`, EXIT.usage);
}

/** What is to be read; undefined when the feed's source is to be asked. */
export function fromOf({
  source,
  files,
}: Pick<Given, 'source' | 'files'>): IngestRequest['from'] | undefined {
  const [path, ...others] = files;
  if (source === undefined && path === undefined) return undefined;
  if (source !== undefined && (source !== '-' || path !== undefined))
    throw new Stop('Say what to read: --file FILE, or - for standard input.', EXIT.usage);
  if (path === undefined || (path === '-' && others.length === 0)) return { stream: process.stdin };
  if (files.includes('-'))
    throw new Stop('Standard input is a delivery of its own; name files only.', EXIT.usage);
  return others.length === 0 ? { path } : { paths: files };
}

/**
 * By which name bytes are known that are read in another way than the feed's file says: they may have been refused when nobody
 * said so, or be delivered once for each of several streams.
 */
export function identityOf(
  { feeds }: Pick<Config, 'feeds'>,
  feed: string,
  { format, stream }: Pick<Given, 'format' | 'stream'>,
): Pick<IngestRequest, 'identify'> {
  const declared = feeds.get(feed);
  const read = { ...declared, ...formatOf(format) };
  const isOther = read.format !== declared?.format || read.delimiter !== declared?.delimiter;
  const ways = [
    ...(isOther ? [`format ${format}`] : []),
    ...(stream === undefined || stream === (declared?.stream ?? feed) ? [] : [`stream ${stream}`]),
  ];
  if (ways.length === 0) return {};
  return { identify: (checksum) => hash('sha256', [...ways, checksum].join('\n'), 'hex') };
}

function streamOf(stream: string, { format }: Pick<FeedContract, 'format'>): string {
  if (format === 'airbyte' || format === 'singer') return stream;
  throw new Stop(
    `--stream means nothing with the format ${format}; it belongs to --format airbyte and singer.`,
    EXIT.usage,
  );
}

/** What of the contract another format changes. */
function formatOf(given: string | undefined): Partial<Pick<FeedContract, 'format' | 'delimiter'>> {
  if (given === undefined) return {};
  const format = FEED_FORMATS.find((known) => known === given);
  if (format === 'tsv') return { format: 'csv', delimiter: '\t' };
  if (format !== undefined) return { format };
  throw new Stop(`--format is "${given}"; it must be one of ${FEED_FORMATS.join(', ')}.`, EXIT.usage);
}
