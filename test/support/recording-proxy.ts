import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as Slack made it. */
export type Recorded = { readonly type: string; readonly body: string };

export type RecordingProxy = {
  readonly url: string;
  readonly recorded: readonly Recorded[];
  readonly close: () => void;
};

/** Hands everything on to `target`, and keeps what it was. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const recorded: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const headers = request.headers as Record<string, string>;
    recorded.push({ type: headers['content-type'] ?? '', body });
    const answer = await fetch(target, { method: 'POST', headers, body });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/slack/events`, recorded, close: () => server.close() };
}
