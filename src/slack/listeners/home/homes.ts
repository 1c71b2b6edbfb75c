import type { HomePages } from '../../../pipeline/report/home-report.ts';
import type { ListenerContext } from '../context.ts';
import { type Published, publishWork } from './publish.ts';
import { type HomeViewer, Viewers } from './viewers.ts';

export type Homes = {
  /** Publishes the person's Home anew, and keeps it up to date for an hour. */
  readonly open: (who: { slackUserId: string; personId: string }, pages?: HomePages) => void;
  /** Forgets whose Home it was: what it shows is published by somebody else now. */
  readonly forget: (slackUserId: string) => void;
  /** Something on the record changed. */
  readonly changed: () => void;
  /** Forgets everybody and publishes nothing more, until somebody opens their Home again. */
  readonly stop: () => Promise<void>;
};

/** One person's Home is not published more often than this by changes elsewhere. */
const PACE_MS = 2_000;
const RETRY_MS = 5_000;
/** Presses share the pool and Slack's pace; a refresh of many Homes must leave them room. */
const AT_ONCE = 4;
const ATTEMPTS = 5;

/**
 * The open Homes of this process: changes mark all of them stale, and each is published anew when it shows something
 * else than the record, one publication per person at a time, so that an older one never goes over a newer.
 */
export function keepHomes(context: ListenerContext): Homes {
  const viewers = new Viewers();
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;

  const refresh = async (viewer: HomeViewer): Promise<void> => {
    viewer.isStale = false;
    viewer.isBusy = true;
    const { asked } = viewer;
    try {
      const published = await publishWork(context, viewer, new Date());
      viewer.failures = 0;
      if (published.kind === 'gone') viewers.remove(viewer.slackUserId);
      else if (viewer.asked === asked) settle(viewer, published);
    } catch (error) {
      context.logger.warn({ err: error, userId: viewer.slackUserId }, 'a Home was not refreshed');
      retryLater(viewer);
    } finally {
      viewer.isBusy = false;
    }
  };

  const retryLater = (viewer: HomeViewer): void => {
    viewer.failures += 1;
    // Opening it again starts afresh.
    if (viewer.failures >= ATTEMPTS) viewers.remove(viewer.slackUserId);
    viewer.isStale = true;
    viewer.hash = undefined; // it may have arrived or not
    viewer.nextAt = Date.now() + RETRY_MS;
  };

  const pump = (): void => {
    clearTimeout(timer);
    for (const viewer of viewers.stale()) {
      if (underWay >= AT_ONCE) return; // whoever ends pumps again
      const restMs = viewer.nextAt - Date.now();
      if (restMs > 0) {
        timer = setTimeout(pump, restMs).unref();
        return; // the others of this order rest longer
      }
      underWay += 1;
      void refresh(viewer).finally(() => {
        underWay -= 1;
        pump();
      });
    }
  };

  return {
    open: (who, pages) => {
      const viewer = viewers.seen(who, Date.now());
      if (pages) viewer.pages = pages;
      // Asked for by the person: neither paced nor compared.
      viewer.asked += 1;
      viewer.hash = undefined;
      viewer.nextAt = 0;
      viewer.isStale = true;
      pump();
    },
    forget: (slackUserId) => viewers.remove(slackUserId),
    stop: async () => {
      clearTimeout(timer);
      viewers.clear();
    },
    changed: () => {
      viewers.markStale(Date.now());
      pump();
    },
  };
}

function settle(viewer: HomeViewer, { pages, hash, isNew }: Extract<Published, { kind: 'shown' }>): void {
  viewer.pages = pages;
  viewer.hash = hash;
  if (isNew) viewer.nextAt = Date.now() + PACE_MS;
}
