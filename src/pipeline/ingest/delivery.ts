import type { Readable } from 'node:stream';
import type { FeedContract } from '../../core/contract.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { Tx } from '../../db/tx.ts';
import type { FeedRow } from './lock-feed.sql.ts';
import type { DeliveredFile } from './open/delivered-file.ts';
import type { DeliveryReport } from './report.ts';
import type { Watch } from './watch.ts';

export type IngestRequest = {
  readonly workspaceId: string;
  readonly contract: FeedContract & Pick<Versioned, 'sha256'>;
  /** Several paths are one delivery. */
  readonly from:
    | { readonly path: string }
    | { readonly paths: readonly string[] }
    | { readonly stream: Readable };
  /** How people know the delivery; the file's name when not given. */
  readonly name?: string;
  /** `partial`: one of many small ones; how many rows it has says nothing. `pushed`: such a one of events, of which the last of a record stands. */
  readonly extent?: 'whole' | 'partial' | 'pushed';
  /** As of when its lines speak, in milliseconds since 1970; as of its arrival unless said. Counts where pushed events say when they happened. */
  readonly asOf?: (line: number) => number;
  /** The name by which the delivery's bytes are known again, from their checksum; the checksum itself unless said. */
  readonly identify?: (checksum: string) => string;
  /** Does what belongs to the delivery, in its transaction: it stands or falls with it. */
  readonly settle?: (tx: Tx, report: DeliveryReport) => Promise<void>;
  readonly watch?: Watch | undefined;
  /** Nothing of it stays, and its rows are looked at in the table `staged`. */
  readonly isTrial?: boolean;
};

/** One delivery on its way into the record. */
export type Delivery = {
  readonly request: Pick<IngestRequest, 'workspaceId' | 'contract' | 'extent' | 'watch' | 'isTrial'>;
  readonly file: DeliveredFile;
  /** The name by which its bytes are known again; of a feed's first delivery, known when it was read. */
  readonly checksum: () => Promise<string>;
  readonly feed: FeedRow;
  readonly name: string;
  readonly deliveryId: string;
  /** Its place among the deliveries of the feed: when these bytes came first. */
  readonly orderedAt: Date;
  /** Of that day, in the feed's zone; 1 is Monday. */
  readonly weekday: number;
  /** No other delivery of the feed is on record. */
  readonly isFirst: boolean;
  /** Given when others came after it; `isReread` when its rows were on record before, by an earlier contract. */
  readonly past: { readonly orderedAt: Date; readonly isReread: boolean } | undefined;
  /** The delivery is on record and waits no longer: a person let it in, and nothing holds it again. */
  readonly released: { readonly bytes: bigint } | undefined;
};
