import type { Config } from '../config/load.ts';
import { suggestionEnd } from '../core/nearest-word.ts';
import { EXIT, Stop } from './exit.ts';

/**
 * Keeps a mistyped name from looking like good news: nothing was found of a feed that does not exist. One that was taken out
 * of the configuration may still have something on the record, so it is asked only when nothing was found.
 *
 * Throws: Stop that names the feeds there are.
 */
export function assertKnownFeed(feed: string | undefined, config: Config | undefined): void {
  if (feed === undefined || config === undefined || config.feeds.has(feed)) return;
  throw new Stop(`No feed "${feed}"${suggestionEnd(feed, [...config.feeds.keys()])}`, EXIT.usage);
}
