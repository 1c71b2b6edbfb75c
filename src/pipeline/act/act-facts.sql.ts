import type { ActFacts, ExceptionNow } from '../../core/act.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { Role } from '../../core/organisation.ts';
import type { Statements } from '../../db/tx.ts';

/** Whoever presses, as the record knows them; language and zone as Slack said. */
export type Presser = {
  readonly personId: string;
  readonly key: string;
  readonly isActive: boolean;
  readonly slackLocale: string | undefined;
  readonly slackZone: string | undefined;
};

/** Everything an act is decided from. */
export type ActRead = {
  /** Undefined when the exception or the person does not exist here. */
  readonly facts: ActFacts | undefined;
  readonly presser: Presser | undefined;
  /** How this request was answered before, as it was kept. */
  readonly answered: unknown;
};

type About = { readonly workspaceId: string; readonly exceptionId: string };
type By = { readonly personId: string } | { readonly slackUserId: string };

/** The exception, whoever presses with their standing towards it, and the request's answer when it has one: one statement. */
export async function readAct(
  on: Statements,
  input: About & By & { requestKey?: string | undefined },
): Promise<ActRead> {
  return toActRead(await read(on, { ...UNSAID, ...input }));
}

/** A row of tieout.act_read as it is decided from. */
export function toActRead(row: ActRow): ActRead {
  const { person_id: personId } = row;
  const presser = personId === null ? undefined : { ...presserOf(row), personId };
  const now = toNow(row);
  return { facts: now && presser && toFacts(row, now, presser), presser, answered: row.outcome ?? undefined };
}

/** The exception and the presser's standing towards it; undefined when either does not exist here. */
export const actFacts = async (
  on: Statements,
  input: About & { personId: string },
): Promise<ActFacts | undefined> => {
  const { workspaceId, exceptionId, personId } = input;
  return (await readAct(on, { workspaceId, exceptionId, personId })).facts;
};

/** The exception, for a timer, which is nobody; undefined when it does not exist here. */
export const exceptionNow = async (on: Statements, input: About): Promise<ExceptionNow | undefined> =>
  toNow(await read(on, { ...UNSAID, workspaceId: input.workspaceId, exceptionId: input.exceptionId }));

const UNSAID = { personId: undefined, slackUserId: undefined, requestKey: undefined };

type Asked = About & {
  readonly personId: string | undefined;
  readonly slackUserId: string | undefined;
  readonly requestKey: string | undefined;
};

async function read(on: Statements, asked: Asked): Promise<ActRow> {
  const [row] = await on<ActRow[]>`
    select r.*
    from tieout.read_act(${asked.workspaceId}::uuid, ${asked.exceptionId}::uuid, ${asked.personId ?? null}::uuid,
      ${asked.slackUserId ?? null}::text, ${asked.requestKey ?? null}::text) as r`;
  if (!row) throw new Error('tieout.read_act returned no row');
  return row;
}

/** Columns of tieout.act_read. */
export type ActRow = {
  outcome: unknown;
  person_id: string | null;
  person_key: string;
  slack_locale: string | null;
  slack_zone: string | null;
  is_active: boolean | null;
  is_team_member: boolean;
  roles: Role[];
  /** Null when there is no such exception; the columns after it are those of one. */
  status: Status | null;
  version: number;
  level: number;
  type: string;
  currency: string;
  owner_id: string | null;
  owner_name: string | null;
  claimed_at: Date | null;
  closed_at: Date | null;
  closer_name: string | null;
  opened_at: Date;
  due_at: Date;
  sla: string;
  wait_until_on: string | null;
  due_paused_at: Date | null;
  offered_to: string | null;
};

const presserOf = (row: ActRow): Omit<Presser, 'personId'> => ({
  key: row.person_key,
  isActive: row.is_active === true,
  slackLocale: row.slack_locale ?? undefined,
  slackZone: row.slack_zone ?? undefined,
});

const toFacts = (row: ActRow, now: ExceptionNow, { personId, key, isActive }: Presser): ActFacts => ({
  ...now,
  person: {
    personId,
    key,
    isActive,
    isOwner: row.owner_id === personId,
    isTeamMember: row.is_team_member,
    roles: row.roles,
  },
});

const toNow = (row: ActRow): ExceptionNow | undefined =>
  row.status === null
    ? undefined
    : {
        status: row.status,
        version: row.version,
        level: row.level,
        type: row.type,
        currency: row.currency,
        owner: row.owner_id === null ? undefined : { personId: row.owner_id, name: row.owner_name ?? '' },
        claimedAt: row.claimed_at ?? undefined,
        closedAt: row.closed_at ?? undefined,
        openedAt: row.opened_at,
        dueAt: row.due_at,
        sla: row.sla,
        waitUntilOn: row.wait_until_on ?? undefined,
        duePausedAt: row.due_paused_at ?? undefined,
        closedByName: row.closer_name ?? undefined,
        offeredTo: row.offered_to ?? undefined,
      };
