import type { Json, Problem } from '../blocks/checks.ts';
import { messageProblems, viewProblems } from '../blocks/surfaces.ts';
import { wireUser } from '../wire.ts';
import type { Workspace } from '../workspace.ts';
import type { Answer, Method } from './method.ts';
import {
  fail,
  failWith,
  flag,
  isRecord,
  messageAt,
  page,
  structured,
  text,
  visibleChannel,
} from './method.ts';

function test(_workspace: Workspace, args: Json): Answer {
  const { token: _, ...rest } = args;
  if (rest.error) return fail(String(rest.error), { args: rest });
  return Object.keys(rest).length === 0 ? { ok: true } : { ok: true, args: rest };
}

const authTest = (workspace: Workspace): Answer => ({
  ok: true,
  url: workspace.url,
  team: workspace.team.name,
  user: workspace.users.get(workspace.app.botUserId)?.handle ?? '',
  team_id: workspace.team.id,
  user_id: workspace.app.botUserId,
  bot_id: workspace.botId,
  is_enterprise_install: false,
});

function botInfo(workspace: Workspace, args: Json): Answer {
  const asked = text(args.bot);
  if (asked && asked !== workspace.botId) return fail('bot_not_found');
  const bot = workspace.users.get(workspace.app.botUserId);
  return {
    ok: true,
    bot: {
      id: workspace.botId,
      deleted: false,
      name: bot?.realName ?? '',
      updated: Math.floor(workspace.clock() / 1000),
      app_id: workspace.app.appId,
      user_id: workspace.app.botUserId,
      icons: {},
    },
  };
}

function teamInfo(workspace: Workspace, args: Json): Answer {
  const asked = text(args.team);
  if (asked && asked !== workspace.team.id) return fail('team_not_found');
  return { ok: true, team: { ...workspace.team, email_domain: '', icon: {}, url: workspace.url } };
}

function userList(workspace: Workspace, args: Json): Answer {
  const found = page(workspace.users.values(), args, { limit: 1000, max: 1000 });
  if (typeof found === 'string') return fail(found === 'invalid_limit' ? 'limit_required' : found);
  return {
    ok: true,
    members: found.rows.map((user) => wireUser(workspace, user, { locale: flag(args.include_locale) })),
    cache_ts: Math.floor(workspace.clock() / 1000),
    response_metadata: { next_cursor: found.cursor },
  };
}

function userInfo(workspace: Workspace, args: Json): Answer {
  const user = workspace.users.get(text(args.user) ?? '');
  if (!user) return fail('user_not_found');
  return { ok: true, user: wireUser(workspace, user, { locale: flag(args.include_locale) }) };
}

function userByEmail(workspace: Workspace, args: Json): Answer {
  const email = (text(args.email) ?? '').toLowerCase();
  const user = workspace.users
    .values()
    .find((candidate) => !candidate.deleted && !candidate.isBot && candidate.email.toLowerCase() === email);
  return user ? { ok: true, user: wireUser(workspace, user) } : fail('users_not_found');
}

function usergroupList(workspace: Workspace, args: Json): Answer {
  return {
    ok: true,
    usergroups: workspace.usergroups.values().map((group) => ({
      id: group.id,
      team_id: workspace.team.id,
      is_usergroup: true,
      name: group.name,
      handle: group.handle,
      description: '',
      is_external: false,
      date_create: 0,
      date_update: 0,
      date_delete: 0,
      ...(flag(args.include_users) ? { users: group.users } : {}),
      ...(flag(args.include_count) ? { user_count: group.users.length } : {}),
    })),
  };
}

function usergroupUsers(workspace: Workspace, args: Json): Answer {
  const group = workspace.usergroups.get(text(args.usergroup) ?? '');
  return group ? { ok: true, users: group.users } : fail('no_such_subteam');
}

function addReaction(workspace: Workspace, args: Json): Answer {
  const channel = visibleChannel(workspace, args.channel);
  if (!channel) return fail('channel_not_found');
  if (channel.archived) return fail('is_archived');
  const name = (text(args.name) ?? '').replaceAll(':', '');
  if (!/^[a-z0-9_+'-]+$/.test(name)) return fail('invalid_name');
  if (!/^\d+\.\d+$/.test(text(args.timestamp) ?? '')) return fail('bad_timestamp');
  const message = messageAt(workspace, channel, args.timestamp);
  if (!message) return fail('message_not_found');
  const reactions = message.reactions ?? [];
  const same = reactions.find((reaction) => reaction.name === name);
  const me = workspace.app.botUserId;
  if (same?.users.includes(me)) return fail('already_reacted');
  const others = reactions.filter((reaction) => reaction !== same);
  workspace.putMessage({
    ...message,
    reactions: [...others, { name, users: [...(same?.users ?? []), me] }],
  });
  return { ok: true };
}

function validate(_workspace: Workspace, args: Json): Answer {
  const given = Object.entries(VALIDATORS).filter(([name]) => args[name] !== undefined);
  const [only] = given;
  if (!only || given.length > 1) return fail('invalid_arguments');
  const [name, problemsOf] = only;
  const read = structured(args[name]);
  if (read === 'unreadable') return fail(`invalid_${name}`);
  const problems = problemsOf(read.value);
  return problems.length > 0 ? failWith(`invalid_${name}`, problems) : { ok: true };
}

const VALIDATORS: Record<string, (value: unknown) => Problem[]> = {
  blocks: (value) => messageProblems(value),
  message: (value) => messageProblems(isRecord(value) ? (value.blocks ?? []) : value, '/message/blocks'),
  view: (value) => viewProblems(value, ['modal', 'home']),
};

export const peopleMethods = {
  'api.test': { json: true, required: [], noToken: true, run: test },
  'auth.test': { json: true, required: [], run: authTest },
  'bots.info': { json: false, required: [], run: botInfo },
  'team.info': { json: true, required: [], run: teamInfo },
  'users.list': { json: false, required: [], run: userList },
  'users.info': { json: false, required: ['user'], run: userInfo },
  'users.lookupByEmail': { json: false, required: ['email'], run: userByEmail },
  'usergroups.list': { json: false, required: [], run: usergroupList },
  'usergroups.users.list': { json: false, required: ['usergroup'], run: usergroupUsers },
  'reactions.add': { json: true, required: ['channel', 'name', 'timestamp'], run: addReaction },
  'blocks.validate': { json: true, required: [], noToken: true, run: validate },
} satisfies Record<string, Method>;
