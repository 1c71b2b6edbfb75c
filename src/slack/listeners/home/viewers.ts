import type { HomePages } from '../../../pipeline/report/home-report.ts';

/** Somebody who has their Home open, or had it open lately. */
export type HomeViewer = {
  readonly slackUserId: string;
  readonly personId: string;
  pages: HomePages;
  /** Counts what the person asked for, so that an older rendering does not pass for the newer one. */
  asked: number;
  /** Failed publications in a row. */
  failures: number;
  /** When they last opened it or pressed in it, in milliseconds since 1970. */
  seenAt: number;
  /** Hash of what was published last; undefined when it must be published whatever it is. */
  hash: string | undefined;
  /** Not published again before this. */
  nextAt: number;
  isStale: boolean;
  isBusy: boolean;
};

/** Nobody looks at a Home for longer than this without opening it again. */
const REMEMBERED_MS = 3_600_000;
/** Far more people than one process serves; what is beyond opens its Home again. */
const MOST = 5_000;

/** Who has a Home open. Kept per process: a Home that another process published is that one's to refresh. */
export class Viewers {
  readonly #bySlackUser = new Map<string, HomeViewer>();

  /** The viewer, seen now; new ones start on the first pages. */
  seen(who: { slackUserId: string; personId: string }, nowMs: number): HomeViewer {
    const known = this.#bySlackUser.get(who.slackUserId);
    const viewer = known?.personId === who.personId ? known : fresh(who);
    viewer.seenAt = nowMs;
    this.#bySlackUser.delete(who.slackUserId); // last in the map is seen last
    this.#bySlackUser.set(who.slackUserId, viewer);
    this.#forget(nowMs);
    return viewer;
  }

  remove(slackUserId: string): void {
    this.#bySlackUser.delete(slackUserId);
  }

  clear(): void {
    this.#bySlackUser.clear();
  }

  markStale(nowMs: number): void {
    this.#forget(nowMs);
    for (const viewer of this.#bySlackUser.values()) viewer.isStale = true;
  }

  /** Those whose Home is to be looked at again, whoever waited longest first. */
  stale(): HomeViewer[] {
    return [...this.#bySlackUser.values()]
      .filter(({ isStale, isBusy }) => isStale && !isBusy)
      .sort((a, b) => a.nextAt - b.nextAt);
  }

  #forget(nowMs: number): void {
    for (const [key, viewer] of this.#bySlackUser) {
      const isKept = nowMs - viewer.seenAt < REMEMBERED_MS && this.#bySlackUser.size <= MOST;
      if (isKept) return;
      this.#bySlackUser.delete(key);
    }
  }
}

const fresh = (who: { slackUserId: string; personId: string }): HomeViewer => ({
  ...who,
  pages: { mine: 0, unclaimed: 0 },
  asked: 0,
  failures: 0,
  seenAt: 0,
  hash: undefined,
  nextAt: 0,
  isStale: false,
  isBusy: false,
});
