import type { ListenerContext } from '../context.ts';
import type { Homes } from './homes.ts';

export type ChangeListener = {
  readonly start: () => void;
  /** Hears nothing any more, until it is started again. */
  readonly stop: () => Promise<void>;
};

/**
 * Listens from the first `start` on: a committed change wakes the senders on
 * this channel, and marks open Homes stale. So does a connection that is back, for what was said meanwhile was not heard.
 * A failure to listen is tried again at the next call.
 */
export function changeListener(
  { sql, workspaceId, logger }: ListenerContext,
  homes: Pick<Homes, 'changed'>,
): ChangeListener {
  let listening: Promise<{ unlisten: () => Promise<void> } | undefined> | undefined;
  const onNotice = (woken: string): void => {
    if (woken === workspaceId) homes.changed();
  };
  const start = (): void => {
    listening ??= sql
      .listen('tieout_outbox', onNotice, () => homes.changed())
      .catch((error: unknown) => {
        listening = undefined;
        logger.warn({ err: error }, 'cannot listen for changes; a Home is up to date when it is opened');
        return undefined;
      });
  };
  const stop = async (): Promise<void> => {
    const subscription = await listening;
    listening = undefined;
    await subscription?.unlisten().catch(() => {}); // the connection is gone, and with it the subscription
  };
  return { start, stop };
}
