import type { FeedContract } from '../../core/contract.ts';
import { suggestionEnd } from '../../core/nearest-word.ts';
import { type DeliveryReport, isKeptOut } from '../../pipeline/ingest/report.ts';
import { type PullReport, pullFeed } from '../../pipeline/pull/pull-feed.ts';
import { takePushed } from '../../pipeline/take-in.ts';
import { withConfig } from '../context.ts';
import { EXIT, Stop } from '../exit.ts';
import { type Output, toJson } from '../output.ts';
import { printDelivery } from '../print-delivery.ts';
import { sourcesNow } from '../sources.ts';

type Asked = {
  readonly feed: string;
  readonly since: string | undefined;
  readonly json: boolean | undefined;
};

/** `tieout ingest <feed>` without a file: what was pushed becomes records, and the source is asked for what changed. */
export async function ingestFromSource(output: Output, { feed, since, json }: Asked): Promise<void> {
  const from = sinceOf(since);
  const { pushed, pull } = await withConfig(async ({ database, config, workspaceId, environment }) => {
    const contract = config.feeds.get(feed);
    if (!contract) {
      throw new Stop(`No feed "${feed}"${suggestionEnd(feed, [...config.feeds.keys()])}`, EXIT.usage);
    }
    if (contract.pull === undefined && contract.webhook === undefined) throw nothingToAsk(contract);
    const sql = database.pool('runs');
    const sources = sourcesNow(environment);
    const request = contract.pull && {
      workspaceId,
      contract,
      pull: contract.pull,
      secrets: sources.secretsOf(contract),
      keys: sources.keys,
      world: sources.world,
      from,
      onProgress: progress(output, feed),
    };
    return {
      pushed: await takePushed(sql, { workspaceId, contract, sources }),
      pull: request && (await pullFeed(sql, request)),
    };
  });
  const deliveries = [...pushed, ...(pull?.deliveries ?? [])];
  if (json) output.answer(toJson({ ...pull, feed, deliveries }));
  else print(output, { feed, deliveries, pull });
  if (deliveries.some(isKeptOut)) process.exitCode = EXIT.failed;
}

export function sinceOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new Stop(`--since is "${text}"; write a day, as 2026-01-01.`, EXIT.usage);
}

const EVERY_MS = 2_000;

/** Says how far a long pull is, every two seconds; how much is still to come a source does not say. */
function progress(output: Output, feed: string): (soFar: { records: number; requests: number }) => void {
  const began = Date.now();
  let saidAt = began;
  return ({ records, requests }) => {
    const now = Date.now();
    if (now - saidAt < EVERY_MS) return;
    saidAt = now;
    const rate = Math.round(records / ((now - began) / 1_000));
    output.note(`${feed}  ${records} records so far, in ${requests} answers, ${rate} a second`);
  };
}

export const nothingToAsk = ({ feed }: FeedContract): Stop =>
  new Stop(
    `Feed "${feed}" has no source that could be asked: say what to read (--file FILE, or - for standard input), or add pull: to its file.`,
    EXIT.usage,
  );

type Taken = {
  readonly feed: string;
  readonly deliveries: readonly DeliveryReport[];
  readonly pull: PullReport | undefined;
};

function print(output: Output, { feed, deliveries, pull }: Taken): void {
  for (const delivery of deliveries) printDelivery(output, delivery);
  if (deliveries.length > 0) return;
  const since = pull?.since === undefined ? '' : ` since ${pull.since}`;
  output.answer(pull ? `${feed}  the source has nothing new${since}` : `${feed}  nothing was pushed`);
}
