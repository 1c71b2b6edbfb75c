import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpPull, Path, Pull } from '../../../src/core/pull.ts';
import { testDatabase } from '../../support/database.ts';
import { httpPullOf, type TestFeed } from '../../support/feeds.ts';
import { type Provider, pullFrom, startProvider } from '../../support/provider.ts';
import { pulling } from '../pull/setup.ts';
import { FEEDS, feedOf, samplePath } from './setup.ts';

const database = await testDatabase();
type Json = { [key: string]: unknown };

const providers: Provider[] = [];
afterEach(async () => {
  for (const provider of providers.splice(0)) await provider.stop();
});

/** What the variables of a connector hold here: a token, or the parts of OAuth. */
const environment = (feed: TestFeed): Record<string, string> =>
  Object.fromEntries(
    [...JSON.stringify([feed.pull, feed.webhook]).matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name = '']) => [
      name,
      name.endsWith('REFRESH_TOKEN')
        ? 'refresh-secret'
        : /CLIENT_(?:ID|SECRET)$/.test(name)
          ? name.slice(name.indexOf('CLIENT')).toLowerCase().replace('_', '-')
          : 'token-secret',
    ]),
  );

/** Small pages, so that there are several. */
const paged = (pull: HttpPull & Pull): HttpPull & Pull =>
  pull.pages.kind === 'page' || pull.pages.kind === 'offset'
    ? { ...pull, pages: { ...pull.pages, size: 7 } }
    : pull;

/** The provider's own records: rows as they are, or documents with their lines put back. */
function recordsOf(pull: HttpPull, rows: readonly Json[]): Json[] {
  const { lines } = pull;
  if (!lines) return [...rows];
  const documents = new Map<string, { document: Json; items: unknown[] }>();
  for (const { document, line } of rows as { document: Json; line: unknown }[]) {
    const name = JSON.stringify(document);
    const known = documents.get(name) ?? { document: structuredClone(document), items: [] };
    known.items.push(line);
    documents.set(name, known);
  }
  return [...documents.values()].map(({ document, items }) => put(document, lines.path, items));
}

function put(target: Json, path: Path, value: unknown): Json {
  const [step = '', ...rest] = path;
  if (rest.length === 0) target[step] = value;
  else if (rest[0] === '[]') target[step] = [put({}, rest.slice(1), value)];
  else target[step] = put((target[step] as Json | undefined) ?? {}, rest, value);
  return target;
}

describe('a provider that pages, is busy, restates, and lets tokens expire, gives', {
  timeout: 90_000,
}, () => {
  it.each(FEEDS)('%s each record once, and then what changed', async (name, connector, path) => {
    const feed = feedOf(path);
    const declared = paged(httpPullOf(feed));
    const rows = readFileSync(samplePath(connector, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Json);
    const sample = rows.slice(0, 40);
    const records = recordsOf(declared, sample);
    const provider = await startProvider({
      records,
      pageSize: 7,
      pull: declared,
      token: 'token-secret',
      busyEvery: 3,
      tokenLasts: 2,
    });
    providers.push(provider);
    const at = await pulling(database, feed);
    const from = Date.parse('2026-08-01T00:00:00Z');
    const pull = () =>
      at.pull(pullFrom(declared, provider.origin), {
        env: environment(feed),
        keys: [Buffer.alloc(32, 1)],
        from,
      });

    const first = await pull();
    expect(
      first.deliveries.map(({ rowsNew, rowsQuarantined, rowsSkipped }) => ({
        rowsNew,
        rowsQuarantined,
        rowsSkipped,
      })),
    ).toEqual([{ rowsNew: 40, rowsQuarantined: 0, rowsSkipped: 0 }]);
    expect(provider.turnedAway.busy).toBeGreaterThan(0);
    if (declared.auth.kind === 'oauth') expect(provider.turnedAway.unauthorized).toBeGreaterThan(0);

    // The sample has the second row again, as it was restated.
    provider.options.records = recordsOf(declared, [sample[0] ?? {}, rows[41] ?? {}, ...sample.slice(2)]);
    await at.pull(pullFrom(declared, provider.origin), {
      env: environment(feed),
      keys: [Buffer.alloc(32, 1)],
      from,
    });
    const kept = await at.records();
    expect(kept).toHaveLength(40);
    expect(kept.filter(({ version }) => version > 1)).toHaveLength(feed.amount === undefined ? 0 : 1);
  });
});
