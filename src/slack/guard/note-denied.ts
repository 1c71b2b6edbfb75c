import { keepable } from '../../core/act.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import type { Logger } from '../../observe/logger.ts';
import { appendAudit } from '../../pipeline/audit/append.sql.ts';

/** Somebody who was turned away before any act could refuse them. */
export type Denied = {
  readonly why: string;
  readonly slackUserId: string | undefined;
  readonly slackTeamId: string | undefined;
  /** The button, form or command. */
  readonly wanted: string | undefined;
};
export type NoteDenied = (denied: Denied) => void;

const AGAIN_MS = 60_000;
const MOST = 1_000;
const LONGEST = 100;

/**
 * Puts denials on the trail, because somebody may be trying doors; the same one at most once a minute. Nobody waits for it: one
 * that cannot be written is logged.
 */
export function denialNoter(
  { sql, workspaceId, logger }: { sql: Sql; workspaceId: string; logger: Logger },
  now: () => number = Date.now,
): NoteDenied {
  const noted = new Map<string, number>();
  return (denied) => {
    const key = JSON.stringify(denied);
    if (now() - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
    if (noted.size >= MOST) noted.clear();
    noted.set(key, now());
    const fact = {
      action: 'authz.denied',
      entity: 'workspace',
      entityId: workspaceId,
      actor: { kind: 'program', name: 'slack' },
      reason: denied.why,
      data: dataOf(denied),
    } as const;
    inWorkspace(sql, workspaceId, (tx) => appendAudit(tx, { workspaceId, facts: [fact] })).catch(
      (error: unknown) => logger.error({ err: error, denied }, 'a denial could not be put on the trail'),
    );
  };
}

const dataOf = ({ slackUserId, slackTeamId, wanted }: Denied): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ slack_user: slackUserId, slack_team: slackTeamId, wanted }).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, keepable(value.slice(0, LONGEST))]],
    ),
  );
