import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { Resolve } from '../../../src/net/reach.ts';
import { type SendOptions, send } from '../../../src/net/send.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const HERE: SendOptions = {
  reach: { hosts: ['127.0.0.1', 'source.test'], networks: ['127.0.0.1'] },
  maxBytes: 10_000,
  timeMs: 2_000,
};
const addresses =
  (...list: string[]): Resolve =>
  async () =>
    list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'answered',
    (error: { code?: string }) => error.code,
  );

describe('a request', () => {
  it('brings the answer whole, whatever its status, and unpacks it', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(404, { 'content-encoding': 'gzip' }).end(gzipSync('nothing here'));
    });
    const answer = await send({ url: `http://127.0.0.1:${port}/x` }, HERE);
    expect(answer).toMatchObject({ status: 404 });
    expect(answer.body.toString()).toBe('nothing here');
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://0x7f.0.0.1/',
    'http://2130706433/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'https://10.0.0.1/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_',
    'ftp://source.test/',
    'https://user:password@source.test/',
    'no address',
  ])('to %s is refused', async (url) => {
    const reach = {
      hosts: [URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : ''],
      networks: [],
    };
    expect(await codeOf(send({ url }, { ...HERE, reach }))).toBe('address_refused');
  });

  it('to a host that was not named is refused, however the address is dressed', async () => {
    for (const url of [
      'https://evil.test/',
      'https://source.test.evil.test/',
      'https://source.test@evil.test/',
    ]) {
      expect(await codeOf(send({ url }, HERE))).toBe('address_refused');
    }
  });

  it('is refused when any address behind the name is not open', async () => {
    const reach = { hosts: ['source.test'], networks: [] };
    for (const list of [['127.0.0.1'], ['1.1.1.1', '10.0.0.1'], ['::1'], ['::ffff:10.0.0.1']]) {
      const sent = send({ url: 'https://source.test/' }, { ...HERE, reach, resolve: addresses(...list) });
      expect(await codeOf(sent)).toBe('address_refused');
    }
  });

  it('looks the name up once, so that it cannot change its mind', async () => {
    const port = await serve((_request, response) => response.end('ok'));
    let lookUps = 0;
    const resolve: Resolve = async () => {
      lookUps += 1;
      return [{ address: lookUps === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
    };
    await send({ url: `http://source.test:${port}/` }, { ...HERE, resolve });
    expect(lookUps).toBe(1);
  });

  it('follows no redirect unless it may, and then only to what is allowed, without the headers', async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end('there');
    });
    const port = await serve((request, response) => {
      const to = request.url === '/away' ? 'https://10.0.0.1/' : `http://127.0.0.1:${other}/`;
      response.writeHead(302, { location: to }).end();
    });
    const headers = { authorization: 'Bearer secret' };
    const url = `http://127.0.0.1:${port}`;
    expect(await codeOf(send({ url, headers }, HERE))).toBe('redirect_refused');
    expect((await send({ url, headers }, { ...HERE, redirects: 1 })).body.toString()).toBe('there');
    expect(await codeOf(send({ url: `${url}/away`, headers }, { ...HERE, redirects: 1 }))).toBe(
      'address_refused',
    );
    expect(seen).toEqual([undefined]);
  });

  it('ends when the answer is too long: announced, sent, or unpacked', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/announced')
        response.writeHead(200, { 'content-length': '10737418240' }).write('x');
      if (request.url === '/sent') response.end('x'.repeat(20_000));
      if (request.url === '/bomb') {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('0'.repeat(5_000_000)));
      }
    });
    for (const path of ['announced', 'sent', 'bomb']) {
      expect(await codeOf(send({ url: `http://127.0.0.1:${port}/${path}` }, HERE))).toBe('answer_too_large');
    }
  });

  it('ends when the answer drips, or stops in the middle', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/cut') {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        setTimeout(() => response.destroy(), 20);
        return;
      }
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const url = `http://127.0.0.1:${port}`;
    expect(await codeOf(send({ url: `${url}/drip` }, { ...HERE, timeMs: 300 }))).toBe('answer_late');
    expect(await codeOf(send({ url: `${url}/cut` }, HERE))).toBe('host_unreachable');
  });

  it('says nothing of query, header and body when it fails', async () => {
    const message = await send(
      { url: 'https://10.0.0.1/path?token=sesame', headers: { authorization: 'sesame' }, body: 'sesame' },
      { ...HERE, reach: { hosts: ['10.0.0.1'], networks: [] } },
    ).catch((error: Error) => error.message);
    expect(message).toContain('https://10.0.0.1/path');
    expect(message).not.toContain('sesame');
  });
});
