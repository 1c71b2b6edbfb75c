import type { IncomingMessage } from 'node:http';

const LARGEST = 1_048_576;
const PATIENCE_MS = 10_000;

export type Body =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly status: 408 | 413; readonly problem: string };

/** The request's raw bytes, at most 1 MiB, read within ten seconds. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  return await new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (body: Body): void => {
      clearTimeout(timer);
      request.removeAllListeners('data');
      resolve(body);
    };
    const timer = setTimeout(() => finish({ ok: false, status: 408, problem: 'body_too_slow' }), PATIENCE_MS);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST) finish({ ok: false, status: 413, problem: 'body_too_large' });
      else chunks.push(chunk);
    });
    request.once('end', () => finish({ ok: true, bytes: Buffer.concat(chunks) }));
    request.once('error', () => finish({ ok: false, status: 408, problem: 'body_cut_off' }));
  });
}
