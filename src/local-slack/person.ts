import type { Json } from './blocks/checks.ts';
import type { Outcome } from './deliver.ts';
import type { Channel, User, View } from './types.ts';
import type { Workspace } from './workspace.ts';

/** What came of something a person did. `notice` is what they see when the app failed them. */
export type Result = { status: number; ms: number; body: string; notice?: string };

/** A request that no person could make: the test or the page is wrong. */
export class Impossible extends Error {}

export function personOf(workspace: Workspace, id: string): User {
  const user = workspace.users.get(id);
  if (!user) throw new Impossible(`There is no person ${id} in this workspace.`);
  return user;
}

export function channelFor(workspace: Workspace, user: User, name: string): Channel {
  const channel = workspace.channels.get(name) ?? workspace.channelNamed(name);
  if (!channel) throw new Impossible(`There is no channel ${name} in this workspace.`);
  if (channel.kind !== 'public' && !channel.members.includes(user.id)) {
    throw new Impossible(`${user.realName} is not in ${name}.`);
  }
  return channel;
}

/** What payloads call a conversation that has no name of its own to people. */
export const placeName = ({ kind, name }: Channel): string => (kind === 'im' ? 'directmessage' : name);

const userField = (workspace: Workspace, user: User): Json => ({
  id: user.id,
  username: user.handle,
  name: user.handle,
  team_id: workspace.team.id,
});

/** What opens every interaction payload. */
export const envelope = (workspace: Workspace, type: string, user: User): Json => ({
  type,
  user: userField(workspace, user),
  api_app_id: workspace.app.appId,
  token: 'local',
  team: { id: workspace.team.id, domain: workspace.team.domain },
  enterprise: null,
  is_enterprise_install: false,
});

export function viewOf(workspace: Workspace, userId: string, viewId?: string): View | undefined {
  const stack = workspace.stackOf(userId);
  return viewId === undefined ? stack.at(-1) : stack.find((view) => view.id === viewId);
}

const DETAILS = {
  http_timeout: (workspace: Workspace) => `no answer within ${workspace.ackMs} ms`,
  connection_failed: ({ app }: Workspace) =>
    app.appToken === undefined
      ? `no connection to ${app.requestUrl}`
      : 'the app holds no Socket Mode connection open',
  http_error: (_: Workspace, outcome: Outcome) => `the app answered with status ${outcome.status}`,
};

/** The result of a delivery. A failed one leaves a notice with the person, shown where they acted. */
export function finished(
  workspace: Workspace,
  user: User,
  outcome: Outcome,
  text: string,
  shownAt: { channel?: string; ts?: string; viewId?: string } = {},
): Result {
  const { status, ms, body } = outcome;
  if (!outcome.problem) return { status, ms, body };
  workspace.note(user.id, { text, detail: DETAILS[outcome.problem](workspace, outcome), ...shownAt });
  return { status, ms, body, notice: text };
}
