import { Fault } from '../../core/fault.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import type { CallSlack } from '../sender/web-api.ts';
import { inert } from '../views/escape.ts';
import { findByEmail } from './find-by-email.sql.ts';
import { findPerson, type KnownPerson } from './find-person.sql.ts';
import { linkPerson } from './link-person.sql.ts';

export type IdentifyContext = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly teamId: string;
  readonly call: CallSlack;
};

export type Identity =
  | { readonly ok: true; readonly personId: string }
  | { readonly ok: false; readonly words: string };

type SlackUser = {
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
  readonly team_id?: string;
  readonly profile?: { readonly email?: string };
};

/**
 * The person behind a Slack user, from Postgres. One who is not known yet is linked, once, when Slack says that they are
 * an active member of this workspace and their e-mail address is that of an active person.
 *
 * Throws: Fault('slack_unavailable') when Slack had to be asked and did not answer.
 */
export async function identify(context: IdentifyContext, slackUserId: string): Promise<Identity> {
  const { sql, workspaceId } = context;
  const known = await inWorkspace(sql, workspaceId, (tx) => findPerson(tx, workspaceId, slackUserId));
  if (known) return identityOf(known);
  const asked = await context.call('users.info', { user: slackUserId });
  if (asked.kind !== 'done') {
    if (asked.kind === 'undeliverable') return no('Slack does not know you in this workspace. Ask an admin.');
    const why = asked.kind === 'rate_limited' ? 'ratelimited' : asked.error;
    throw new Fault('slack_unavailable', `users.info for ${slackUserId}: ${why}. Press again.`, {
      retryable: true,
    });
  }
  const user = (asked.body.user ?? {}) as SlackUser;
  if (user.deleted || user.is_bot)
    return no('Only active people can do this. Ask an admin of this Slack workspace.');
  if (user.team_id !== context.teamId)
    return no('Only members of this Slack workspace can do this, not guests of another.');
  return await linkByEmail(context, slackUserId, user.profile?.email);
}

async function linkByEmail(
  { sql, workspaceId }: IdentifyContext,
  slackUserId: string,
  email: string | undefined,
): Promise<Identity> {
  if (email === undefined) {
    return no(
      'I cannot see your e-mail address, so I do not know who you are here. Ask an admin to give the app users:read.email, or to add your Slack user id in tieout.yaml.',
    );
  }
  const linked = await inWorkspace(sql, workspaceId, async (tx) => {
    const personId = await findByEmail(tx, workspaceId, email);
    const made = personId && (await linkPerson(tx, { workspaceId, personId, slackUserId }));
    // Two first presses at once: the later one finds what the earlier one linked.
    return made || (await findPerson(tx, workspaceId, slackUserId));
  });
  return linked
    ? identityOf(linked)
    : no(
        `I do not know you here: no active person in tieout.yaml has the e-mail address ${inert(email, 200)}. Ask an admin to add you under people; nothing changed.`,
      );
}

const identityOf = (person: KnownPerson): Identity =>
  person.is_active
    ? { ok: true, personId: person.person_id }
    : no(
        'Your account here is switched off, so nothing changed. Ask an admin to switch it on in the configuration.',
      );

const no = (words: string): Identity => ({ ok: false, words });
