import type { ListenerContext } from '../context.ts';
import type { Homes } from './homes.ts';

/**
 * Returns a function that starts listening once, for as long as the pool lives: a committed change wakes the senders on
 * this channel, and marks open Homes stale. So does a connection that is back, for what was said meanwhile was not heard.
 * A failure to listen is tried again at the next call.
 */
export function changeListener({ sql, workspaceId, logger }: ListenerContext, homes: Homes): () => void {
  let isListening = false;
  const onNotice = (woken: string): void => {
    if (woken === workspaceId) homes.changed();
  };
  return () => {
    if (isListening) return;
    isListening = true;
    sql
      .listen('tieout_outbox', onNotice, () => homes.changed())
      .catch((error: unknown) => {
        isListening = false;
        logger.warn({ err: error }, 'cannot listen for changes; a Home is up to date when it is opened');
      });
  };
}
