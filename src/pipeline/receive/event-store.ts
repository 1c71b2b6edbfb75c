import type { Sql } from '../../db/client.ts';
import { inStatement } from '../../db/tx.ts';
import { type EventRow, storeEvents } from './store-events.sql.ts';

type Waiting = {
  readonly workspaceId: string;
  readonly rows: readonly EventRow[];
  readonly resolve: (isStored: boolean) => void;
  readonly reject: (error: unknown) => void;
};

/** Statements at a time: while one waits for the disk, the next is filled. */
const LANES = 2;
const MOST_ROWS = 500;

/**
 * Stores pushed events. Those that come while others are being stored go together in the next statement, so that a burst costs few
 * commits; each is answered when its own is done.
 */
export class EventStore {
  readonly #sql: Sql;
  #waiting: Waiting[] = [];
  #running = 0;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Resolves when the events are on the record, committed; false when one of their names is known with another content. */
  put(workspaceId: string, rows: readonly EventRow[]): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ workspaceId, rows, resolve, reject });
      this.#start();
    });
  }

  #start(): void {
    if (this.#running >= LANES || this.#waiting.length === 0) return;
    const batch = this.#next();
    this.#running += 1;
    void this.#run(batch).finally(() => {
      this.#running -= 1;
      this.#start();
    });
  }

  /** The longest waiting, and others of its workspace; they stay in order. */
  #next(): readonly Waiting[] {
    const workspaceId = this.#waiting[0]?.workspaceId;
    const batch: Waiting[] = [];
    let rows = 0;
    this.#waiting = this.#waiting.filter((waiting) => {
      const fits = batch.length === 0 || rows + waiting.rows.length <= MOST_ROWS;
      if (waiting.workspaceId !== workspaceId || !fits) return true;
      rows += waiting.rows.length;
      batch.push(waiting);
      return false;
    });
    return batch;
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    const [{ workspaceId } = { workspaceId: '' }] = batch;
    // One order for all statements: two that store the same events must not wait for each other crosswise.
    const rows = batch
      .flatMap((waiting) => waiting.rows.map((row) => ({ ...row, waiting })))
      .sort((a, b) => (a.feedId === b.feedId ? compare(a.id, b.id) : compare(a.feedId, b.feedId)));
    try {
      // Storing the same again is nothing, so a broken connection may be tried again by the sender.
      const differing = await inStatement(() => storeEvents(this.#sql, workspaceId, rows), { writes: false });
      const refused = new Set(differing.map((position) => rows[position - 1]?.waiting));
      for (const waiting of batch) waiting.resolve(!refused.has(waiting));
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    }
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
