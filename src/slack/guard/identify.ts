import { Fault } from '../../core/fault.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import type { CallSlack } from '../sender/web-api.ts';
import { inert } from '../views/escape.ts';
import { personReader, type Reader } from '../views/reader.ts';
import { refusalWords } from '../views/refusals.ts';
import { findByEmail } from './find-by-email.sql.ts';
import { findPerson, type KnownPerson } from './find-person.sql.ts';
import { linkPerson } from './link-person.sql.ts';
import { storeReading } from './store-reading.sql.ts';

export type IdentifyContext = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly teamId: string;
  readonly organisation: Pick<Organisation, 'locale' | 'zone' | 'people' | 'teams'>;
  readonly call: CallSlack;
};

/** Who it is, or in words why nobody can be; and in either case in which language they are spoken to. */
export type Identity = { readonly reader: Reader } & (
  | {
      readonly ok: true;
      readonly personId: string;
      /** Slack was never asked for their language and zone. */
      readonly isUnread: boolean;
    }
  | { readonly ok: false; readonly why: Unidentified; readonly words: string; readonly stranger?: Stranger }
);

/** Why nobody can be; for the trail. */
export type Unidentified = 'unknown_person' | 'inactive_person' | 'not_a_person' | 'guest';

/** A member of the Slack workspace whom no person of the configuration is recognised in: an admin can vouch for them. */
export type Stranger = { readonly slackUserId: string; readonly name: string };

type SlackUser = {
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
  /** A guest, of several channels or of one. */
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly team_id?: string;
  readonly real_name?: string;
  readonly locale?: string;
  readonly tz?: string;
  /** Slack says so where it knows; only a confirmed address proves anything. */
  readonly is_email_confirmed?: boolean;
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
  if (known) return identityOf(context, toKnown(known));
  const asked = await context.call('users.info', { user: slackUserId, include_locale: true });
  if (asked.kind !== 'done') {
    if (asked.kind === 'undeliverable') return no(strangerTo(context), 'unknownToSlack');
    const why = asked.kind === 'rate_limited' ? 'ratelimited' : asked.error;
    throw new Fault('slack_unavailable', `users.info for ${slackUserId}: ${why}. Press again.`, {
      retryable: true,
    });
  }
  const user = (asked.body.user ?? {}) as SlackUser;
  const reader = strangerTo(context, user);
  if (user.deleted || user.is_bot) return no(reader, 'notAPerson');
  const isGuest = user.is_restricted === true || user.is_ultra_restricted === true;
  if (user.team_id !== context.teamId || isGuest) return no(reader, 'guest');
  const email = user.is_email_confirmed === false ? undefined : user.profile?.email;
  const linked = email === undefined ? undefined : await linkByEmail(context, { slackUserId, email, user });
  if (linked) return identityOf(context, toKnown(linked));
  const stranger = { slackUserId, name: user.real_name ?? slackUserId };
  return { ok: false, why: 'unknown_person', reader, words: unknownWords(reader, email), stranger };
}

const unknownWords = ({ words }: Reader, email: string | undefined): string =>
  email === undefined ? words.press.noEmail : words.press.unknownPerson(inert(email, 200));

async function linkByEmail(
  { sql, workspaceId }: IdentifyContext,
  { slackUserId, email, user }: { slackUserId: string; email: string; user: SlackUser },
): Promise<KnownPerson | undefined> {
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const personId = await findByEmail(tx, workspaceId, email);
    if (personId) await linkPerson(tx, { workspaceId, personId, slackUserId });
    await storeReading(tx, { workspaceId, slackUserId, locale: user.locale, zone: user.tz });
    // Two first presses at once: the later one finds what the earlier one linked.
    return await findPerson(tx, workspaceId, slackUserId);
  });
}

type Known = {
  readonly personId: string;
  readonly key: string;
  readonly isActive: boolean;
  readonly slackLocale: string | undefined;
  readonly slackZone: string | undefined;
};

const toKnown = (row: KnownPerson): Known => ({
  personId: row.person_id,
  key: row.key,
  isActive: row.is_active,
  slackLocale: row.slack_locale ?? undefined,
  slackZone: row.slack_zone ?? undefined,
});

/** A person on record, as whoever presses. */
export function identityOf({ organisation }: Pick<IdentifyContext, 'organisation'>, person: Known): Identity {
  const { personId, slackLocale } = person;
  const reader = personReader(organisation, person);
  if (person.isActive) return { ok: true, personId, reader, isUnread: slackLocale === undefined };
  return {
    ok: false,
    why: 'inactive_person',
    reader,
    words: refusalWords({ code: 'inactive_person' }, reader),
  };
}

/** Somebody of whom nothing is known but what Slack says. */
const strangerTo = ({ organisation }: IdentifyContext, user: SlackUser = {}): Reader =>
  personReader(organisation, { key: undefined, slackLocale: user.locale, slackZone: user.tz });

const UNIDENTIFIED = {
  unknownToSlack: 'unknown_person',
  notAPerson: 'not_a_person',
  guest: 'guest',
} as const satisfies Record<string, Unidentified>;

const no = (reader: Reader, why: keyof typeof UNIDENTIFIED): Identity => ({
  ok: false,
  why: UNIDENTIFIED[why],
  reader,
  words: reader.words.press[why],
});
