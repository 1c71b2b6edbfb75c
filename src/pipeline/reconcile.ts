import type { FeedContract } from '../core/contract.ts';
import type { Organisation } from '../core/organisation.ts';
import { feedsOf } from '../core/spec.ts';
import type { Versioned } from '../core/versioned.ts';
import type { Sql } from '../db/client.ts';
import type { DeliveryReport } from './ingest/report.ts';
import { takeReleased } from './ingest/take-released.ts';
import type { Watch } from './ingest/watch.ts';
import type { RunReport } from './run/report.ts';
import { run } from './run/run.ts';
import type { RunMode, RunnableSpec } from './run/start-run.sql.ts';
import { type Sources, takeIn } from './take-in.ts';

export type ReconcileInput = {
  readonly workspaceId: string;
  readonly spec: RunnableSpec;
  readonly feeds: ReadonlyMap<string, FeedContract & Versioned>;
  readonly organisation: Organisation;
  readonly mode: RunMode;
  readonly cutoffAt: Date;
  readonly now: Date;
  /** Looks at everything again even when nothing has come in or been decided since the latest run. */
  readonly afresh?: boolean | undefined;
  /** Needed for feeds that ask their source. */
  readonly sources?: Sources | undefined;
  /** Told how far long deliveries are. */
  readonly watch?: ((feed: string) => Watch) | undefined;
};

export type ReconcileReport = {
  readonly deliveries: readonly DeliveryReport[];
  readonly run: RunReport;
  /** The feed of its rates, where it has one: what came of it is no record that is compared. */
  readonly rates?: string | undefined;
};

/** One night of a reconciliation: takes in what its feeds delivered, then runs it. Doing it again changes nothing. */
export async function reconcile(sql: Sql, input: ReconcileInput): Promise<ReconcileReport> {
  const { workspaceId, feeds } = input;
  const released = await takeReleased(sql, { workspaceId, feeds });
  const deliveries = [...released, ...(await takeAllIn(sql, input))];
  const rates = input.spec.rates?.feed;
  return { deliveries, run: await run(sql, { ...input, unlessSeen: input.afresh !== true }), rates };
}

/**
 * Takes in what all feeds of the reconciliation have to give, in their order. Files are read side by side: while the database
 * writes records of one feed, rows of another are read. Sources are asked one after the other, as one system may be behind several.
 *
 * One thread reads them all. With two feeds of a million rows it rests for a third of the time, while two cores are busy for about
 * nine tenths, two thirds of that for the database: a process for each feed was no faster (2026-11-30, alternating runs: 11.3,
 * 12.3 and 14.3 s instead of 12.2, 12.4 and 13.6).
 *
 * Throws: what the first feed threw that could not be taken in, once the others are done.
 */
async function takeAllIn(sql: Sql, input: ReconcileInput): Promise<readonly DeliveryReport[]> {
  const { workspaceId, sources } = input;
  let lastAsked: Promise<unknown> = Promise.resolve();
  const taken = await Promise.allSettled(
    feedsOf(input.spec).map((key) => {
      const contract = input.feeds.get(key);
      if (!contract) throw new Error(`feed ${key} passed the configuration check and is gone`);
      const take = () => takeIn(sql, { workspaceId, contract, sources, watch: input.watch?.(key) });
      if (contract.pull === undefined && contract.webhook === undefined) return take();
      const asked = lastAsked.then(take);
      lastAsked = asked.catch(() => undefined);
      return asked;
    }),
  );
  return taken.flatMap((feed) => {
    if (feed.status === 'rejected') throw feed.reason;
    return feed.value;
  });
}
