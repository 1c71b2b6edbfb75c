import type { Sql } from '../../db/client.ts';
import { hasRoom } from '../../db/room.sql.ts';
import { readSession } from '../../db/session.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { type DoctorFacts, doctorFacts } from './doctor-facts.sql.ts';
import { type FailingSource, failingSources } from './failing-sources.sql.ts';
import { type LostChannel, lostChannels } from './undelivered.sql.ts';

/** What one look found: fine, wrong with the way to mend it, or not looked at and why. */
export type Check =
  | { readonly check: string; readonly state: 'ok' | 'skipped'; readonly detail: string }
  | { readonly check: string; readonly state: 'failed'; readonly detail: string; readonly fix: string };

export const fine = (check: string, detail: string): Check => ({ check, state: 'ok', detail });
export const skipped = (check: string, detail: string): Check => ({ check, state: 'skipped', detail });
export const failed = (check: string, detail: string, fix: string): Check => ({
  check,
  state: 'failed',
  detail,
  fix,
});

/** Beyond this, ages and due times shown to people begin to lie. */
const SKEW_MS = 5_000;
/** Longer than a night between two runs, each of which anchors. */
const ANCHOR_AGE_MS = 26 * 3_600_000;
const HOUR_MS = 3_600_000;

/** Who the database takes us for. The pool was opened with the checks that `serve` makes. */
export async function checkSession(sql: Sql): Promise<Check> {
  const [session] = await readSession(sql);
  if (!session) return failed('database', 'it does not say who is logged in', 'Check DATABASE_URL.');
  const { user, server_version: version, synchronous_commit: commit } = session;
  return fine('database', `${user} on PostgreSQL ${version}, synchronous_commit ${commit}`);
}

/** What a small night may need. It is tried, as the database tells nobody but its superuser how full its disk is. */
const ROOM_MB = 256;
const MB = 1024 ** 2;

/** Whether the database's disk has room: a server whose log finds none ends, and does not start again before there is some. */
export async function checkRoom(sql: Sql, bytes = ROOM_MB * MB): Promise<Check> {
  const words = `${Math.round(bytes / MB)} MB`;
  const has = await hasRoom(sql, bytes);
  if (has === undefined) return skipped('disk', 'temp_file_limit forbids to try it');
  if (has) return fine('disk', `the database has room for ${words} more`);
  const fix =
    'Free space on its disk: once the log of the database finds none, the server ends (docs/operations.md).';
  return failed('disk', `the database has no room for ${words} more`, fix);
}

/**
 * The database's clock, the messages that were given up, and the age of the newest anchor.
 *
 * `now` reads this machine's clock, before and after the question.
 */
export async function checkRecord(
  sql: Sql,
  { workspaceId, now }: { workspaceId: string; now: () => Date },
): Promise<Check[]> {
  const asked = now().getTime();
  const [facts, lost, failing] = await inWorkspace(sql, workspaceId, async (tx) => [
    await doctorFacts(tx, workspaceId),
    await lostChannels(tx, workspaceId),
    await failingSources(tx, workspaceId),
  ]);
  const answered = now().getTime();
  return [
    clockCheck(facts.clock.getTime(), { asked, answered }),
    sourceCheck(failing),
    lostChannelCheck(lost),
    deadLetterCheck(facts),
    webhookCheck(facts),
    anchorCheck(facts, answered),
  ];
}

/** Only what cannot be the time that the question took counts as a difference. */
export function clockCheck(
  database: number,
  { asked, answered }: { asked: number; answered: number },
): Check {
  const ahead = Math.max(database - answered, asked - database, 0);
  if (ahead <= SKEW_MS)
    return fine('clock', `the database's clock and this one differ by ${ahead} ms or less`);
  const which = database > answered ? 'ahead of' : 'behind';
  return failed(
    'clock',
    `the database's clock is ${Math.round(ahead / 1000)} s ${which} this machine's`,
    'Let both machines take their time from NTP (chrony, systemd-timesyncd).',
  );
}

function sourceCheck(failing: readonly FailingSource[]): Check {
  if (failing.length === 0) return fine('sources', 'every source that was asked answered');
  const words = failing.map(({ problem }) => problem);
  return failed('sources', words.join(' '), 'Mend what it says, then "tieout ingest <feed>" asks again.');
}

export function lostChannelCheck(lost: readonly LostChannel[]): Check {
  if (lost.length === 0) return fine('delivery', 'every team gets its messages in its own channel');
  const words = lost.map(
    ({ team, channel, reason, standIn }) =>
      `${team}: ${channel} takes no messages (${reason.replaceAll('_', ' ')}), they go to ${standIn ?? 'nobody and wait'}`,
  );
  return failed('delivery', words.join('; '), '"tieout outbox" has the way out of each.');
}

export function deadLetterCheck({ dead, dead_reason: reason }: DoctorFacts): Check {
  if (dead === 0) return fine('dead letters', 'no message was given up');
  return failed(
    'dead letters',
    `messages given up: ${dead}; the newest because of ${reason ?? 'no noted reason'}`,
    '"tieout outbox" lists them with the way out; "tieout outbox retry" tries them again.',
  );
}

function webhookCheck({
  webhooks_dead: dead,
  webhooks_failing: failing,
  webhook_error: error,
}: Pick<DoctorFacts, 'webhooks_dead' | 'webhooks_failing' | 'webhook_error'>): Check {
  if (dead + failing === 0) return fine('webhooks', 'whoever is told by webhook took it');
  const counts = [
    ...(dead === 0 ? [] : [`given up: ${dead}`]),
    ...(failing === 0 ? [] : [`tried again: ${failing}`]),
  ];
  const fix =
    dead === 0
      ? '"tieout webhooks" says when each is tried again.'
      : '"tieout webhooks --state dead" lists them; mend the receiver, then "tieout webhooks replay --since" or one ID.';
  return failed('webhooks', `messages ${counts.join(', ')}; the newest, to ${error ?? 'nobody'}`, fix);
}

export function anchorCheck(
  { head_seq: head, anchored_seq: anchored, anchored_at: at }: DoctorFacts,
  nowMs: number,
): Check {
  if (head === 0n) return fine('anchors', 'the trail is empty');
  const fix = 'Run "tieout audit anchor", and copy the file to where this machine cannot write.';
  if (at === null) return failed('anchors', `none of ${head} events is anchored outside the database`, fix);
  const ageMs = nowMs - at.getTime();
  const words = `anchored up to event ${anchored} of ${head}, ${Math.floor(ageMs / HOUR_MS)} h ago`;
  return anchored < head && ageMs > ANCHOR_AGE_MS ? failed('anchors', words, fix) : fine('anchors', words);
}
