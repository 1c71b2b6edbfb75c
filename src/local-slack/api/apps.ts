import { SOCKET_PATH } from '../socket/hub.ts';
import type { Method } from './method.ts';

/** What an app does with its own, app-level token. */
export const appMethods = {
  'apps.connections.open': {
    json: false,
    required: [],
    token: 'app',
    run: (workspace) => {
      const address = new URL(`${SOCKET_PATH}${workspace.sockets.issueTicket()}`, workspace.url);
      address.protocol = 'ws:';
      return { ok: true, url: address.href };
    },
  },
} satisfies Record<string, Method>;
