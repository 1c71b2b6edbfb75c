import { deliverCommand, deliverEvent } from './deliver.ts';
import { tellPosted } from './message-events.ts';
import { channelFor, finished, Impossible, personOf, placeName, type Result } from './person.ts';
import { issueResponseUrl, respond } from './response-url.ts';
import type { Message } from './types.ts';
import { wireView } from './wire.ts';
import type { Workspace } from './workspace.ts';

/** Types a slash command. The app's answer, if any, shows to the person or in the channel. */
export async function slash(
  workspace: Workspace,
  request: { as: string; channel: string; command: string; text?: string },
): Promise<Result> {
  const user = personOf(workspace, request.as);
  const channel = channelFor(workspace, user, request.channel);
  const url = issueResponseUrl(workspace, { user: user.id, channel: channel.id });
  const outcome = await deliverCommand(workspace, {
    token: 'local',
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: placeName(channel),
    user_id: user.id,
    user_name: user.handle,
    command: request.command,
    text: request.text ?? '',
    api_app_id: workspace.app.appId,
    is_enterprise_install: 'false',
    response_url: url,
    trigger_id: workspace.triggers.issue(user.id),
  });
  const code = outcome.problem === 'http_timeout' ? 'operation_timeout' : 'dispatch_failed';
  const shownAt = { channel: channel.id };
  const result = finished(
    workspace,
    user,
    outcome,
    `${request.command} failed with the error "${code}"`,
    shownAt,
  );
  if (outcome.problem || outcome.body.trim() === '') return result;
  const origin = workspace.responseUrls.get(url.slice(url.lastIndexOf('/') + 1));
  const refusal = origin && respond(workspace, origin, outcome.json ?? { text: outcome.body });
  if (!refusal) return result;
  const text = `${request.command} failed with the error "invalid_command_response"`;
  workspace.note(user.id, { text, detail: JSON.stringify(refusal), ...shownAt });
  return { ...result, notice: text };
}

/** Opens the App Home, which tells the app. */
export function openHome(
  workspace: Workspace,
  request: { as: string; tab?: 'home' | 'messages' },
): Promise<void> {
  const user = personOf(workspace, request.as);
  const im = workspace.openIm(user.id);
  const view = workspace.homes.get(user.id);
  return deliverEvent(workspace, {
    type: 'app_home_opened',
    user: user.id,
    channel: im.id,
    tab: request.tab ?? 'home',
    event_ts: workspace.nextTs(),
    ...(view ? { view: wireView(workspace, view) } : {}),
  });
}

/** Posts as a person, as typed in the composer. */
export function say(
  workspace: Workspace,
  request: { as: string; channel: string; text: string; threadTs?: string },
): Message {
  const user = personOf(workspace, request.as);
  const channel = channelFor(workspace, user, request.channel);
  if (channel.archived) throw new Impossible(`${channel.name} is archived: nobody can post in it.`);
  const parent = request.threadTs ? workspace.messages(channel.id).get(request.threadTs) : undefined;
  const message = workspace.putMessage({
    ts: workspace.nextTs(),
    channel: channel.id,
    user: user.id,
    text: request.text,
    ...(parent ? { threadTs: parent.threadTs ?? parent.ts } : {}),
  });
  tellPosted(workspace, message);
  return message;
}
