import type { Organisation, TeamConfig } from '../../core/organisation.ts';
import { type Check, failed, fine } from '../../pipeline/report/doctor.ts';
import { BOT_SCOPES } from '../manifest.ts';
import { type CallSlack, webApiCaller } from '../sender/web-api.ts';

/** Who posts in which channel. */
export type Placed = Pick<TeamConfig, 'key' | 'channel'>;

/** Everybody who posts in a channel: the teams, and what decides rules, where they are governed. */
export const placesOf = ({ teams, governance }: Pick<Organisation, 'teams' | 'governance'>): Placed[] => [
  ...teams,
  ...(governance ? [{ key: 'governance', channel: governance.channel }] : []),
];

export type CheckSlackOptions = {
  readonly botToken: string;
  readonly appToken: string | undefined;
  readonly apiUrl: string | undefined;
  readonly teams: readonly Placed[];
  /** Slack's ids of the teams' channels, by the teams' keys, as they were learnt: by them a renamed channel is known. */
  readonly channelIds?: ReadonlyMap<string, string>;
  /** What mends a token that Slack does not take. */
  readonly reinstall?: string;
};

type Channel = {
  readonly id?: string;
  readonly name?: string;
  readonly is_archived?: boolean;
  readonly is_member?: boolean;
};

const TIMEOUT_MS = 5_000;
const CHANNEL_ID = /^[CGD][A-Z0-9]{6,}$/;
const LIST_PAGES = 50;
const REINSTALL =
  'Add them under "OAuth & Permissions" (or paste "tieout slack manifest"), then install the app again.';

/** The bot's token, its scopes, the app's token, and each team's channel, as Slack knows them now. */
export async function checkSlack(options: CheckSlackOptions): Promise<Check[]> {
  const { botToken, appToken, apiUrl } = options;
  const call = webApiCaller({ token: botToken, apiUrl, timeoutMs: TIMEOUT_MS });
  const token = await checkToken(call, options);
  if (!token.isIn) return token.checks;
  return [
    ...token.checks,
    ...(appToken === undefined ? [] : [await checkAppToken(appToken, apiUrl)]),
    ...(await checkChannels(call, options)),
  ];
}

type BotOptions = Pick<CheckSlackOptions, 'teams' | 'channelIds' | 'reinstall'>;

/** The token behind `call`, its scopes, and each team's channel. */
export async function checkBot(call: CallSlack, options: BotOptions): Promise<Check[]> {
  const token = await checkToken(call, options);
  return token.isIn ? [...token.checks, ...(await checkChannels(call, options))] : token.checks;
}

/** Whether the token is let in; when it is not, there is nothing more to ask with it. */
async function checkToken(
  call: CallSlack,
  { reinstall }: BotOptions,
): Promise<{ readonly checks: Check[]; readonly isIn: boolean }> {
  const answer = await call('auth.test', {}, ['team_id', 'user_id']);
  if (answer.kind !== 'done') {
    const why = answer.kind === 'rate_limited' ? 'ratelimited' : answer.error;
    const fix =
      answer.kind === 'shut_out'
        ? (reinstall ?? 'SLACK_BOT_TOKEN: install the app again and copy its bot token.')
        : 'Check the network and SLACK_API_URL.';
    return { checks: [failed('slack token', `auth.test: ${why}`, fix)], isIn: false };
  }
  const { team, team_id: teamId, user, response_metadata: metadata } = answer.body;
  const known = fine('slack token', `${String(user ?? 'the app')} in ${String(team ?? teamId)}`);
  return { checks: [known, ...scopeChecks(metadata)], isIn: true };
}

/** Slack names the token's scopes in a header; a Web API that does not is not judged by it. */
function scopeChecks(metadata: unknown): Check[] {
  const granted = (metadata as { scopes?: unknown } | undefined)?.scopes;
  if (!Array.isArray(granted)) return [];
  const missing = BOT_SCOPES.filter((scope) => !granted.includes(scope));
  return [
    missing.length === 0
      ? fine('slack scopes', `all ${BOT_SCOPES.length} that are needed`)
      : failed('slack scopes', `missing: ${missing.join(', ')}`, REINSTALL),
  ];
}

async function checkAppToken(appToken: string, apiUrl: string | undefined): Promise<Check> {
  const call = webApiCaller({ token: appToken, apiUrl, timeoutMs: TIMEOUT_MS });
  const answer = await call('apps.connections.open', {}, ['url']);
  if (answer.kind === 'done') return fine('socket mode', 'Slack gives an address to connect to');
  return failed(
    'socket mode',
    `apps.connections.open: ${answer.kind === 'rate_limited' ? 'ratelimited' : answer.error}`,
    "SLACK_APP_TOKEN: turn on Socket Mode in the app's settings, and copy an app-level token with connections:write.",
  );
}

async function checkChannels(
  call: CallSlack,
  { teams, channelIds }: Pick<CheckSlackOptions, 'teams' | 'channelIds'>,
): Promise<Check[]> {
  const isNamed = teams.some(({ channel }) => !CHANNEL_ID.test(channel));
  const listed = isNamed ? await listChannels(call) : [];
  const checks: Check[] = [];
  for (const team of teams) {
    checks.push(await checkChannel(call, { team, listed, knownId: channelIds?.get(team.key) }));
  }
  return checks;
}

async function checkChannel(
  call: CallSlack,
  {
    team,
    listed,
    knownId,
  }: { team: Placed; listed: readonly Channel[] | string; knownId: string | undefined },
): Promise<Check> {
  const about = `channel of ${team.key}`;
  const found = CHANNEL_ID.test(team.channel)
    ? await channelById(call, team.channel)
    : typeof listed === 'string'
      ? listed
      : (listed.find(({ name }) => name === team.channel.replace(/^#/, '')) ??
        listed.find(({ id }) => id !== undefined && id === knownId));
  const where = team.channel;
  if (typeof found === 'string') {
    return failed(
      about,
      `${where}: ${found}`,
      'Check the scopes channels:read and groups:read, and the network.',
    );
  }
  if (!found) {
    return failed(
      about,
      `${where} does not exist, or is private and the app is not in it`,
      `Create it, or invite the app there, or change the channel of ${team.key} in tieout.yaml.`,
    );
  }
  if (found.is_archived) {
    return failed(about, `${where} is archived`, 'Unarchive it, or name another channel in tieout.yaml.');
  }
  if (!found.is_member) {
    return failed(about, `the app is not in ${where}`, 'Type /invite @Tieout in that channel.');
  }
  const isRenamed = !CHANNEL_ID.test(where) && found.name !== where.replace(/^#/, '');
  const now = isRenamed ? `, called #${found.name} by now: name it so in tieout.yaml` : '';
  return fine(about, `${where} (${found.id ?? 'no id'})${now}`);
}

async function channelById(call: CallSlack, id: string): Promise<Channel | undefined | string> {
  const answer = await call('conversations.info', { channel: id });
  if (answer.kind === 'done') return (answer.body.channel ?? undefined) as Channel | undefined;
  if (answer.kind === 'undeliverable') return undefined;
  return answer.kind === 'rate_limited' ? 'ratelimited' : answer.error;
}

/** Every channel the app can see, archived ones too; Slack's error as text when it does not say. */
async function listChannels(call: CallSlack): Promise<Channel[] | string> {
  const channels: Channel[] = [];
  let cursor = '';
  for (let page = 0; page < LIST_PAGES; page += 1) {
    const args = { types: 'public_channel,private_channel', exclude_archived: false, limit: 200, cursor };
    const answer = await call('conversations.list', args);
    if (answer.kind !== 'done') return answer.kind === 'rate_limited' ? 'ratelimited' : answer.error;
    channels.push(...((answer.body.channels ?? []) as Channel[]));
    cursor = (answer.body.response_metadata as { next_cursor?: string } | undefined)?.next_cursor ?? '';
    if (cursor === '') break;
  }
  return channels;
}
