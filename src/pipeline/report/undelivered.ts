import type { PlaceTrouble } from '../../core/place.ts';
import type { Sql } from '../../db/client.ts';
import { retryDead } from '../../db/lanes/retry-dead.sql.ts';
import { doubtWaiting } from '../../db/outbox/doubt-waiting.sql.ts';
import { wakeSender } from '../../db/outbox/wake-sender.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { type DeadLetter, deadLetters, type LostChannel, lostChannels } from './undelivered.sql.ts';

export type Undelivered = {
  readonly lost: readonly (LostChannel & { readonly wayOut: string })[];
  readonly dead: readonly (DeadLetter & { readonly wayOut: string })[];
};

const WAYS_OUT = {
  archived: 'Unarchive it, or name another channel for the team in tieout.yaml.',
  not_member: 'Type /invite @Tieout in that channel.',
  not_found: 'Create it or invite the app, or name another channel for the team in tieout.yaml.',
  not_allowed: 'Let the app post there, or name another channel for the team in tieout.yaml.',
  no_account: 'Correct the e-mail address of the person in tieout.yaml, or take the person out.',
} as const satisfies Record<PlaceTrouble, string>;

const LETTERS: Readonly<Record<string, string>> = {
  user_disabled: WAYS_OUT.no_account,
  user_not_found: WAYS_OUT.no_account,
  users_not_found: WAYS_OUT.no_account,
};
const ANY_LETTER =
  'Look the reason up in the log ("message given up"), mend it, then run "tieout outbox retry".';

/** Which teams' channels take no messages, which messages were given up, and what to do about each. */
export async function undelivered(
  sql: Sql,
  { workspaceId, limit }: { workspaceId: string; limit: number },
): Promise<Undelivered> {
  return await inWorkspace(
    sql,
    workspaceId,
    async (tx) => ({
      lost: (await lostChannels(tx, workspaceId)).map((lane) => ({
        ...lane,
        wayOut: WAYS_OUT[lane.reason],
      })),
      dead: (await deadLetters(tx, workspaceId, limit)).map((letter) => ({
        ...letter,
        wayOut: (Object.hasOwn(LETTERS, letter.reason) ? LETTERS[letter.reason] : undefined) ?? ANY_LETTER,
      })),
    }),
    { snapshot: true },
  );
}

/** Tries again what was given up, of one team or of all addresses. Returns how many messages. */
export async function retryUndelivered(
  sql: Sql,
  { workspaceId, team }: { workspaceId: string; team: string | undefined },
): Promise<number> {
  const address = team === undefined ? undefined : `team:${team}`;
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const count = await retryDead(tx, { workspaceId, address });
    await wakeSender(tx, workspaceId);
    return count;
  });
}

/** After a backup was restored: what waits may have been posted before. Each is looked for in Slack first. Returns how many messages. */
export async function recheckWaiting(sql: Sql, workspaceId: string): Promise<number> {
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const count = await doubtWaiting(tx, workspaceId);
    await wakeSender(tx, workspaceId);
    return count;
  });
}
