import { Fault } from '../../core/fault.ts';
import { readInstant, shownInstant } from '../../core/instant.ts';
import type { HttpPull, Pull } from '../../core/pull.ts';
import type { Secrets } from '../../core/secrets.ts';
import type { Sql } from '../../db/client.ts';
import type { Reach } from '../../net/reach.ts';
import { Asker } from './ask.ts';
import { authorizerOf } from './authorize.ts';
import type { Progress } from './deliver.ts';
import type { Source } from './pull-feed.ts';
import type { PullRequest } from './pull-request.ts';
import { firstPosition, type Position, readPages } from './read-http.ts';
import type { SourceState } from './read-state.sql.ts';
import { tokenKeeper } from './token-keeper.ts';

/** A source that is asked over HTTP. */
export function httpSource(sql: Sql, request: PullRequest, state: SourceState): Source {
  const pull = request.pull as HttpPull & Pull;
  const { workspaceId, secrets, world, keys } = request;
  const now = world.clock();
  const reach = reachOf(pull, secrets);
  const around = { secrets, reach, resolve: world.resolve };
  const keeper =
    pull.auth.kind === 'oauth'
      ? tokenKeeper(pull.auth, { sql, workspaceId, feedId: state.feedId, keys, secrets })
      : { exchange: async () => '' };
  const authorizer = authorizerOf(pull.auth, { ...around, keeper });
  const asker = new Asker({ pull, reach, authorizer, secrets, world, until: now + pull.limits.ms });
  const kept = request.from === undefined ? (state.position as Position | null) : null;
  const start = kept ?? firstPosition(sinceOf(pull, { request, state, now }), now);
  return {
    since: pull.since && shownInstant(start.since),
    requests: () => asker.requests,
    batches: (progress) => {
      const reading = { pull, asker, secrets };
      const anew = () =>
        pages(reading, {
          start: firstPosition(sinceOf(pull, { request, state, now }), now),
          state,
          progress,
        });
      return kept ? resumed(pages(reading, { start, state, progress }), anew) : anew();
    },
  };
}

type Reading = Parameters<typeof readPages>[0];

async function* pages(
  reading: Reading,
  { start, state, progress }: { start: Position; state: SourceState; progress: Progress },
): AsyncGenerator<readonly string[]> {
  let latest = readInstant(state.cursor ?? '') ?? Number.NEGATIVE_INFINITY;
  for await (const page of readPages(reading, start)) {
    // A clock that is ahead at the source must not make later pulls pass over what comes meanwhile.
    latest = Math.max(latest, Math.min(page.latest ?? Number.NEGATIVE_INFINITY, start.until));
    progress.position = page.position;
    // Only at the end of the list is it known that nothing earlier is still to come.
    if (page.position === undefined) progress.cursor = cursorOf(reading.pull, { latest, until: start.until });
    yield page.rows;
  }
}

/** Goes on from a kept position; when the source does not know it any more, the list begins anew, and what comes twice changes nothing. */
async function* resumed(
  kept: AsyncGenerator<readonly string[]>,
  anew: () => AsyncGenerator<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  let first: IteratorResult<readonly string[]>;
  try {
    first = await kept.next();
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'source_refuses') throw error;
    yield* anew();
    return;
  }
  if (first.done) return;
  yield first.value;
  yield* kept;
}

function cursorOf(pull: HttpPull, { latest, until }: { latest: number; until: number }): string | undefined {
  if (pull.since === undefined) return undefined;
  if (pull.since.field === undefined) return new Date(until).toISOString();
  return Number.isFinite(latest) ? new Date(latest).toISOString() : undefined;
}

function sinceOf(
  pull: HttpPull,
  { request, state, now }: { request: PullRequest; state: SourceState; now: number },
): number {
  if (pull.since === undefined) return 0;
  if (request.from !== undefined) return request.from;
  const cursor = readInstant(state.cursor ?? '');
  if (cursor !== undefined) return cursor - pull.since.lookBackMs;
  const { start } = pull.since;
  return typeof start === 'number' ? now - start : (readInstant(start) ?? 0);
}

/** The hosts of the address and of the token's address, and those that the file names. */
function reachOf(pull: HttpPull, secrets: Secrets): Reach {
  const own = [pull.url, ...(pull.auth.kind === 'oauth' ? [pull.auth.url] : [])].map((template) => {
    const url = secrets.fill(template);
    return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : '';
  });
  const named = [...pull.hosts, ...pull.networks].map((text) => secrets.fill(text));
  return {
    hosts: [...new Set([...own.filter((host) => host !== ''), ...named.slice(0, pull.hosts.length)])],
    networks: named.slice(pull.hosts.length),
  };
}
