import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { signedHeaders } from '../../../src/pipeline/webhook/sign.ts';
import { newSecret } from '../../support/receiver.ts';

/** The code that docs/webhooks.md gives to whoever receives, taken from the page and run. */
type Verify = (
  body: string,
  headers: Readonly<Record<string, string>>,
  secret: string,
  now?: number,
) => unknown;

const page = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8');
const [, code = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
const folder = mkdtempSync(join(tmpdir(), 'tieout-webhook-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, `${randomUUID()}.mjs`);
writeFileSync(file, code);
const { verifyWebhook } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
  verifyWebhook: Verify;
};

const SECRET = newSecret();
const AT = new Date('2026-11-29T06:00:00Z');
const body = '{"type":"hold.placed","data":{"client":"Grün & Söhne 株式会社"}}';
const key = Buffer.from(SECRET.slice(6), 'base64');
const headers = signedHeaders({ id: 'msg_1', at: AT, body }, [key]);

describe('the documented check of a signature', () => {
  it('takes what was signed, with either secret', () => {
    const both = signedHeaders({ id: 'msg_1', at: AT, body }, [Buffer.from('another key'), key]);

    expect(verifyWebhook(body, headers, SECRET, AT.getTime())).toEqual(JSON.parse(body));
    expect(verifyWebhook(body, both, SECRET, AT.getTime())).toEqual(JSON.parse(body));
  });

  it.each<[string, () => unknown]>([
    ['another body', () => verifyWebhook(`${body} `, headers, SECRET, AT.getTime())],
    ['another id', () => verifyWebhook(body, { ...headers, 'webhook-id': 'msg_2' }, SECRET, AT.getTime())],
    ['another secret', () => verifyWebhook(body, headers, newSecret(), AT.getTime())],
    ['an old message', () => verifyWebhook(body, headers, SECRET, AT.getTime() + 301_000)],
    [
      'no signature',
      () => verifyWebhook(body, { ...headers, 'webhook-signature': 'v1,' }, SECRET, AT.getTime()),
    ],
  ])('refuses %s', (_, check) => {
    expect(check).toThrow();
  });
});
