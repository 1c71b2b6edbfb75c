import { Socket } from 'node:net';

type Address = { readonly host: string; readonly port: number };

/** The option by which the driver takes its sockets from here; its types do not name it. */
export const promptly = (address: Address): object => ({ socket: () => promptSocket(address) });

/**
 * A socket to PostgreSQL that sends what it is given at once. The driver takes it as connected; what it writes before waits in it.
 *
 * As Node opens one, a small write waits until the server has acknowledged the write before, and a server that waits for the rest does so
 * after 44 ms: a COPY of one row took 88 ms, and takes 1; so did now and then a statement of a few kilobytes (2026-11-30).
 */
function promptSocket({ host, port }: Address): Socket {
  const socket = new Socket();
  socket.setNoDelay(true);
  // Later: a connection that fails at once does so before the driver listens.
  setImmediate(() => {
    if (socket.destroyed) return;
    if (host.startsWith('/')) socket.connect(`${host}/.s.PGSQL.${port}`);
    else socket.connect(port, host);
  });
  return Object.assign(socket, { host, port }); // the driver names them when the connection fails
}
