import { readPointer } from './pointer.ts';
import { isWhole } from './shape.ts';

/** Who we answer. An undefined app id is not compared: an app without users:read cannot learn it. */
export type Allowed = {
  readonly teamId: string;
  readonly enterpriseId: string | undefined;
  readonly appId: string | undefined;
};

/** Whom to answer of a Slack team; undefined for a team that the app is not installed in. */
export type AllowList = (teamId: string) => Allowed | undefined;

type Payload = Readonly<Record<string, unknown>>;
export type Objection = { readonly status: 400 | 403; readonly problem: string };
/** Told of what is turned away because of who sends it. */
export type TurnedAway = (payload: Payload, problem: string) => void;

/** Actions whose button carries a pointer; anything else in `value` was not written by us. */
const POINTER_ACTIONS =
  /^(?:claim|unclaim|resolve|escalate|hand_over|hand_over_accept|hand_over_decline|wait|resume|reopen|details|details_page_\d{1,5})$/;

/** Why a signed payload is not for us or not possible; undefined when it may be routed. */
export function objectionTo(payload: Payload, allowList: AllowList): Objection | undefined {
  const team = teamOf(payload);
  const allowed = team === undefined ? undefined : allowList(team);
  if (!allowed) return { status: 403, problem: 'foreign_team' };
  return foreign(payload, allowed) ?? impossible(payload);
}

/** Who a payload says it is of, and what they want; for the trail. */
export function senderOf(payload: Payload) {
  const action = asObject(Array.isArray(payload.actions) ? payload.actions[0] : undefined);
  return {
    slackUserId: textOf(asObject(payload.user)?.id) ?? textOf(payload.user_id),
    slackTeamId: textOf(asObject(payload.user)?.team_id) ?? teamOf(payload),
    wanted:
      textOf(action?.action_id) ??
      textOf(asObject(payload.view)?.callback_id) ??
      textOf(payload.command) ??
      textOf(payload.callback_id),
  };
}

/** The Slack team that a payload says it is about. */
export const teamOf = (payload: Payload): string | undefined =>
  textOf(asObject(payload.team)?.id) ?? textOf(payload.team_id);

/** An allow-list of one team. */
export const allowOnly =
  (allowed: Allowed): AllowList =>
  (teamId) =>
    teamId === allowed.teamId ? allowed : undefined;

function foreign(payload: Payload, allowed: Allowed): Objection | undefined {
  const user = asObject(payload.user);
  // Somebody of another company in a shared channel presses with our team but their own user.team_id.
  const userTeam = textOf(user?.team_id);
  if (userTeam !== undefined && userTeam !== allowed.teamId) return { status: 403, problem: 'foreign_user' };
  const enterprise = textOf(asObject(payload.enterprise)?.id) ?? textOf(payload.enterprise_id);
  if (enterprise !== undefined && enterprise !== allowed.enterpriseId) {
    return { status: 403, problem: 'foreign_enterprise' };
  }
  const isUnnamed = payload.api_app_id === undefined && WITHOUT_APP_ID.has(payload.type);
  if (allowed.appId !== undefined && !isUnnamed && textOf(payload.api_app_id) !== allowed.appId) {
    return { status: 403, problem: 'foreign_app' };
  }
  return undefined;
}

/** Slack names the app in all else that it sends; of these its signature, or the connection, says whose they are. */
const WITHOUT_APP_ID: ReadonlySet<unknown> = new Set(['message_action', 'shortcut']);

/** What a person sends always says who the person is. */
const OF_A_PERSON: ReadonlySet<unknown> = new Set([
  'block_actions',
  'block_suggestion',
  'message_action',
  'shortcut',
  'view_submission',
  'view_closed',
]);

function impossible(payload: Payload): Objection | undefined {
  if (OF_A_PERSON.has(payload.type) && textOf(asObject(payload.user)?.id) === undefined) {
    return { status: 400, problem: 'without_user' };
  }
  if (payload.type !== 'block_actions') return isWhole(payload) ? undefined : NOT_WHOLE;
  const { actions } = payload;
  if (!Array.isArray(actions) || actions.length !== 1) return { status: 400, problem: 'not_one_action' };
  const action = asObject(actions[0]);
  if (typeof action?.action_id !== 'string') return { status: 400, problem: 'action_without_id' };
  if (POINTER_ACTIONS.test(action.action_id) && readPointer(action.value) === undefined) {
    return { status: 400, problem: 'button_value_malformed' };
  }
  return isWhole(payload) ? undefined : NOT_WHOLE;
}

const NOT_WHOLE: Objection = { status: 400, problem: 'payload_malformed' };

const asObject = (value: unknown): Payload | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Payload) : undefined;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
